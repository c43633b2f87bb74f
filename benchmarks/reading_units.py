"""What the reading model learns from: passages, each with many questions, of which it answers some."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from evidence_examples import CUT_OUT, fold_of

from assistant.readers import document_from_text
from assistant.splitting import split

WEIGHTS: Final = {"squad": 0.5, "clapnq": 2.0, "qed": 1.0, "qed" + CUT_OUT: 0.7}
"""What a question of each set counts."""

FROM_ELSEWHERE: Final = 0.3
"""What a question counts that was asked over another text, for what one of the same set counts."""

OTHERS: Final = 2
"""Questions from elsewhere for each passage."""

LONGEST_PASSAGE: Final = 4000
"""Characters up to which a text is one passage."""


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
        sentences: Its sentences.
        questions: Those asked over it.
    """

    set: str
    fold: int
    sentences: tuple[str, ...]
    questions: tuple[Asked, ...]


def units(folder: Path) -> Iterator[Unit]:
    """All texts of the answering sets, each with its questions; those of qed also with the evidence cut out."""
    sys.path.insert(0, str(folder))
    import sets

    for name, load in (("squad", sets.squad_paragraphs), ("clapnq", sets.clapnq), ("qed", sets.qed)):
        for case in load():
            ((source, text),) = case.texts.items()
            unit = _unit(name, source, text, case.questions)
            yield unit
            if name == "qed":
                yield from _without_evidence(unit)


def with_others(some: Sequence[Unit], seed: int) -> list[Unit]:
    """The same, each with a few questions that were asked over other texts of its set, and that it does not answer."""
    chance = random.Random(seed)  # noqa: S311
    by_set = {name: [unit for unit in some if unit.set == name] for name in WEIGHTS}
    return [_with_others(unit, by_set[unit.set], chance) for unit in some]


def _with_others(unit: Unit, same_set: Sequence[Unit], chance: random.Random) -> Unit:
    none = (False,) * len(unit.sentences)
    others = [chance.choice(other.questions) for other in chance.sample(same_set, min(OTHERS, len(same_set)))]
    strange = [
        Asked(other.text, none, WEIGHTS[unit.set] * FROM_ELSEWHERE) for other in others if other not in unit.questions
    ]
    return Unit(unit.set, unit.fold, unit.sentences, (*unit.questions, *strange))


def _unit(name: str, source: str, text: str, questions: Sequence[Any]) -> Unit:
    spans = [span for passage in split(document_from_text(source, text), LONGEST_PASSAGE) for span in passage.sentences]
    asked = [
        Asked(
            question.text,
            tuple(any(span.start < end and start < span.end for _, start, end in question.gold) for span in spans),
            WEIGHTS[name],
        )
        for question in questions
    ]
    return Unit(name, fold_of(source), tuple(text[start:end] for start, end in spans), tuple(asked))


def _without_evidence(unit: Unit) -> Iterator[Unit]:
    """The same passage without the sentences that answer its question, where others are left."""
    (question,) = unit.questions
    left = tuple(text for text, gold in zip(unit.sentences, question.gold, strict=True) if not gold)
    name = unit.set + CUT_OUT
    if left and any(question.gold):
        yield Unit(name, unit.fold, left, (Asked(question.text, (False,) * len(left), WEIGHTS[name]),))
