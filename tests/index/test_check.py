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


def test_every_passage_is_found_however_crowded_it_stands(library: Library) -> None:
    parts = (f"## Part {number}\n\nOf the matter at hand, this is part {number}." for number in range(3000))
    library.write("crowd.md", "# A crowd\n\n" + "\n\n".join(parts))
    report = build(library.settings, CrowdedModel)  # type: ignore[arg-type]
    assert report.passages > 3000
    generation = library.open()
    ids = generation.layout.ids.tolist()
    lost = [
        number
        for number, vectors in zip(ids, generation.vectors(ids), strict=True)
        if generation.nearest(vectors[0], 1, None) != [number]
    ]
    assert lost == []
