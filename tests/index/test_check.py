"""What a build makes sure of before it is published."""

from collections.abc import Sequence

import numpy as np

from assistant.index import build
from assistant.types import EmbeddedText

from .conftest import Library


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
