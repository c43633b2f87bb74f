"""The answer that needs no chat model: the sentences that answer, verbatim, each cited; or an honest refusal."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final, Literal

from assistant.answering.citations import cite
from assistant.answering.evidence import Evidence, ScoredSentence, quote
from assistant.answering.names import Similar, meant, unknown_names
from assistant.answering.question import asks_for_several
from assistant.answering.surroundings import understandable, whole_lists
from assistant.types import Answer, BlockKind, Citation, Document, IndexInfo, Passage, Statement
from assistant.words import words

REFUSAL: Final = "The documents do not answer this."

Caution = Literal["low", "balanced", "high"]

THRESHOLDS: Final[dict[Caution, float]] = {"low": 0.2, "balanced": 0.35, "high": 0.5}
"""The confidence from which on it answers. The middle one falls as little short of answering nine tenths of what can be
answered as of declining eight tenths of the rest; see ``benchmarks/train_agreement.py``."""

MOST_SENTENCES: Final = 4
"""An answer has no more sentences than that, but for what it takes to understand them, and the items of lists."""

FORESEEN: Final = 1.5
"""What there is to give, for what is foreseen: what also belongs to an answer stands in sentences that are little
believed, or were not read."""

OF_ANOTHER: Final = 0.5
"""The share of the best sentence's probability that one of another document must have to be given too: documents that
have nothing to do with each other all have sentences that a question fits a little."""

_OF_LINES: Final[frozenset[BlockKind]] = frozenset(("list", "table", "code"))
_LINE_BREAK: Final = "\\\n"

_LIST_MARK: Final = re.compile(r"^(\d*)([-+.)])(?=\s)")
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~$&])")


def answer(
    question: str,
    searched_for: str,
    passages: Sequence[Passage],
    evidence: Evidence,
    document: Callable[[str], Document],
    mentioned: Callable[[str], bool],
    index: IndexInfo,
    caution: Caution,
    unmentioned: Sequence[str] = (),
    asked: int | None = None,
    similar: Similar = lambda _word, _edits: (),
) -> Answer:
    """Answers a question from the sentences of some passages.

    Args:
        question: As it was asked.
        searched_for: As it was searched for.
        passages: What retrieval found, best first.
        evidence: What they say to it.
        document: Gives a document by its source.
        mentioned: Whether the documents have a normalised word anywhere.
        index: Which index answers.
        caution: How sure to be before answering.
        unmentioned: Words that the question is about and the documents do not have, beside the names in it.
        asked: How many documents were asked; None for all.
        similar: Finds passages that have words like one.
    """
    answered = evidence.confidence >= THRESHOLDS[caution]
    citations = _citations(choose(searched_for, evidence.sentences), document) if answered else ()
    note = ""
    if not citations:
        known = cache(mentioned)
        strange = _strange_names(searched_for, passages, known)
        parts = (_what_is_missing(strange, unmentioned), _what_is_meant(strange, known, similar))
        note = " ".join(filter(None, (*parts, _left_out(asked, index.documents))))
    return Answer(
        question=question,
        text=_in_lines(citations) or REFUSAL,
        citations=citations,
        answered=bool(citations),
        passages=tuple(passages),
        searched_for=searched_for,
        confidence=evidence.confidence,
        index=index,
        statements=tuple(Statement(citation.quote, (citation.number,)) for citation in citations),
        note=note,
    )


def choose(question: str, sentences: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """The sentences to give, in reading order: those worth their length, and what it takes to understand them.

    Where several things are asked for, a list is given as a whole.

    Args:
        question: The question as it was searched for.
        sentences: All that were judged, passage by passage.

    Returns:
        At least one, where there is any; no words twice.
    """
    good = _on_one_matter(_worth_giving(sorted(sentences, key=lambda judged: -judged.score)))
    understood = understandable(question, sentences)
    chosen: dict[tuple[str, ...], ScoredSentence] = {}
    lists = whole_lists(good, sentences) if asks_for_several(question) else []
    for wanted in (*(one for judged in good for one in understood[judged]), *lists):
        chosen.setdefault(tuple(words(quote(wanted))), wanted)
    sources = list(dict.fromkeys(judged.passage.source for judged in good))
    return sorted(chosen.values(), key=lambda judged: (sources.index(judged.passage.source), judged.span))


def _on_one_matter(ranked: Sequence[ScoredSentence]) -> list[ScoredSentence]:
    """Those without what other documents than the best one's say with little to be said for it."""
    best = ranked[:1]
    return [
        judged
        for judged in ranked
        if judged.passage.source == best[0].passage.source or judged.score >= OF_ANOTHER * best[0].score
    ]


