"""A passage and a question as the language model reads them: the passage, sentence by sentence, then the question."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 700
"""Tokens of a passage that are read; a sentence that goes beyond is left out."""

Encode = Callable[[str], list[int]]
"""A text as the numbers of its tokens."""

_BLANK_BEFORE_MARK = re.compile(r" (?=[,.;:!?%)\]’”]|'s\b|n't\b)|(?<=[(\[“]) ")
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class PassageTokens:
    """A passage as tokens.

    Attributes:
        ids: Their numbers in the vocabulary.
        sentences: Where each sentence's begin and end, exclusive; begin and end are the same for one that is not read.
    """

    ids: tuple[int, ...]
    sentences: tuple[tuple[int, int], ...]


def passage_tokens(sentences: Sequence[str], encode: Encode) -> PassageTokens:
    """The beginning of what is read.

    Args:
        sentences: The passage's.
        encode: The model's tokenizer.
    """
    ids, places = encode("Passage:"), []
    for sentence in sentences:
        own = encode(" " + plain(sentence))
        if len(ids) + len(own) > LONGEST:
            own = []
        places.append((len(ids), len(ids) + len(own)))
        ids = ids + own
    return PassageTokens(tuple(ids), tuple(places))


def question_tokens(question: str, encode: Encode) -> list[int]:
    """The rest of what is read, up to where an answer would begin."""
    return encode(f"\nQuestion: {plain(question)}\nAnswer:")


def plain(text: str) -> str:
    """A text on one line, without the blanks before marks that some corpora have: how it is set tells nothing."""
    return _BLANK_BEFORE_MARK.sub("", _BLANKS.sub(" ", text).strip().replace("``", '"').replace("''", '"'))
