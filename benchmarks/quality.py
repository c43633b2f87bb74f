"""Measures answers and retrieval on public question sets, question by question, to compare systems in pairs.

    python benchmarks/quality.py run ../shared/eval project chunking qed --save project.json
    python benchmarks/quality.py compare project.json baseline.json

The figures are those of the sets' own scorer. A comparison resamples the questions 10,000 times (paired bootstrap) and
gives the difference of the means with its 95% interval.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from evidence_examples import HELD_OUT, fold_of
from rich.console import Console
from rich.table import Table

RESAMPLES = 10_000
SEED = 7

Figures = dict[str, list[float]]
"""One figure a question, by name."""


class IndexedOnce:
    """A system that indexes texts only when they are others than before: the scorer indexes for every question here."""

    def __init__(self, system: Any) -> None:
        """Wraps a system."""
        self._system, self._texts = system, None

    def index(self, texts: Any) -> None:
        """Indexes texts, if they are new."""
        if texts is not self._texts:
            self._system.index(texts)
            self._texts = texts

    def retrieve(self, question: str, k: int) -> Any:
        """As the system does."""
        return self._system.retrieve(question, k)

    def ask(self, question: str) -> Any:
        """As the system does."""
        return self._system.ask(question)


def measure(system: Any, load: Any, scorer: Any, limit: int | None, k: int, *, held_out: bool = False) -> Figures:
    """The figures of one system on one set, question by question."""
    import sets

    pairs = [(case, question) for case in load() for question in case.questions]
    if scorer.__name__ == "retrieval":
        pairs = [(case, question) for case, question in pairs if question.gold]
    if held_out:
        pairs = [(case, question) for case, question in pairs if fold_of(next(iter(case.texts))) == HELD_OUT]
    if limit:
        chosen = {id(q) for _, q in random.Random(SEED).sample(pairs, min(limit, len(pairs)))}  # noqa: S311
        pairs = [(case, question) for case, question in pairs if id(question) in chosen]
    figures: Figures = {}
    for case, question in pairs:
        found = scorer(system, [sets.Case(case.texts, [question])], k)
        for name, value in _of_one(found):
            figures.setdefault(name, []).append(value)
    return figures


def _of_one(found: dict[str, float]) -> Iterator[tuple[str, float]]:
    """The figures that say something about a single question."""
    for name, value in found.items():
        if name not in ("questions", "answerable", "unanswerable", "balanced") and value == value:
            yield name, float(value)


def compare(one: Figures, other: Figures) -> Table:
    """The means of two systems, and the difference with its 95% interval."""
    table = Table("figure", "questions", "first", "second", "difference", "95% interval")
    names = [name for name in one if len(one[name]) == len(other.get(name, ()))]
    resampled = {name: _resampled(np.array(one[name]) - np.array(other[name])) for name in names}
    means = {name: (float(np.mean(one[name])), float(np.mean(other[name]))) for name in names}
    if {"answered", "declined"} <= set(names):
        resampled["balanced"] = (resampled["answered"] + resampled["declined"]) / 2
        first, second = ((a + b) / 2 for a, b in zip(means["answered"], means["declined"], strict=True))
        means["balanced"] = (first, second)
    for name, (first, second) in means.items():
        low, high = np.quantile(resampled[name], [0.025, 0.975])
        questions = str(len(one[name])) if name in one else ""
        row = (name, questions, f"{first:.4f}", f"{second:.4f}", f"{first - second:+.4f}")
        table.add_row(*row, f"{low:+.4f} to {high:+.4f}")
    return table


def _resampled(differences: np.ndarray) -> np.ndarray:
    """The mean difference of each resample of the questions: (resamples,)."""
    picks = np.random.default_rng([SEED, len(differences)]).integers(0, len(differences), (RESAMPLES, len(differences)))
    return np.asarray(differences[picks].mean(axis=1))


def main() -> None:
    """Runs or compares."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run")
    run.add_argument("eval", type=Path, help="the folder of question sets and the scorer")
    run.add_argument("system")
    run.add_argument("sets", nargs="+")
    run.add_argument("--limit", type=int)
    run.add_argument("--k", type=int, default=5)
    run.add_argument("--held-out", action="store_true", help="only the texts that nothing was learned from")
    run.add_argument("--save", type=Path, required=True)
    pair = commands.add_parser("compare")
    pair.add_argument("first", type=Path)
    pair.add_argument("second", type=Path)
    options = parser.parse_args()
    console = Console()
    if options.command == "run":
        sys.path.insert(0, str(options.eval))
        import score

        system = IndexedOnce(score.SYSTEMS[options.system]())
        results = {}
        for name in options.sets:
            load, scorer = score.TASKS[name]
            results[name] = measure(system, load, scorer, options.limit, options.k, held_out=options.held_out)
            console.print(name, {figure: round(float(np.mean(v)), 4) for figure, v in results[name].items()})
        options.save.write_text(json.dumps(results), encoding="utf-8")
    else:
        first, second = (json.loads(path.read_text(encoding="utf-8")) for path in (options.first, options.second))
        for name in (name for name in first if name in second):
            console.print(name, compare(first[name], second[name]))


if __name__ == "__main__":
    main()
