"""The reading set that was written for this project: pairs of documents on one subject, and questions over both.

A large language model wrote it: its people and events are invented, though real places are mentioned, and it is in no
other collection. The documents of a pair tell of the same people and the same event, and about half of what they tell
stands in only one of them. Every question is asked over both, so how a
question is worded, or what it is about, does not give away whether a document answers it. A file is a pair:

    # The title of the first document
    [1] A sentence.
    [2] Another one of the same paragraph.

    [3] A paragraph begins after a blank line.
    # The title of the second document
    [1] …
    ? A question | 2 3 | -
    = The same question in other words

The numbers are those of the sentences that answer a question, any of which is enough, in the first document and in the
second; ``-`` where none does. A question with another one in brackets behind it follows up on that one, worded as the
product searches for it. The other words are a person's own, as far from the document's as such words may well be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "written"

_SENTENCE = re.compile(r"\[(\d+)\] (.+)")
_QUESTION = re.compile(r"\? (.+?) \| ([\d ]+|-) \| ([\d ]+|-)")


@dataclass(frozen=True, slots=True)
class Question:
    """A question over one document.

    Attributes:
        text: The question.
        gold: The spans that answer it: source, start, end.
    """

    text: str
    gold: list[tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class Case:
    """A document, by source name, and the questions over it."""

    texts: dict[str, str]
    questions: list[Question]


@dataclass(slots=True)
class _Draft:
    """A document while its file is read."""

    text: str
    spans: list[tuple[int, int]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)


def written() -> Iterator[Case]:
    """All documents, each by itself; the names of a pair differ in the last number alone.

    Raises:
        ValueError: A line is none of those that a file is made of, or a sentence has another number than its own.
    """
    for file in sorted(FOLDER.glob("*.txt")):
        for number, draft in enumerate(_pair(file), 1):
            yield Case({_source(file, number): draft.text}, draft.questions)


def _source(file: Path, number: int) -> str:
    return f"{file.stem}-{number}.txt"


def _pair(file: Path) -> list[_Draft]:
    drafts: list[_Draft] = []
    between = "\n\n"
    for line in map(str.strip, file.read_text(encoding="utf-8").splitlines()):
        if line.startswith("# "):
            drafts.append(_Draft(line.removeprefix("# ")))
        elif (sentence := _SENTENCE.fullmatch(line)) and int(sentence[1]) == len(drafts[-1].spans) + 1:
            start = len(drafts[-1].text) + len(between)
            drafts[-1].text += between + sentence[2]
            drafts[-1].spans.append((start, len(drafts[-1].text)))
        elif question := _QUESTION.fullmatch(line):
            for number, draft in enumerate(drafts, 1):
                answers = [draft.spans[int(one) - 1] for one in question[number + 1].split() if one != "-"]
                draft.questions.append(Question(question[1], [(_source(file, number), *span) for span in answers]))
        elif line.startswith("= ") and drafts and drafts[-1].questions:
            for draft in drafts:
                draft.questions.append(Question(line.removeprefix("= "), draft.questions[-1].gold))
        elif line:
            raise ValueError(f"{file.name}: this is no title, question or next sentence: {line}")
        between = " " if line.startswith("[") else "\n\n"
    return drafts
