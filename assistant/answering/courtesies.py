"""What is said to a greeting, to thanks, and to who asks what can be asked: nothing of it is from the documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from assistant.answering.extractive import escape
from assistant.intent import Courtesy
from assistant.labels import count
from assistant.types import Answer, DocumentRecord, IndexInfo, Statement

LISTED: Final = 20
"""Documents that are listed by name."""

_REPLIES: Final[dict[Courtesy, str]] = {
    "greeting": "Hello. Ask a question about the documents.",
    "thanks": "You are welcome.",
    "noted": "Ask whatever else you want to know from the documents.",
    "farewell": "Goodbye.",
    "abilities": (
        "I answer from the documents, and cite every sentence. Ask for a fact, for what a document is about or how it "
        "ends, for what they say on something, or which documents there are."
    ),
}


def answer(question: str, said: Courtesy, records: Sequence[DocumentRecord], index: IndexInfo) -> Answer:
    """An answer of which nothing is from the documents, and that cites nothing.

    Args:
        question: As it was asked.
        said: What it says.
        records: What the index knows of each file.
        index: Which index would have answered.
    """
    lines = _listed([record for record in records if record.passages]) if said == "collection" else [_REPLIES[said]]
    # A list, where there are several lines; a sentence that is one whole, for who reads no Markdown.
    text = "\n".join((f"{escape(lines[0])}\n", *(f"- {escape(line)}" for line in lines[1:]))).rstrip()
    plain = " ".join((*lines[:1], "; ".join(lines[1:]))).rstrip()
    return Answer(
        question=question,
        text=text,
        citations=(),
        answered=False,
        passages=(),
        searched_for=question,
        confidence=0.0,
        index=index,
        statements=(Statement(plain),),
    )


def _listed(records: Sequence[DocumentRecord]) -> list[str]:
    """How many documents there are, and their names."""
    if not records:
        return ["There are no documents yet."]
    names = [f"{record.title} ({record.source})" for record in records[:LISTED]]
    more = [f"and {len(records) - LISTED:,} more"] if len(records) > LISTED else []
    return [f"There {'is' if len(records) == 1 else 'are'} {count(len(records), 'document')}:", *names, *more]
