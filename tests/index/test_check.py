"""What a build makes sure of before it is published."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from assistant import splitting
from assistant.errors import IndexingError
from assistant.index import build
from assistant.types import Document, EmbeddedText, Passage, Span

from .conftest import CATS, Library


class CrowdedModel:
    """Puts all passages into four crowds, in which a nearest-neighbour graph is known to lose one now and then."""

    precision = "float32"

    def __init__(self) -> None:
        self.random = np.random.default_rng(0)
        self.crowds = self.random.normal(size=(4, 64))

    def encode_passages(self, passages: Sequence[EmbeddedText]) -> list[np.ndarray]:
        crowds = self.crowds[self.random.integers(4, size=len(passages))]
        vectors = crowds + self.random.normal(size=crowds.shape) * 0.1
        return list((vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16)[:, np.newaxis])


class GrowingCrowd:
    """Puts passages into one crowd, and those that stand alone at some distance from it and from each other."""

    precision = "float32"

    def __init__(self) -> None:
        self.random = np.random.default_rng(0)
        self.alone = iter(np.eye(64)[1:])

    def encode_passages(self, passages: Sequence[EmbeddedText]) -> list[np.ndarray]:
        vectors = np.eye(64)[0] + self.random.normal(size=(len(passages), 64)) * 0.02
        for row, passage in enumerate(passages):
            if "alone" in passage.text:
                vectors[row] += 0.4 * next(self.alone)
        return list((vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16)[:, np.newaxis])


def lost(library: Library) -> list[int]:
    """The passages that are not the nearest to their own vectors."""
    generation = library.open()
    ids = generation.layout.ids.tolist()
    return [
        number
        for number, vectors in zip(ids, generation.vectors(ids), strict=True)
        if generation.nearest(vectors[0], 1, None) != [number]
    ]


def test_a_passage_is_found_though_others_crowd_in_between_it_and_its_neighbours(library: Library) -> None:
    model = GrowingCrowd()
    few = [f"## Part {number}\n\nOne of a crowd, number {number}." for number in range(150)]
    few += [f"## Part {number}\n\nThis is alone, number {number}." for number in range(150, 210)]
    library.write("few.md", "# A few\n\n" + "\n\n".join(few))
    build(library.settings, lambda: model)  # type: ignore[arg-type, return-value]
    assert lost(library) == []
    many = (f"## Part {number}\n\nOne of a crowd, number {number}." for number in range(210, 2210))
    library.write("many.md", "# Many\n\n" + "\n\n".join(many))
    build(library.settings, lambda: model)  # type: ignore[arg-type, return-value]
    assert lost(library) == []


def test_every_passage_is_found_however_crowded_it_stands(library: Library) -> None:
    parts = (f"## Part {number}\n\nOf the matter at hand, this is part {number}." for number in range(3000))
    library.write("crowd.md", "# A crowd\n\n" + "\n\n".join(parts))
    report = build(library.settings, CrowdedModel)  # type: ignore[arg-type]
    assert report.passages > 3000
    assert lost(library) == []


def of_other_words(passage: Passage) -> Passage:
    return replace(passage, text=passage.text.replace("swim", "swam"))


def beyond_the_end(passage: Passage) -> Passage:
    (*others, last) = passage.sentences
    return replace(passage, sentences=(*others, Span(last.start, last.end + 9)))


def out_of_order(passage: Passage) -> Passage:
    return replace(passage, sentences=passage.sentences[::-1])


@pytest.mark.parametrize("misplaced", [of_other_words, beyond_the_end, out_of_order])
def test_passages_that_are_not_in_their_document_word_for_word_are_not_published(
    library: Library, monkeypatch: pytest.MonkeyPatch, misplaced: Callable[[Passage], Passage]
) -> None:
    library.build()
    split = splitting.split

    def split_wrongly(document: Document, characters: int) -> tuple[Passage, ...]:
        return tuple(misplaced(passage) for passage in split(document, characters))

    monkeypatch.setattr(splitting, "split", split_wrongly)
    library.write("cats.txt", "Cats swim. They swim far.\n")
    with pytest.raises(IndexingError, match=r"not published.*cats\.txt"):
        library.build()
    assert library.find("When do cats sleep?") == CATS.strip()
