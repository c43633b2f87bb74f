"""What the reading model learns from: passages, each with questions, of which it answers some.

First whole texts, each with all its questions and some of others; then the passages that the product's own retrieval
finds for a question, most of which do not answer it; then single sentences of those, of which the same is true.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from evidence_examples import CUT_OUT, Found, fold_of
from written_set import written

from assistant.answering.evidence import judge, quote
from assistant.answering.reading.prompt import heading_of
from assistant.answering.surroundings import understandable
from assistant.conversation import with_topic
from assistant.readers import document_from_text
from assistant.splitting import split
from assistant.types import Document

WRITTEN: Final = "written"
"""The set of documents that were written for this."""

WEIGHTS: Final = {"squad": 0.5, "clapnq": 2.0, "qed": 1.0, "qed" + CUT_OUT: 0.7, WRITTEN: 1.0}
"""What a question of each set counts."""

FROM_ELSEWHERE: Final = 0.3
"""What a question counts that was asked over another text, for what one of the same set counts."""

OTHERS: Final = 2
"""Questions from elsewhere for each passage."""

UNDER_A_HEADING: Final = 6
"""Questions for what stands under one of several headings that it does not answer."""

LONGEST_PASSAGE: Final = 4000
"""Characters up to which a text is one passage."""

FOUND: Final = 3
"""Passages of those found for a question, from the best, that are read; and the next one that answers it."""

FOUND_IN_VAIN: Final = 0.5
"""What a question counts with a passage that does not answer it, for what it counts with one that does."""

CUT: Final = 0.35
"""How many of the passages that answer are also read with the sentences that do cut out."""

CUT_WEIGHT: Final = 0.7
"""What a question counts with those, for what it counts with the whole passage."""

SENTENCES: Final = 3
"""Sentences of those found for a question, from the best, that are read by themselves; and the next one that answers it
among the first `LOOKED_AT`."""

LOOKED_AT: Final = 8

SINGLE_PARAGRAPHS: Final = 0.5
"""How many of squad's questions over single paragraphs are asked over single sentences."""