def _worth_giving(ranked: Sequence[ScoredSentence]) -> Sequence[ScoredSentence]:
    """As many of the best as make the expected F1 of their characters highest.

    Precision and recall are of the characters that belong to the answer; with probabilities for truth, F1 is twice what
    is expected to be right, over what is given and what there is to give. See Lewis, "Evaluating and optimizing
    autonomous text classification systems" (1995).
    """
    there = FORESEEN * sum(judged.score * _length(judged) for judged in ranked)
    right, given, expected = 0.0, 0, [0.0]
    for judged in ranked[:MOST_SENTENCES]:
        right += judged.score * _length(judged)
        given += _length(judged)
        expected.append(2 * right / (given + there))
    return ranked[: max(1, expected.index(max(expected)))]


def _length(judged: ScoredSentence) -> int:
    return judged.span.end - judged.span.start


def _in_lines(citations: Sequence[Citation]) -> str:
    """What is quoted, in Markdown, each with its mark; items, rows and lines of code on lines of their own."""
    text = ""
    for before, one in zip((None, *citations), citations, strict=False):
        if before:
            text += _LINE_BREAK if _breaks(before, one) else " "
        text += f"{escape(one.quote)} [{one.number}]"
    return text


def _breaks(before: Citation, one: Citation) -> bool:
    if _OF_LINES.isdisjoint((before.kind, one.kind)):
        return False
    one_paragraph = (before.source, before.heading, before.paragraph) == (one.source, one.heading, one.paragraph)
    return not one_paragraph or one.kind == "code"


def _strange_names(question: str, passages: Sequence[Passage], mentioned: Callable[[str], bool]) -> tuple[str, ...]:
    """What a question names that is nowhere in the documents, which is why they do not answer it."""
    texts = [text for passage in passages for text in (passage.title, passage.heading, passage.text)]
    return unknown_names(question, mentioned, texts)


def _what_is_missing(names: Sequence[str], common: Sequence[str]) -> str:
    """Says that names, or common words, are not in the documents; "" where there are none to speak of."""
    if names:
        return f"The documents never mention {_listed(names)}."
    if common:
        return f"The documents do not have the word{'s' * (len(common) > 1)} {_listed(common)}."
    return ""


def _what_is_meant(names: Sequence[str], mentioned: Callable[[str], bool], similar: Similar) -> str:
    """Asks whether other names are meant that differ from some by a typo; "" where there are none."""
    unknown = [word for name in names for word in name.split() if not all(map(mentioned, words(word)))]
    found = list(dict.fromkeys(filter(None, (meant(word, similar) for word in unknown))))
    return f"Did you mean {_either(found)}?" if found else ""


def _left_out(asked: int | None, documents: int) -> str:
    """Says that not all documents were asked; "" where they were."""
    if asked is None or asked >= documents:
        return ""
    return f"Of {documents:,} documents, {asked:,} {'was' if asked == 1 else 'were'} asked."


def _listed(some: Sequence[str]) -> str:
    return _either([f"“{one}”" for one in some])


def _either(some: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(some[:-1]), some[-1])))


def escape(text: str) -> str:
    """A document's words as Markdown that shows just them, on one line."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    return _LIST_MARK.sub(r"\1\\\2", line)


def _citations(chosen: Sequence[ScoredSentence], document: Callable[[str], Document]) -> tuple[Citation, ...]:
    return tuple(
        cite(document(judged.passage.source), judged.span, number, quote(judged))
        for number, judged in enumerate(chosen, start=1)
    )
