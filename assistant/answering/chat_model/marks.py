"""What the chat model wrote → plain sentences, and the numbers that each one cites.

What it wrote is text: of HTML, Markdown, images and links, only the words are left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import sentencex

_THOUGHTS: Final = re.compile(r"<(think|thinking|reasoning)>.*?(</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_INVISIBLE: Final = re.compile(r"<!--.*?(-->|\Z)|<(script|style)\b.*?(</\2\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG: Final = re.compile(r"</?[a-zA-Z|][^<>]*(>|\Z)")
_LINK: Final = re.compile(
    r"!?(\[[^\[\]]*\])"
    r"(\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+[^()]*)?(\)|\Z)"  # its address
    r"|\[[^\[\]]*[^\d\s,\[\]][^\[\]]*\])"  # or its label, if that is no mark
)
_DECORATION: Final = re.compile(
    r"\*\*|__|~~|`+|^\s{0,3}(#{1,6}|>)\s+|^\s*([-*+•]|\d{1,2}[.)])\s+|^\s*([-*_=]\s*){3,}$", re.MULTILINE
)
_CONTROL: Final = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_MARK: Final = re.compile(
    r"\s*[\[【]\s*\^?(?:(?:source|evidence|sentence|number|no\.|ref)s?\s*:?\s*)?"
    r"(\d{1,4}(?:\s*(?:[-–,;&]|and)\s*\d{1,4})*)(?:†[^\]】]*)?\s*[\]】]",
    re.IGNORECASE,
)
_UNFINISHED: Final = re.compile(r"\s*(!?[\[【][^\]】\n]{0,40}|<[^<>\n]{0,200}|!)\Z")
_RANGE: Final = re.compile(r"(\d+)\s*[-–]\s*(\d+)|(\d+)")
_NO_SPACE_BEFORE: Final = re.compile(r"\s+([.,;:!?…])")
_ENDED: Final = re.compile(r"[.!?:;…。！？][\"'”’»)\]]*\Z")

MOST_SENTENCES: Final = 40
"""Those after so many are not read: nobody asked for a book."""

WIDEST_RANGE: Final = 10
"""A mark like [2-900] cites no more sentences than that."""


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence that the chat model wrote.

    Attributes:
        text: Its words, on one line.
        cited: The numbers of the evidence that it cites, in its order; some may have never been given.
        paragraph: In which of the reply's paragraphs it stands, from 0.
    """

    text: str
    cited: tuple[int, ...]
    paragraph: int


def sentences(reply: str) -> tuple[Written, ...]:
    """The sentences of a reply, in order, those said twice only once."""
    found: dict[str, Written] = {}
    for paragraph, line in enumerate(_plain(reply).splitlines()):
        for written in _of_line(line, paragraph):
            found.setdefault(written.text.casefold(), written)
    return tuple(found.values())[:MOST_SENTENCES]


def so_far(reply: str) -> tuple[Written, ...]:
    """The same while the reply goes on: what may yet become a mark or a tag is held back."""
    return sentences(_UNFINISHED.sub("", reply))


def without_stump(written: tuple[Written, ...]) -> tuple[Written, ...]:
    """The same without a last sentence that was cut off."""
    if len(written) > 1 and _ENDED.search(written[-2].text) and not _ENDED.search(written[-1].text):
        return written[:-1]
    return written


def without_thoughts(reply: str) -> str:
    """A reply without what the model thinks aloud before it."""
    return _THOUGHTS.sub(" ", reply)


def _plain(reply: str) -> str:
    text = _INVISIBLE.sub(" ", without_thoughts(_CONTROL.sub("", reply)))
    return _DECORATION.sub("", _LINK.sub(r"\1", _TAG.sub(" ", text)))


def _of_line(line: str, paragraph: int) -> Iterator[Written]:
    text, marks = _without_marks(line)
    boundaries = sentencex.get_sentence_boundaries("en", text)
    for boundary in boundaries:
        start, end = boundary["start_index"], boundary["end_index"]
        words = " ".join(_NO_SPACE_BEFORE.sub(r"\1", text[start:end]).split())
        if any(character.isalnum() for character in words):
            cited = [number for position, numbers in marks if start <= position < end for number in numbers]
            yield Written(words, tuple(dict.fromkeys(cited)), paragraph)


def _without_marks(line: str) -> tuple[str, list[tuple[int, tuple[int, ...]]]]:
    """A line without its marks, and for each one a character of the sentence that it belongs to."""
    text, after = "", 0
    marks: list[tuple[int, tuple[int, ...]]] = []
    for match in _MARK.finditer(line):
        text += line[after : match.start()]
        after = match.end()
        # A mark belongs to the words before it, be it before or after their full stop; at the start, to those after it.
        marks.append((max(0, len(text.rstrip()) - 1), _numbers(match[1])))
        text += " "
    return text + line[after:], marks


def _numbers(mark: str) -> tuple[int, ...]:
    numbers: list[int] = []
    for first, last, single in _RANGE.findall(mark):
        numbers += [int(single)] if single else range(int(first), min(int(last), int(first) + WIDEST_RANGE) + 1)
    return tuple(numbers)
