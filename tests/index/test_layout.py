"""Which passages go on in the section of the one before them."""

import pytest

from assistant.embedding import Embedder
from assistant.index import build_in_memory
from assistant.readers import document_from_text
from assistant.settings import Settings

TIDES = "The tide at Skerry Point rises by four metres twice a day.\n\n" * 4
WINDS = "The wind at Skerry Point blows from the west for most of the year.\n\n" * 4


@pytest.mark.parametrize("second", ["Results", "Methods"])
def test_a_passage_does_not_go_on_across_a_heading_whatever_that_says(embedder: Embedder, second: str) -> None:
    text = f"# Talk\n\nWhat was found.\n\n## Results\n\n{TIDES}## {second}\n\n{WINDS}"
    generation = build_in_memory([document_from_text("talk.md", text)], embedder, Settings.load(passage_characters=150))
    passages = generation.passages(generation.layout.ids.tolist())
    assert [passage.heading for passage in passages] == ["Talk", "Results", "Results", second, second]
    assert generation.layout.follows.tolist() == [False, False, True, False, True]
