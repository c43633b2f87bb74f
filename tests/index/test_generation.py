"""What a generation gives of its documents."""

from assistant.embedding import Embedder
from assistant.index import build_in_memory
from assistant.readers import document_from_text
from assistant.settings import Settings
from assistant.splitting import split

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
