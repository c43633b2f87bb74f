"""A question, in its conversation → the passages that are considered, and what they say to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from assistant.answering.evidence import Evidence, ScoredSentence, judge, quote
from assistant.answering.extractive import MOST_SENTENCES
from assistant.answering.headings import under_its_heading
from assistant.answering.names import acronyms
from assistant.answering.parts import of_part
from assistant.answering.reading import Reader, reconsider
from assistant.answering.whole import tell
from assistant.conversation import in_full, stand_alone
from assistant.index import Generation
from assistant.intent import Acronym, Numbered, Topic, Whole, intent, is_of_documents
from assistant.leaning import says_nothing_alone
from assistant.retrieval import Searcher
from assistant.retrieval.whole import ending, overview
from assistant.scope import Scope, documents_meant
from assistant.types import DocumentRecord, Message, Passage
from assistant.words import words

if TYPE_CHECKING:
    from assistant.answering.chat_model import Writer

CONSIDERED: Final = 6
"""Passages that an answer is looked for in."""

TOLD: Final = 12
"""Passages that stand for all the documents that an overview is of."""

DOUBTED: Final = 0.6
"""The probability that a question after whole documents is one, where it may be after a fact as well."""

SURE: Final = 0.9
"""The probability that there is an answer where a sentence settles the question by its words."""

BESIDE: Final = 0.2
"""What the scores of the other sentences are multiplied with then, but where a topic is to be told of."""

HEADED: Final = 0.2
"""How far a sentence is on a topic that only its heading, or the document's title, names."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a question.

    Attributes:
        searched_for: The question, as it was searched for.
        passages: What was considered, best first, or for a summary in reading order.
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
        return self.searcher.search_untrimmed(self.generation, question, CONSIDERED, self.sources)

    def of_passages(self, question: str, history: Sequence[Message] = ()) -> Found:
        """What the passages that fit a question best say to it.

        Args:
            question: One that stands alone.
            history: The conversation before it: "it" may mean what that is about.
        """
        match intent(question):
            case Topic() as topic:
                return self._of_topic(question, topic, history)
            case Acronym(letters):
                return self._of_acronym(question, letters)
            case Numbered() as part:
                return self._of_part(question, part, history)
            case _:
                return self._of_fact(question)

    def of_documents(self, question: str, history: Sequence[Message] = ()) -> Found | None:
        """What whole documents say, or how they conclude; None where the question does not ask for that.

        Args:
            question: As it was asked.
            history: The conversation before it: "it" may mean what that is about.
        """
        asked = intent(question)
        if not isinstance(asked, Whole):
            return None
        scope = documents_meant(asked.called, self.generation, self.sources, history, summed_up=asked.summed_up)
        if not scope.documents:
            return _of_no_document(question, asked)
        most = min(asked.sentences or MOST_SENTENCES, MOST_SENTENCES)
        told = sorted(scope.documents, key=lambda record: -record.passages)[:most]
        passages = [passage for record in told for passage in self._standing_for(record, asked, TOLD // len(told))]
        sentences = tell(asked.part, passages, self.generation.document, most)
        certain = asked.certain or (scope.called and (asked.of_called or asked.called.only_pointed_to))
        return Found(
            searched_for=question,
            passages=tuple(passages),
            evidence=Evidence(sentences, 1.0 if certain else DOUBTED),
            note=_of_several(len(told), len(scope.documents)),
        )

    def _of_topic(self, question: str, topic: Topic, history: Sequence[Message]) -> Found:
        # What "it" says is what a document says, whatever else was spoken of.
        of_documents = [message for message in history if is_of_documents(message["content"])]
        meant = documents_meant(topic.called, self.generation, self.sources, of_documents).documents
        if not meant:
            return self._of_fact(question)
        passages = self.searcher.search_untrimmed(self.generation, topic.text, CONSIDERED, self._sources(meant))
        beside = 1.0 if topic.broad else BESIDE
        evidence = _settled_by(partial(_on, topic), self._weigh(question, passages), beside)
        return Found(question, tuple(passages), evidence, self._unmentioned(topic))

    def _of_acronym(self, question: str, letters: str) -> Found:
        found = self._of_fact(question)
        return replace(found, evidence=_settled_by(partial(_spells_out, letters), found.evidence))

    def _of_part(self, question: str, part: Numbered, history: Sequence[Message]) -> Found:
        """What a numbered part says: all of it, or what the models make of it where something in it is asked for."""
        scope = documents_meant(part.called, self.generation, self.sources, history) if part.called else Scope()
        meant = scope.documents
        for wording in (question, f"{part.kind} {part.number}", part.number):
            passages = self.searcher.search_untrimmed(self.generation, wording, CONSIDERED, self._sources(meant))
            if of_part(
                part, [ScoredSentence(passage, span, 0.0) for passage in passages for span in passage.sentences]
            ):
                break
        else:
            return self._of_fact(question)
        evidence = self._weigh(question, passages)
        inside = of_part(part, evidence.sentences)
        evidence = _settled_by(lambda one: float(one in inside), evidence, beside=0.0, sure=SURE if meant else 0.0)
        return Found(question, tuple(passages), evidence)

    def _of_fact(self, question: str) -> Found:
        passages = self.consider(question)
        evidence = self._weigh(question, passages)
        headed = under_its_heading(question, evidence.sentences)
        return Found(question, tuple(passages), _settled_by(lambda one: float(one in headed), evidence))

    def _weigh(self, question: str, passages: Sequence[Passage]) -> Evidence:
        evidence = judge(question, passages)
        return reconsider(question, evidence, self.reader) if self.reader else evidence

    def _sources(self, meant: Sequence[DocumentRecord]) -> frozenset[str] | None:
        """The documents to ask: those that a question means, or, where it means none, all; None for all there are."""
        if len(meant) == self.generation.info.documents:
            return None
        return frozenset(record.source for record in meant) or self.sources

    def _unmentioned(self, topic: Topic) -> tuple[str, ...]:
        """A topic's common words, where the documents have none of its words, nor letters that may stand for them."""
        initials = "".join(word[0] for word in topic.words)
        mentioned = any(map(self.generation.mentions, (*topic.words, initials)))
        return () if mentioned else topic.spelled

    def _standing_for(self, record: DocumentRecord, asked: Whole, count: int) -> list[Passage]:
        if asked.part == "conclusion":
            return ending(self.generation, record.source)
        return overview(self.generation, record.source, count)


def find(question: str, history: Sequence[Message], inquiry: Inquiry, chat: Writer | None) -> Found:
    """What the documents say to a question, by itself or as the conversation makes it stand alone.

    Args:
        question: As it was asked.
        history: The conversation before it, oldest first.
        inquiry: Looks for it.
        chat: The chat model that may put it in other words; None where there is none.
    """
    question = in_full(question, history)
    whole = inquiry.of_documents(question, history)
    if whole and (whole.evidence.confidence == 1 or not whole.passages):
        return whole
    rewritten = chat.stand_alone(question, history) if chat and history else None
    alone = rewritten or stand_alone(question, history)
    wordings = dict.fromkeys((alone,) if says_nothing_alone(question) else (question, alone))
    found = [inquiry.of_passages(wording, history) for wording in wordings]
    if whole := whole or (inquiry.of_documents(rewritten) if rewritten else None):
        found.append(whole)
    return max(found, key=lambda one: one.evidence.confidence)


def _of_no_document(question: str, asked: Whole) -> Found | None:
    """That there is nothing to sum up, where a summary is asked for of what no document is called."""
    if not asked.summed_up or not asked.called.kinds:
        return None
    kinds = " or ".join(f"“{kind}”" for kind in sorted(asked.called.kinds))
    return Found(question, (), Evidence((), 0.0), note=f"No document is called {kinds} here.")


def _of_several(told: int, meant: int) -> str:
    """Which of the documents that are meant are told of, where they are several."""
    if meant == 1:
        return ""
    which = f"{meant} documents" if told == meant else f"the {told} longest of {meant} documents"
    return f"This is of {which}: choose one to ask it alone."


def _on(topic: Topic, one: ScoredSentence) -> float:
    """How far a sentence is on a topic, 0 to 1: a little where it takes headings to have all the topic's words."""
    own = set(words(quote(one)))
    if own.issuperset(topic.words):
        return 1.0
    around = words(f"{one.passage.title} {one.passage.heading}")
    return HEADED if own.union(around).issuperset(topic.words) else 0.0


def _spells_out(letters: str, one: ScoredSentence) -> float:
    """1 where a sentence has an acronym, and names of which it may be made, else 0."""
    return float(acronyms(quote(one)).intersection(words(quote(one))).issuperset(words(letters)))


def _settled_by(
    settles: Callable[[ScoredSentence], float], evidence: Evidence, beside: float = BESIDE, sure: float = SURE
) -> Evidence:
    """The evidence, where sentences settle the question by their words, whatever the models make of them.

    Where it names what is not mentioned, none does.

    Args:
        settles: How far a sentence does, 0 to 1.
        evidence: What the models make of it.
        beside: What the scores of the others are multiplied with.
        sure: The probability that there is an answer, at the least.
    """
    degrees = list(map(settles, evidence.sentences))
    if not any(degrees) or not evidence.confidence:
        return evidence
    judged = zip(evidence.sentences, degrees, strict=True)
    sentences = (replace(one, score=_settled(one.score, degree, beside)) for one, degree in judged)
    return Evidence(tuple(sentences), max(evidence.confidence, sure))


def _settled(score: float, degree: float, beside: float) -> float:
    return degree * (1 + score) / 2 + (1 - degree) * beside * score
