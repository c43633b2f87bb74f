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
    ## A heading, which makes the document Markdown
    [4] - An item of a list, or a row of a table, is a sentence too
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
_LINE = re.compile(r"[-|]|\d+\.")
"""How an item or a row begins, which has a line of its own."""

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

    source: str
    text: str
    spans: list[tuple[int, int]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def add(self, sentence: str, *, follows: bool) -> None:
        """Adds a sentence, an item or a row, in the paragraph of what it follows or, if nothing, a new one."""
        between = ("\n" if _LINE.match(sentence) else " ") if follows else "\n\n"
        self.text += between + sentence
        self.spans.append((len(self.text) - len(sentence), len(self.text)))
        if sentence.startswith("|") and not follows:
            self.text += "\n|" + "---|" * (sentence.count("|") - 1)

    def ask(self, question: str, numbers: str) -> None:
        """Asks a question that the sentences of these numbers answer."""
        gold = [self.spans[int(one) - 1] for one in numbers.split() if one != "-"]
        self.questions.append(Question(question, [(self.source, *span) for span in gold]))


def written() -> Iterator[Case]:
    """All documents, each by itself; the names of a pair differ in the last number alone.

    Raises:
        ValueError: A line is none of those that a file is made of, or a sentence has another number than its own.
    """
    for file in sorted(FOLDER.glob("*.txt")):
        for draft in _pair(file):
            yield Case({draft.source: draft.text}, draft.questions)


def _pair(file: Path) -> list[_Draft]:
    content = file.read_text(encoding="utf-8")
    marks, ending = ("", ".md") if "\n## " in content else ("# ", ".txt")
    drafts: list[_Draft] = []
    follows = False
    for line in map(str.strip, content.splitlines()):
        if line.startswith("# "):
            drafts.append(_Draft(f"{file.stem}-{len(drafts) + 1}{ending}", line.removeprefix(marks)))
        elif line.startswith("## ") and drafts:
            drafts[-1].text += f"\n\n{line}"
        elif (sentence := _SENTENCE.fullmatch(line)) and int(sentence[1]) == len(drafts[-1].spans) + 1:
            drafts[-1].add(sentence[2], follows=follows)
        elif question := _QUESTION.fullmatch(line):
            for number, draft in enumerate(drafts, 1):
                draft.ask(question[1], question[number + 1])
        elif line.startswith("= ") and drafts and drafts[-1].questions:
            for draft in drafts:
                draft.questions.append(Question(line.removeprefix("= "), draft.questions[-1].gold))
        elif line:
            raise ValueError(f"{file.name}: this is no title, heading, question or next sentence: {line}")
        follows = line.startswith("[")
    return drafts
