"""What each part of retrieval is worth: the default with one thing changed at a time, over one index.

    python benchmarks/experiments.py ../shared/eval chunking squad-articles cranfield --limit 1000

Prints a table for each set; the last column is the difference to the default with its 95% interval (paired bootstrap
over questions, 10,000 resamples), of recall, or of nDCG@10 for cranfield.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import numpy as np
from quality import IndexedOnce, measure
from rich.console import Console
from rich.table import Table

from assistant.retrieval import candidates, search, windows

Change = tuple[ModuleType, str, Any]

EXPERIMENTS: Final[dict[str, tuple[Change, ...]]] = {
    "default": (),
    "no words (cosine only)": ((candidates, "LEXICAL_WEIGHT", 0.0), (windows, "LEXICAL_WEIGHT", 0.0)),
    "words × 0.25": ((candidates, "LEXICAL_WEIGHT", 0.25), (windows, "LEXICAL_WEIGHT", 0.25)),
    "words × 1": ((candidates, "LEXICAL_WEIGHT", 1.0), (windows, "LEXICAL_WEIGHT", 1.0)),
    "no feedback": ((candidates, "FEEDBACK_WEIGHT", 0.0),),
    "feedback × 1": ((candidates, "FEEDBACK_WEIGHT", 1.0),),
    "no sentence vectors": ((windows, "SENTENCE_WEIGHT", 0.0), (windows, "COVERAGE_WEIGHT", 0.0)),
    "no coverage": ((windows, "COVERAGE_WEIGHT", 0.0),),
    "no word pairs": ((windows, "PAIR_WEIGHT", 0.0),),
    "no trimming": ((windows, "TRIM_BELOW", 0.0),),
    "more trimming": ((windows, "TRIM_BELOW", 0.6),),
    "10 candidates": ((search, "CANDIDATES", 10),),
    "50 candidates": ((search, "CANDIDATES", 50),),
}


@contextmanager
def changed(changes: tuple[Change, ...]) -> Iterator[None]:
    """Some constants with other values for a while."""
    before = [(module, name, getattr(module, name)) for module, name, _ in changes]
    try:
        for module, name, value in changes:
            setattr(module, name, value)
        yield
    finally:
        for module, name, value in before:
            setattr(module, name, value)


def run(system: IndexedOnce, name: str, limit: int | None) -> Table:
    """All experiments on one set."""
    import score

    load, scorer = score.TASKS[name]
    cases = load()
    main_figure = "ndcg@10" if name == "cranfield" else "recall"
    rows = {}
    for label, changes in EXPERIMENTS.items():
        with changed(changes):
            rows[label] = measure(system, lambda: cases, scorer, limit, 5)
    figures = [figure for figure in rows["default"] if figure != "ms_median"]
    table = Table("experiment", *figures, f"{main_figure}, difference")
    default = np.array(rows["default"][main_figure])
    for label, found in rows.items():
        differences = np.array(found[main_figure]) - default
        picks = np.random.default_rng(7).integers(0, len(differences), (10_000, len(differences)))
        low, high = np.quantile(differences[picks].mean(axis=1), [0.025, 0.975])
        means = [f"{np.mean(found[figure]):.4g}" for figure in figures]
        table.add_row(label, *means, f"{differences.mean():+.4f} ({low:+.4f} to {high:+.4f})")
    return table


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("eval", type=Path, help="the folder of question sets and the scorer")
    parser.add_argument("sets", nargs="+")
    parser.add_argument("--limit", type=int)
    options = parser.parse_args()
    sys.path.insert(0, str(options.eval))
    import score

    system = IndexedOnce(score.SYSTEMS["project"]())
    for name in options.sets:
        limit = options.limit if name == "squad-articles" else None
        Console(width=200).print(name, run(system, name, limit))


if __name__ == "__main__":
    main()
