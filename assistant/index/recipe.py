"""What the passages and vectors of a generation were made with."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from assistant import readers, splitting, words
from assistant.model_files import fingerprint
from assistant.settings import Settings

_CHANGED = {
    "fingerprint": "the embedding model is another one",
    "model": "the embedding model is another one",
    "passage_characters": "the length of passages is another one",
    "readers": "this version reads documents in another way",
    "splitting": "this version splits documents in another way",
    "words": "this version compares words in another way",
}


@dataclass(frozen=True, slots=True)
class Recipe:
    """Where any of it differs, a generation's passages and vectors cannot be used.

    What the vectors were computed in is not part of it, though the store notes it. An index that is carried to another
    machine goes on there: between bfloat16 and float32 a vector keeps a cosine of 0.9999 or more with itself, and
    questions are embedded in float32 anyway.

    Attributes:
        fingerprint: Tells the embedding model's vectors from another's.
        model: The embedding model's name.
        passage_characters: The length that passages were filled up to.
        readers: The readers' version.
        splitting: The splitter's version.
        words: The version of what is taken for a word.
    """

    fingerprint: str
    model: str
    passage_characters: int
    readers: int
    splitting: int
    words: int

    @classmethod
    def of(cls, settings: Settings) -> Recipe:
        """What the next generation would be made with."""
        return cls(
            fingerprint=fingerprint(settings.model),
            model=settings.model,
            passage_characters=settings.passage_characters,
            readers=readers.VERSION,
            splitting=splitting.VERSION,
            words=words.VERSION,
        )

    def difference(self, other: Recipe) -> str | None:
        """Why what was made with the other cannot be used, in words; None where it can."""
        mine, theirs = asdict(self), asdict(other)
        return next((_CHANGED[name] for name in mine if mine[name] != theirs[name]), None)
