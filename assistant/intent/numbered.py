"""Whether a question is after a numbered part of a text: "What does clause 4.3 say?"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from assistant.intent.called import Called, called
from assistant.intent.vocabulary import spelled


@dataclass(frozen=True, slots=True)
class Numbered:
    """A numbered part of a text is asked for, or something in it.

    Attributes:
        kind: What the question calls it, folded: "clause".
        number: Its number: "4.3".
        called: What it calls the documents that have the part; None where it says more, for it asks something in it.
    """

    kind: str
    number: str
    called: Called | None


_NUMBERED: Final = re.compile(
    r"(?:\b(?P<kind>clause|section|article|paragraph|rule|point)s? (?:no\.? |number )?|(?P<sign>§) ?)"
    r"(?P<number>\d{1,3}(?:\.\d{1,3})*)(?![\w%]|[.,]\d)",
    re.IGNORECASE,
)
_QUOTE: Final = frozenset(
    {
        *("cite", "find", "quote", "read", "recite", "wording", "said", "stated", "written", "state", "states"),
        *("provide", "provides", "require", "requires", "stipulate", "stipulates"),
    }
)
"""What asks for the words of a part, beside what asks for those of a document."""


def numbered(question: str) -> Numbered | None:
    """The part that a question is after; None where it names none by its number.

    Args:
        question: On one line, with plain apostrophes.
    """
    match = _NUMBERED.search(question)
    if not match:
        return None
    rest = f"{question[: match.start()]} {question[match.end() :]}".casefold()
    of = called([word for word in spelled(rest) if word not in _QUOTE])
    return Numbered((match["kind"] or "section").casefold(), match["number"], of)
