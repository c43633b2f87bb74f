"""Makes the small sample of the public question sets that the tests measure.

    python benchmarks/make_sample.py ../shared/eval

Only from the fold that nothing was learned from. Writes ``tests/quality/sample.json``.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path
from typing import Any

from evidence_examples import HELD_OUT, fold_of

TARGET = Path(__file__).parent.parent / "tests" / "quality" / "sample.json"

TEXTS = {"squad-paragraphs": 20, "qed": 40, "clapnq": 36}
"""How many texts of each set."""

QUESTIONS = 4
"""The most questions of one text."""


def sample(name: str, cases: list[Any]) -> list[dict[str, Any]]:
    """Some texts of a set, each with some of its questions and the spans that answer them."""
    dice = random.Random(name)  # noqa: S311
    measured = [case for case in cases if fold_of(next(iter(case.texts))) == HELD_OUT]
    found = []
    for case in dice.sample(measured, TEXTS[name]):
        ((source, text),) = case.texts.items()
        questions = dice.sample(case.questions, min(QUESTIONS, len(case.questions)))
        found.append(
            {
                "source": source,
                "text": text,
                "questions": [
                    {"question": q.text, "gold": [[start, end] for _, start, end in q.gold]} for q in questions
                ],
            }
        )
    return found


def main() -> None:
    """Writes the sample."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("eval", type=Path, help="the folder of question sets")
    options = parser.parse_args()
    sys.path.insert(0, str(options.eval))
    import sets

    loaders = {"squad-paragraphs": sets.squad_paragraphs, "qed": sets.qed, "clapnq": sets.clapnq}
    data = {name: sample(name, load()) for name, load in loaders.items()}
    TARGET.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
