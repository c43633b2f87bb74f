"""A passage and a question as the language model reads them: heading, passage, sentence by sentence, and question."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from assistant.types import Passage

LONGEST: Final = 700
"""Tokens of a passage that are read; a sentence that goes beyond is left out."""

LONGEST_HEADING: Final = 100
"""Tokens of what a passage stands under that are read."""

Encode = Callable[[str], list[int]]
"""A text as the numbers of its tokens."""

_BLANK_BEFORE_MARK = re.compile(r" (?=[,.;:!?%)\]’”]|'s\b|n't\b)|(?<=[(\[“]) ")
_LETTER = re.compile(r"[^\W\d_]")
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


def passage_tokens(sentences: Sequence[str], encode: Encode, heading: str = "") -> PassageTokens:
    """The beginning of what is read.

    Args:
        sentences: The passage's.
        encode: The model's tokenizer.
        heading: What they stand under. It is read first; it is none of them.
    """
    ids, places = encode(f"Passage: {plain(heading)}".rstrip())[:LONGEST_HEADING], []
    for sentence in sentences:
        own = encode(" " + plain(sentence))
        if len(ids) + len(own) > LONGEST:
            own = []
        places.append((len(ids), len(ids) + len(own)))
        ids = ids + own
    return PassageTokens(tuple(ids), tuple(places))


def heading_of(passage: Passage) -> str:
    """What a passage stands under, without which it may say too little: the document's title and the headings.

    A title without a letter, as a file's name may be, says nothing.
    """
    title = passage.title if _LETTER.search(passage.title) else ""
    return " › ".join(filter(None, dict.fromkeys((title, passage.heading))))


def question_tokens(question: str, encode: Encode) -> list[int]:
    """The rest of what is read, up to where an answer would begin."""
    return encode(f"\nQuestion: {plain(question)}\nAnswer:")


def plain(text: str) -> str:
    """A text on one line, without the blanks before marks that some corpora have: how it is set tells nothing."""
    return _BLANK_BEFORE_MARK.sub("", _BLANKS.sub(" ", text).strip().replace("``", '"').replace("''", '"'))
