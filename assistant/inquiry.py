"""A question that stands alone → the passages that are considered, and what they say to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from assistant.answering.evidence import Evidence, Judged, judge, quote
from assistant.answering.extractive import MOST_SENTENCES
from assistant.answering.names import acronyms
from assistant.answering.reading import Reader, reconsider
from assistant.answering.whole import tell
from assistant.index import Generation
from assistant.intent import Acronym, Topic, Whole, intent
from assistant.retrieval import Searcher
from assistant.retrieval.whole import ending, overview
from assistant.types import DocumentRecord, Passage
from assistant.words import content_words, words

CONSIDERED: Final = 6
"""Passages that an answer is looked for in."""

TOLD: Final = 12
"""Passages that stand for all the documents that an overview is of."""

SEARCHED: Final = 50
"""Documents that are gone through for what a question may mean; among more, it may mean anything."""

SURE: Final = 0.9
"""The probability that there is an answer where a sentence settles the question by its words."""

BESIDE: Final = 0.2
"""What the scores of the other sentences are multiplied with then."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a question.

    Attributes:
        searched_for: The question, as it was searched for.
        passages: What was considered, best first.
        evidence: What they say to it.
        unmentioned: Words of the topic that it asks for which are nowhere in the documents.
        note: What the reader should know of it, in one line, or "".
    """

    searched_for: str
    passages: tuple[Passage, ...]
    evidence: Evidence
    unmentioned: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """Looks for answers.

    Attributes:
        generation: The index.
        searcher: Finds passages in it.
        reader: Reads the best of them; None leaves that out.
        sources: The documents to ask; None for all.
    """

    generation: Generation
    searcher: Searcher
    reader: Reader | None
    sources: frozenset[str] | None

    def consider(self, question: str) -> list[Passage]:
        """The passages in which an answer to a question is looked for, best first."""
        return self.searcher.search_whole(self.generation, question, CONSIDERED, self.sources)

    def of_passages(self, question: str) -> Found:
        """What the passages that fit a question best say to it.

        Args:
            question: One that stands alone.
        """
        match intent(question):
            case Topic() as topic:
                passages = self.consider(topic.text)
                evidence = _settled_by(lambda one: _is_on(topic, one), self._weigh(question, passages))
                unmentioned = tuple(word for word in topic.spelled if not self._is_mentioned(word))
                return Found(question, tuple(passages), evidence, unmentioned)
            case Acronym(letters):
                passages = self.consider(question)
                evidence = _settled_by(lambda one: _spells_out(letters, one), self._weigh(question, passages))
                return Found(question, tuple(passages), evidence)
            case _:
                passages = self.consider(question)
                return Found(question, tuple(passages), self._weigh(question, passages))

    def of_documents(self, question: str, *, in_conversation: bool) -> Found | None:
        """What whole documents say, or how they conclude; None where the question does not ask for that.

        Args:
            question: As it was asked.
            in_conversation: Whether something was said before it that "it" may mean.
        """
        asked = intent(question)
        if not isinstance(asked, Whole) or (in_conversation and asked.only_pointed_to):
            return None
        clear = bool(asked.named) or (asked.pointed_to and not in_conversation)
        meant = self._meant(asked, clear)
        if not meant:
            return None
        told = sorted(meant, key=lambda record: -record.passages)[:MOST_SENTENCES]
        passages = [passage for record in told for passage in self._standing_for(record, asked, TOLD // len(told))]
        note = f"This is of the {len(told)} longest of {len(meant)} documents: choose one to ask it alone."
        return Found(
            searched_for=question,
            passages=tuple(passages),
            evidence=tell(asked.part, passages, self.generation.document),
            note=note if len(told) < len(meant) else "",
        )

    def _weigh(self, question: str, passages: Sequence[Passage]) -> Evidence:
        evidence = judge(question, passages)
        return reconsider(question, evidence, self.reader) if self.reader else evidence

    def _is_mentioned(self, spelled: str) -> bool:
        return all(map(self.generation.mentions, content_words(words(spelled))))

    def _standing_for(self, record: DocumentRecord, asked: Whole, count: int) -> list[Passage]:
        if asked.part == "conclusion":
            return ending(self.generation, record.source)
        return overview(self.generation, record.source, count)

    def _meant(self, asked: Whole, clear: bool) -> list[DocumentRecord]:
        """The documents that a question means: those that are called as it calls them, else all that may be.

        Args:
            asked: What it asks for.
            clear: Whether it cannot mean something that a document speaks of: "the report".
        """
        records = [
            record
            for record in self.generation.records()
            if record.passages and (self.sources is None or record.source in self.sources)
        ]
        if asked.named:
            records = [record for record in records if _names(asked, record)]
        kinds = frozenset(words(" ".join(asked.kinds)))
        if of_that_kind := [record for record in records if kinds & _called(record)]:
            return of_that_kind
        return [] if asked.kinds and not clear and self._speak_of(asked.kinds, records) else records

    def _speak_of(self, kinds: Iterable[str], records: Sequence[DocumentRecord]) -> bool:
        """Whether some documents speak of a thing of these kinds, as far as may be told in a moment."""
        of_one = re.compile(
            rf"\b(an?|the|this|that|his|her|its|their)( [\w-]+){{0,2}} ({'|'.join(kinds)})\b", re.IGNORECASE
        )
        texts = (self.generation.document(record.source).text for record in records)
        return len(records) > SEARCHED or any(map(of_one.search, texts))


def _names(asked: Whole, record: DocumentRecord) -> bool:
    """Whether a question names a document: by words of its title, or all of them where it does not say what it is."""
    title = frozenset(content_words(words(record.title)))
    return asked.named <= _called(record) and (asked.told_of or asked.named >= title)


def _called(record: DocumentRecord) -> frozenset[str]:
    """The normalised words that a document is called by: those of its title and of its file's name."""
    return frozenset(words(f"{record.title} {record.source}"))


def _is_on(topic: Topic, one: Judged) -> bool:
    """Whether a sentence has all words of a topic, with its heading."""
    return topic.words.issubset(words(f"{one.passage.heading} {quote(one)}"))


def _spells_out(letters: str, one: Judged) -> bool:
    """Whether a sentence has an acronym, and names of which it may be made."""
    return set(words(letters)) <= acronyms(quote(one)) & set(words(quote(one)))


def _settled_by(settles: Callable[[Judged], bool], evidence: Evidence) -> Evidence:
    """The evidence, where there are sentences that settle the question whatever the models make of them."""
    sentences = tuple(_rescored(one, settles(one)) for one in evidence.sentences)
    is_settled = any(map(settles, evidence.sentences))
    return Evidence(sentences, max(evidence.confidence, SURE)) if is_settled else evidence


def _rescored(one: Judged, settles: bool) -> Judged:
    return replace(one, score=(1 + one.score) / 2 if settles else BESIDE * one.score)
