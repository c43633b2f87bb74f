"""What the answering models make of the held-out fold, of which they learned nothing: at first, and after reading.

    python benchmarks/answers.py ../shared/eval --limit 400

Questions are asked as the product asks them, over what its own retrieval finds, also with the sentences that answer
them cut out. The limit is of the questions of each set, for reading takes about a second each.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from evidence_examples import CUT_SHARE, HELD_OUT, Found, find
from rich.console import Console
from rich.table import Table
from train_evidence import CAUTIONS, area, decided

from assistant.answering.evidence import Evidence, judge
from assistant.answering.extractive import THRESHOLDS
from assistant.answering.reading import Reader, reconsider, shared_reader


@dataclass(frozen=True, slots=True)
class Judgment:
    """What one look makes of a question.

    Attributes:
        confidence: How likely there is an answer, 0 to 1.
        right: Whether the sentence that it thinks best answers.
    """

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with what is made of it.

    Attributes:
        answered: Whether any sentence answers.
        first: At the first look.
        read: After reading.
    """

    answered: bool
    first: Judgment
    read: Judgment


def sample(founds: Sequence[Found], limit: int) -> Iterator[Found]:
    """So many questions of each set, and some of those that have an answer once more without it."""
    chance = random.Random(0)  # noqa: S311
    by_set: dict[str, list[Found]] = defaultdict(list)
    for found in founds:
        by_set[found.set].append(found)
    for some in by_set.values():
        # In their order, for what was read for a question is remembered for the next ones.
        chosen = [some[place] for place in sorted(chance.sample(range(len(some)), min(limit, len(some))))]
        yield from chosen
        yield from (found.without_evidence() for found in chosen if found.can_be_cut and chance.random() < CUT_SHARE)


def judged(found: Found, reader: Reader) -> Judged:
    """What both looks make of a question."""
    first = judge(found.question, found.passages)
    looks = (_judgment(evidence, found.gold) for evidence in (first, reconsider(found.question, first, reader)))
    return Judged(bool(found.gold.any()), *looks)


def _judgment(evidence: Evidence, gold: np.ndarray) -> Judgment:
    best = int(np.argmax([one.score for one in evidence.sentences]))
    return Judgment(evidence.confidence, bool(gold[best]))


def report(questions: dict[str, list[Judged]]) -> Table:
    """The figures of each set."""
    columns = (f"{caution}: answered / declined / balanced" for caution in CAUTIONS)
    table = Table("set", "questions", "look", "best sentence", "AUC", *columns)
    for name, some in questions.items():
        gold = np.array([one.answered for one in some])
        for look, own in (("first", [one.first for one in some]), ("after reading", [one.read for one in some])):
            sure = np.array([one.confidence for one in own])
            right = [one.right for one, answered in zip(own, gold, strict=True) if answered]
            cautions = [decided(sure, gold, THRESHOLDS[caution]) for caution in CAUTIONS]
            best = f"{np.mean(right):.3f}" if right else "–"
            table.add_row(name, str(len(some)), look, best, area(sure, gold), *cautions)
    return table


def main() -> None:
    """Asks and measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("eval", type=Path, help="the folder of question sets")
    parser.add_argument("--limit", type=int, default=400, help="questions of each set")
    options = parser.parse_args()
    reader = shared_reader()
    assert reader, "the packaged model is not installed: make install"
    questions: dict[str, list[Judged]] = defaultdict(list)
    for found in sample(list(find(options.eval, [HELD_OUT])), options.limit):
        questions[found.set].append(judged(found, reader))
    Console(width=180).print(report(questions))


if __name__ == "__main__":
    main()