FOLLOW_UPS: Final = 0.2
"""How many of the questions over one text are asked as follow-ups to another one."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question over a passage.

    Attributes:
        text: The question.
        gold: Whether each of the passage's sentences answers it.
        weight: What it counts.
    """

    text: str
    gold: tuple[bool, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage with questions.

    Attributes:
        set: Where it is from.
        fold: Which fifth of the texts it belongs to.
        heading: What it stands under, as it is read.
        sentences: Its sentences.
        questions: Those asked over it.
    """

    set: str
    fold: int
    heading: str
    sentences: tuple[str, ...]
    questions: tuple[Asked, ...]


def units(folder: Path) -> Iterator[Unit]:
    """All texts of the answering sets, each with its questions; those of qed also with the evidence cut out."""
    sys.path.insert(0, str(folder))
    import sets

    loads = {"squad": sets.squad_paragraphs, "clapnq": sets.clapnq, "qed": sets.qed, WRITTEN: written}
    for name, load in loads.items():
        for case in load():
            ((source, text),) = case.texts.items()
            for unit in _units(name, document_from_text(source, text), case.questions):
                yield unit
                if name == "qed":
                    yield from _without_evidence(unit)


def with_others(some: Sequence[Unit], seed: int) -> list[Unit]:
    """The same, each with a few questions that were asked over other texts of its set, and that it does not answer."""
    chance = random.Random(seed)  # noqa: S311
    by_set = {name: [unit for unit in some if unit.set == name] for name in WEIGHTS}
    return [_with_others(unit, by_set[unit.set], chance) for unit in some]


def with_follow_ups(some: Sequence[Unit], seed: int) -> list[Unit]:
    """The same, some of the questions asked as the product asks a follow-up: with another one, the topic, behind it.

    What answers the topic alone is no answer.
    """
    chance = random.Random(seed)  # noqa: S311
    return [replace(unit, questions=tuple(_follow_ups(unit.questions, chance))) for unit in some]


def found_units(founds: Iterable[Found], seed: int) -> list[Unit]:
    """What retrieval finds for questions: passages, each with the questions it was found for.

    The questions over single paragraphs of squad are not among them: those are packed behind their whole paragraph.

    Args:
        founds: The questions, with what was found.
        seed: Which of the sentences that answer are cut out.
    """
    chance = random.Random(seed)  # noqa: S311
    asked = _Gathered()
    for found in founds:
        if found.set == "squad-paragraphs":
            continue
        for heading, sentences, gold in _read(found):
            own = found.weight if any(gold) else found.weight * FOUND_IN_VAIN
            asked.add(found, heading, sentences, Asked(found.question, gold, own))
            if any(gold) and not all(gold) and chance.random() < CUT:
                left = tuple(text for text, answers in zip(sentences, gold, strict=True) if not answers)
                asked.add(found, heading, left, Asked(found.question, (False,) * len(left), found.weight * CUT_WEIGHT))
    return asked.units()


def sentence_units(founds: Iterable[Found], seed: int) -> list[Unit]:
    """The best sentences of what retrieval finds, each by itself, with the questions it was found for.

    Args:
        founds: The questions, with what was found.
        seed: Which of squad's questions over single paragraphs are among them: half.
    """
    chance = random.Random(seed)  # noqa: S311
    asked = _Gathered()
    for found in founds:
        if found.set == "squad-paragraphs" and chance.random() > SINGLE_PARAGRAPHS:
            continue
        for heading, sentences, gold in _single(found):
            weight = found.weight if any(gold) else found.weight * FOUND_IN_VAIN
            asked.add(found, heading, sentences, Asked(found.question, gold, weight))
    return asked.units()


class _Gathered:
    """Questions, by the passage that they are asked over."""

    def __init__(self) -> None:
        self._asked: dict[tuple[str, int, str, tuple[str, ...]], list[Asked]] = defaultdict(list)

    def add(self, found: Found, heading: str, sentences: tuple[str, ...], question: Asked) -> None:
        self._asked[found.set, found.fold, heading, sentences].append(question)

    def units(self) -> list[Unit]:
        return [Unit(*passage, tuple(questions)) for passage, questions in self._asked.items()]


def _single(found: Found) -> Iterator[tuple[str, tuple[str, ...], tuple[bool, ...]]]:
    """The best sentences by the first look, each with its heading and what else it takes, and which of those answer.

    One that does not answer, with one before it that does, is left out: it is no example of either.
    """
    sentences = judge(found.question, found.passages).sentences
    gold = dict(zip(sentences, found.gold.tolist(), strict=True))
    understood = understandable(found.question, sentences)
    ranked = sorted(sentences, key=lambda one: -one.score)
    for one in ranked[:SENTENCES] + [one for one in ranked[SENTENCES:LOOKED_AT] if gold[one]][:1]:
        answers = tuple(gold[some] for some in understood[one])
        if gold[one] or not any(answers):
            yield heading_of(one.passage), tuple(map(quote, understood[one])), answers


def _read(found: Found) -> Iterator[tuple[str, tuple[str, ...], tuple[bool, ...]]]:
    """The passages that are read, as a heading and sentences, and which of those answer."""
    gold = iter(found.gold.tolist())
    passages = [
        (
            heading_of(passage),
            tuple(map(passage.quote, passage.sentences)),
            tuple(next(gold) for _ in passage.sentences),
        )
        for passage in found.passages
        if passage.sentences
    ]
    yield from passages[:FOUND]
    yield from [passage for passage in passages[FOUND:] if any(passage[2])][:1]


def _follow_ups(questions: Sequence[Asked], chance: random.Random) -> Iterator[Asked]:
    for question in questions:
        topic = chance.choice(questions)
        follows = topic is not question and chance.random() < FOLLOW_UPS
        yield replace(question, text=with_topic(question.text, topic.text)) if follows else question


def _with_others(unit: Unit, same_set: Sequence[Unit], chance: random.Random) -> Unit:
    none = (False,) * len(unit.sentences)
    others = [chance.choice(other.questions) for other in chance.sample(same_set, min(OTHERS, len(same_set)))]
    strange = [
        Asked(other.text, none, WEIGHTS[unit.set] * FROM_ELSEWHERE) for other in others if other not in unit.questions
    ]
    return replace(unit, questions=(*unit.questions, *strange))


def _units(name: str, document: Document, questions: Sequence[Any]) -> Iterator[Unit]:
    """What stands under each heading of a text, with the questions that it answers, and some or all others."""
    chance = random.Random(document.source)  # noqa: S311
    sections = groupby(split(document, LONGEST_PASSAGE), key=heading_of)
    for heading, passages in sections:
        spans = [span for passage in passages for span in passage.sentences]
        asked = [
            Asked(
                question.text,
                tuple(any(span.start < end and start < span.end for _, start, end in question.gold) for span in spans),
                WEIGHTS[name],
            )
            for question in questions
        ]
        if len(document.sections) > 1:
            answered = [one for one in asked if any(one.gold)]
            others = [one for one in asked if not any(one.gold)]
            asked = answered + chance.sample(others, min(UNDER_A_HEADING, len(others)))
        sentences = tuple(document.text[start:end] for start, end in spans)
        yield Unit(name, fold_of(document.source), heading, sentences, tuple(asked))


def _without_evidence(unit: Unit) -> Iterator[Unit]:
    """The same passage without the sentences that answer its question, where others are left."""
    (question,) = unit.questions
    left = tuple(text for text, gold in zip(unit.sentences, question.gold, strict=True) if not gold)
    name = unit.set + CUT_OUT
    if left and any(question.gold):
        yield Unit(name, unit.fold, unit.heading, left, (Asked(question.text, (False,) * len(left), WEIGHTS[name]),))
