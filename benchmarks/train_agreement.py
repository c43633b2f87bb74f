"""Learns how much the reading of passages counts beside the first look at them.

    python benchmarks/train_agreement.py ../shared/eval

From the one fold that neither of them learned from and that is not the held-out one. The product's threshold is chosen
by it too. Questions are asked as the product asks them, also with the sentences that answer them cut out. What comes of
it on the held-out fold, from which nothing learns, is measured by ``answers.py``.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from evidence_examples import CALIBRATION, CUT_SHARE, Found, find
from rich.console import Console
from rich.table import Table
from train_evidence import fit

from assistant.answering.evidence import Logistic, ScoredSentence, judge
from assistant.answering.reading.agreement import (
    AGREEMENT,
    ALONE_NAMES,
    ANSWER_NAMES,
    SENTENCE_NAMES,
    Agreement,
    alone_rows,
    answer_row,
    read,
    read_alone,
    sentence_rows,
)
from assistant.answering.reading.model import HEADS
from assistant.answering.reading.reader import Reader, Reading, shared_reader
from assistant.types import Passage

SHARE_OF_A_HEAD = 0.1
"""What an attention head may count for what another column may: there are many of them."""

NARROWEST = 0.3
"""A column that varies less is taken to vary that much, lest a head that always looks alike should count for much."""

ANSWERED, DECLINED = 0.9, 0.8
"""What the product is to answer of what its documents answer, and to decline of the rest."""

TARGET = Path(__file__).parent.parent / "assistant" / "answering" / "reading" / AGREEMENT


@dataclass(frozen=True, slots=True)
class Example:
    """A question with what both looks say.

    Attributes:
        set: The question set, and whether the evidence was cut out.
        weight: What it counts.
        confidence: What the first look says to there being an answer.
        answered: Whether any sentence answers, read or not.
        question: The question.
        readings: What each passage that was read says.
        passages: Those that were read.
        judged: All sentences, as the first look judges them.
        sentences: What both looks say to those of the passages that were read: float64, (sentences, names).
        gold: Whether each of those answers: bool, (sentences,).
    """

    set: str
    weight: float
    confidence: float
    answered: bool
    question: str
    readings: Sequence[Reading] = ()
    passages: Collection[Passage] = ()
    judged: Sequence[ScoredSentence] = ()
    sentences: np.ndarray = field(default_factory=lambda: np.zeros((0, len(SENTENCE_NAMES))))
    gold: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=bool))


@dataclass(frozen=True, slots=True)
class Alone:
    """The best sentences of an example, read by themselves.

    Attributes:
        places: Which of the sentences that were read they are, best first: int64, (sentences,).
        rows: What there is for each of them: float64, (sentences, names).
        readings: What each of them says.
    """

    places: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    rows: np.ndarray = field(default_factory=lambda: np.zeros((0, len(ALONE_NAMES))))
    readings: Sequence[Reading] = ()


def examples(founds: Iterable[Found], reader: Reader) -> Iterator[Example]:
    """What both looks say to each question, and to some of them with the evidence cut out."""
    chance = random.Random(0)  # noqa: S311
    for found in founds:
        yield _example(found, reader)
        if found.can_be_cut and chance.random() < CUT_SHARE:
            yield _example(found.without_evidence(), reader)


def _example(found: Found, reader: Reader) -> Example:
    evidence = judge(found.question, found.passages)
    example = Example(found.set, found.weight, evidence.confidence, bool(found.gold.any()), found.question)
    if not evidence.confidence:
        return example
    readings = read(found.question, evidence, reader)
    seen = np.array([one.passage in readings for one in evidence.sentences])
    return replace(
        example,
        readings=tuple(readings.values()),
        passages=tuple(readings),
        judged=evidence.sentences,
        sentences=sentence_rows(evidence, readings),
        gold=found.gold[seen],
    )


def learn_sentences(some: Sequence[Example]) -> Logistic:
    """What counts for a sentence, given that there is an answer."""
    answered = [one for one in some if one.gold.any()]
    rows, gold = np.concatenate([one.sentences for one in answered]), np.concatenate([one.gold for one in answered])
    weights = np.concatenate([np.full(len(one.gold), one.weight) for one in answered])
    share = np.array([SHARE_OF_A_HEAD if name in HEADS else 1.0 for name in SENTENCE_NAMES])
    return fit(rows, gold, np.maximum(rows.std(axis=0), NARROWEST) / share, 1.0, weights)


def all_alone(some: Sequence[Example], sentences: Logistic, reader: Reader) -> list[Alone]:
    """What the best sentences of each example say by themselves; nothing where nothing was read."""
    return [_alone(one, sentences, reader) if one.confidence else Alone() for one in some]


def _alone(one: Example, sentences: Logistic, reader: Reader) -> Alone:
    scores = iter(sentences.probabilities(one.sentences).tolist())
    judged = [replace(each, score=next(scores) if each.passage in one.passages else 0.0) for each in one.judged]
    alone = read_alone(one.question, judged, one.passages, reader)
    places = {each: place for place, each in enumerate(each for each in judged if each.passage in one.passages)}
    rows = alone_rows([each.score for each in alone], list(alone.values()))
    return Alone(np.array([places[each] for each in alone]), rows, tuple(alone.values()))


def learn_alone(some: Sequence[Example], alone: Sequence[Alone]) -> Logistic:
    """What counts for a sentence that was read by itself, given that there is an answer."""
    answered = [(one, own) for one, own in zip(some, alone, strict=True) if one.gold.any()]
    rows = np.concatenate([own.rows for _, own in answered])
    gold = np.concatenate([one.gold[own.places] for one, own in answered])
    weights = np.concatenate([np.full(len(own.places), one.weight) for one, own in answered])
    return fit(rows, gold, rows.std(axis=0), 1.0, weights)


def answer_rows(some: Sequence[Example], alone: Sequence[Alone]) -> np.ndarray:
    """What there is for there being an answer: float64, (those that were read, names)."""
    read_ones = ((one, own) for one, own in zip(some, alone, strict=True) if one.confidence)
    return np.array([answer_row(one.confidence, one.readings, own.readings) for one, own in read_ones])


def learn_answer(some: Sequence[Example], rows: np.ndarray) -> Logistic:
    """What counts for there being an answer."""
    seen = [one for one in some if one.confidence]
    gold = np.array([one.answered for one in seen])
    return fit(rows, gold, rows.std(axis=0), 1.0, np.array([one.weight for one in seen]))


def confidences(some: Sequence[Example], rows: np.ndarray, answer: Logistic) -> np.ndarray:
    """How likely there is an answer to each: float64, (examples,)."""
    found = iter(answer.probabilities(rows))
    return np.array([next(found) if one.confidence else 0.0 for one in some])


def thresholds(some: Sequence[Example], sure: np.ndarray) -> Table:
    """What is answered and declined from a confidence on, in the mean of all sets, and how far that is from the aims.

    The product's threshold is the one where the lower of both distances is highest.
    """
    table = Table("threshold", "answered", "declined", f"lower distance to {ANSWERED} and {DECLINED}")
    sets, gold = np.array([one.set for one in some]), np.array([one.answered for one in some])
    for threshold in np.arange(0.2, 0.7, 0.05):
        answered, declined = (
            np.mean([right[(sets == name) & part].mean() for name in np.unique(sets[part])])
            for part, right in ((gold, sure >= threshold), (~gold, sure < threshold))
        )
        distance = min(answered - ANSWERED, declined - DECLINED)
        table.add_row(f"{threshold:.2f}", f"{answered:.3f}", f"{declined:.3f}", f"{distance:+.3f}")
    return table


def _named(model: Logistic, names: tuple[str, ...]) -> dict[str, float]:
    weights = {name: round(float(weight), 5) for name, weight in zip(names, model.weights, strict=True)}
    return {"intercept": round(model.intercept, 5) + 0.0, **weights}


def main() -> None:
    """Learns, measures and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("eval", type=Path, help="the folder of question sets")
    options = parser.parse_args()
    reader = shared_reader()
    assert reader, "the packaged model is not installed: make install"
    some = list(examples(find(options.eval, [CALIBRATION]), reader))
    sentences = learn_sentences(some)
    alone = all_alone(some, sentences, reader)
    rows = answer_rows(some, alone)
    models = Agreement(sentences, learn_alone(some, alone), learn_answer(some, rows))
    names = {"sentences": SENTENCE_NAMES, "alone": ALONE_NAMES, "answer": ANSWER_NAMES}
    weights = {part: _named(getattr(models, part), columns) for part, columns in names.items()}
    TARGET.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
    Console(width=180).print(thresholds(some, confidences(some, rows, models.answer)))


if __name__ == "__main__":
    main()
