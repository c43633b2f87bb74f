"""The answer that needs no chat model: the sentences that answer, verbatim, each cited; or an honest refusal."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, Literal

from assistant.answering.citations import cite
from assistant.answering.evidence import Evidence, Judged
from assistant.types import Answer, Citation, Document, IndexInfo, Passage
from assistant.words import words

REFUSAL: Final = "The documents do not answer this."

Caution = Literal["low", "balanced", "high"]

THRESHOLDS: Final[dict[Caution, float]] = {"low": 0.35, "balanced": 0.5, "high": 0.65}
"""The confidence from which on it answers."""

MOST_SENTENCES: Final = 4
"""An answer has no more sentences than that."""

NEARLY_AS_GOOD: Final = 0.6
"""A further sentence must be worth this share of the best one."""

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~$])")


def answer(
    question: str,
    searched_for: str,
    passages: Sequence[Passage],
    evidence: Evidence,
    document: Callable[[str], Document],
    index: IndexInfo,
    caution: Caution,
) -> Answer:
    """Answers a question from the sentences of some passages.

    Args:
        question: As it was asked.
        searched_for: As it was searched for.
        passages: What retrieval found, best first.
        evidence: What they say to it.
        document: Gives a document by its source.
        index: Which index answers.
        caution: How sure to be before answering.
    """
    answered = evidence.confidence >= THRESHOLDS[caution]
    citations = _citations(choose(evidence.sentences), document) if answered else ()
    return Answer(
        question=question,
        text=" ".join(f"{escape(citation.quote)} [{citation.number}]" for citation in citations) or REFUSAL,
        citations=citations,
        answered=bool(citations),
        passages=tuple(passages),
        searched_for=searched_for,
        confidence=evidence.confidence,
        index=index,
    )


def choose(sentences: Sequence[Judged]) -> list[Judged]:
    """The sentences to give, in reading order: the best, and others that are nearly as good, no words twice."""
    ranked = sorted(sentences, key=lambda judged: -judged.score)
    chosen: list[Judged] = []
    said: set[tuple[str, ...]] = set()
    for judged in ranked:
        if len(chosen) == MOST_SENTENCES or judged.score < NEARLY_AS_GOOD * ranked[0].score:
            break
        content = tuple(words(quote(judged)))
        if content not in said:
            said.add(content)
            chosen.append(judged)
    sources = list(dict.fromkeys(judged.passage.source for judged in chosen))
    return sorted(chosen, key=lambda judged: (sources.index(judged.passage.source), judged.span))


def quote(judged: Judged) -> str:
    """A sentence's words as they stand."""
    passage, span = judged.passage, judged.span
    return passage.text[span.start - passage.start : span.end - passage.start]


def escape(text: str) -> str:
    """A document's words as Markdown that shows just them, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _citations(chosen: Sequence[Judged], document: Callable[[str], Document]) -> tuple[Citation, ...]:
    return tuple(
        cite(document(judged.passage.source), judged.span, number, quote(judged))
        for number, judged in enumerate(chosen, start=1)
    )
