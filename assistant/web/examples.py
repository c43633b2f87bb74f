"""Documents → questions that they answer, to begin with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, islice, zip_longest
from typing import TYPE_CHECKING, Final

from assistant.answering.evidence import ScoredSentence, judge
from assistant.errors import AssistantError
from assistant.readers.structure import readable_name
from assistant.settings import EXTRACTIVE

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.types import Document, IndexInfo, Span

COUNT: Final = 3
TRIED: Final = 24
"""Candidates that are looked at, at most, once for each generation of the index."""
NAMES: Final = 5
"""Names in a document, the most frequent first, that are asked about."""
LONGEST_TOPIC: Final = 8
"""Words of a heading that can be asked about."""
DOCUMENTS: Final = 12
"""Documents that are looked at for candidates, the longest first."""
LOOKED_AT: Final = 200_000
"""How much of each is looked at, from its beginning, in characters."""

_NAME: Final = r"[A-Z][\w’'-]{1,40}(?: [A-Z][\w’'-]{1,40}){1,4}"
_NUMBERS: Final = "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[Hh]undreds of|[Tt]housands of"
_PERSON: Final = re.compile(rf"\b({_NAME}),? (?:{_NAME}’s [a-z]|the [a-z]|an? [a-z]|who )")
_NAMED: Final = re.compile(
    r"(?<=[a-z,;] )((?:the )?[A-Z][\w-]{1,40}(?: [A-Z][\w-]{1,40}){1,4})"
    r"(?=[,.;)]| (?:and|as|at|by|for|from|has|in|is|of|on|to|was|with)\b)"
)
_DEFINED: Final = re.compile(
    r"(?m)(?:^|(?<=[.!?] ))(The|An?) ((?:[\w’'-]+ ){1,7})(is|are|was|were|refers to) (?:a|an|the|to)\b"
)
_COUNTED: Final = re.compile(rf"\b(?:\d{{1,6}}|{_NUMBERS}) ((?:[\w’'-]+ ){{1,3}}(?:were|are) [a-z]+(?:ed|en|wn|lt))\b")
_QUESTION: Final = re.compile(r"\w.{8,78}\?\Z")
_ASKS: Final = re.compile(r"(?:how|what|when|where|which|who|whom|whose|why)\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\A\W*(?:\d[\d.]*|[IVXLC]+[.)])[.):]?\s+")


def examples(assistant: Assistant) -> tuple[str, ...]:
    """Questions that the documents answer well, made from their headings and sentences.

    Raises:
        IndexingError: There is no index and none can be built.
    """
    return _examples(assistant, assistant.index)


@lru_cache(maxsize=8)
def _examples(assistant: Assistant, _index: IndexInfo) -> tuple[str, ...]:
    """Remembered for the index that answers: another one may answer other questions."""
    records = sorted(assistant.documents(), key=lambda record: -record.passages)[:DOCUMENTS]
    candidates = zip_longest(
        *(candidates_of(assistant.document(record.source)) for record in records if record.passages)
    )
    questions = islice(_once_each(question for row in candidates for question in row if question), TRIED)
    found: dict[tuple[str, Span], str] = {}
    for question, best in _in_turn(_promising(assistant, questions)):
        place = best.passage.source, best.span
        if place not in found and assistant.ask(question, writer=EXTRACTIVE).answered:
            found[place] = question
        if len(found) == COUNT:
            break
    return tuple(found.values())


def _once_each(questions: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for question in questions:
        if question not in seen:
            seen.add(question)
            yield question


def _promising(assistant: Assistant, questions: Iterable[str]) -> list[tuple[str, ScoredSentence]]:
    """The questions that may be answered, each with its best sentence, by what a first look says to them."""
    judged = []
    for question in questions:
        try:
            evidence = judge(question, assistant.consider(question))
        except AssistantError:
            continue  # a question made by rule may be one that cannot be asked
        if evidence.confidence:
            judged.append((evidence.confidence, question, max(evidence.sentences, key=lambda one: one.score)))
    return [(question, best) for _, question, best in sorted(judged, key=lambda one: -one[0])]


def _in_turn(promising: Iterable[tuple[str, ScoredSentence]]) -> Iterator[tuple[str, ScoredSentence]]:
    """The best of each document, then the second best of each, and so on."""
    of_each: dict[str, list[tuple[str, ScoredSentence]]] = {}
    for question, best in promising:
        of_each.setdefault(best.passage.source, []).append((question, best))
    yield from filter(None, chain.from_iterable(zip_longest(*of_each.values())))


def candidates_of(document: Document) -> Iterator[str]:
    """Questions that a document may answer: what it defines, whom it introduces, what its headings ask or name."""
    text = document.text[:LOOKED_AT]
    for article, subject, verb in _DEFINED.findall(text):
        words = f"{article.lower()} {subject.strip()}"
        yield f"What does {words} refer to?" if verb == "refers to" else f"What {verb} {words}?"
    for name in dict.fromkeys(_PERSON.findall(text)):
        yield f"Who is {name}?"
    for counted in _COUNTED.findall(text):
        yield f"How many {counted}?"
    headings = [section.heading for section in document.sections if section.heading != document.title]
    for heading in headings:
        if _QUESTION.match(heading):
            yield heading
        elif len(heading.split()) <= LONGEST_TOPIC and not _ASKS.match(heading):
            yield _about(_NUMBER.sub("", heading), text)
    names = Counter(_NAMED.findall(text))
    for name, count in names.most_common(NAMES):
        if count > 1:
            yield _about(name, text)
    if document.title != readable_name(document.source):
        yield _about(document.title, text)


def _about(topic: str, text: str) -> str:
    """Asks about a heading or name, which begins with a small letter unless the text has it large within a sentence."""
    first = topic.split(" ", 1)[0]
    is_name = not first.istitle() or re.search(rf"[a-z,;] {re.escape(first)}\b", text)
    return f"What does it say about {topic if is_name else topic[:1].lower() + topic[1:]}?"
