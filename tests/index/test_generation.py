"""What a generation gives of its documents."""

from concurrent.futures import ThreadPoolExecutor

from assistant.embedding import Embedder
from assistant.index import build_in_memory
from assistant.readers import document_from_text
from assistant.settings import Settings
from assistant.splitting import split

from .conftest import Library

TIDES = """# Tides

Twice a day the water rises by four metres.

## Heights

| place | metres |
| --- | --- |
| Skerry Point | 4 |

- At Skerry Point it is higher.[^1]

[^1]: By a tenth.
"""


def test_its_passages_are_those_that_its_documents_were_split_into(embedder: Embedder) -> None:
    settings = Settings.load()
    tides, winds = document_from_text("tides.md", TIDES), document_from_text("winds.txt", "It blows.\n\nFrom the west.")
    generation = build_in_memory([winds, tides], embedder, settings)
    passages = generation.passages_of("tides.md")
    assert tuple(passages.values()) == split(tides, settings.passage_characters)
    assert {"paragraph", "table"} <= {passage.kind for passage in passages.values()}
    assert generation.passages_of("unknown.md") == {}
    ids = generation.layout.ids.tolist()
    assert generation.passages(ids) == [*passages.values(), *generation.passages_of("winds.txt").values()]
    assert generation.passages(ids[::-1]) == generation.passages(ids)[::-1]


def test_a_word_is_mentioned_in_a_passage_or_in_a_title_however_many_ask(library: Library) -> None:
    library.write("Ebb and flow.txt", "It falls by four metres.")
    library.build()
    generation = library.open()
    asked = ["cat", "ebb", "flow", "metr", "eel", "txt"] * 20
    with ThreadPoolExecutor(4) as pool:
        mentioned = dict(zip(asked, pool.map(generation.mentions, asked), strict=True))
    assert mentioned == {"cat": True, "ebb": True, "flow": True, "metr": True, "eel": False, "txt": False}


def test_what_is_known_of_its_files_is_read_once(library: Library) -> None:
    library.build()
    generation = library.open()
    records = generation.records()
    library.write("cats.txt", "Cats swim.\n")
    library.build()
    assert generation.records() is records
    assert library.open().records() != records
