"""Trains the two logistic models that choose sentences and decide whether to answer.

    python benchmarks/train_evidence.py ../shared/eval

Each question goes through the product's own retrieval, alone with its paragraph and among all paragraphs of its half of
the articles. Half of each question set is learned from; the other half is only measured. Writes
``assistant/answering/evidence.json`` and prints the figures of both halves.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import pickle
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant import Assistant
from assistant.answering.evidence import DECISION_NAMES, NAMES, decision_features, sentence_features
from assistant.types import Passage

TARGET = Path(__file__).parent.parent / "assistant" / "answering" / "evidence.json"

WEIGHTS = {"squad-paragraphs": 1.0, "qed": 1.0, "clapnq": 3.0, "squad-articles": 1.0}
"""What a question of each set counts in the decision, so that the small sets are heard."""

SAMPLE = 400
"""Questions of each half that are also asked among all paragraphs of their half of the articles."""


@dataclass(frozen=True, slots=True)
class Example:
    """A question with what retrieval found for it.

    Attributes:
        set: The question set.
        half: 0 is learned from, 1 is measured.
        rows: The features of all sentences: (sentences, features).
        gold: Whether each of them answers: bool, (sentences,).
    """

    set: str
    half: int
    rows: np.ndarray
    gold: np.ndarray


def examples(folder: Path) -> Iterator[Example]:
    """All questions of the three answering sets, and a sample among whole articles."""
    sys.path.insert(0, str(folder))
    import sets

    for name, load in (("qed", sets.qed), ("clapnq", sets.clapnq), ("squad-paragraphs", sets.squad_paragraphs)):
        cases = load()
        for case in track(cases, description=name, console=Console(stderr=True)):
            yield from _ask(name, half_of(next(iter(case.texts))), case.texts, case.questions)
    for half in (0, 1):
        cases = [case for case in sets.squad_paragraphs() if half_of(next(iter(case.texts))) == half]
        texts = {name: text for case in cases for name, text in case.texts.items()}
        questions = [question for case in cases for question in case.questions]
        chosen = random.Random(half).sample(questions, SAMPLE)  # noqa: S311
        yield from _ask(
            "squad-articles", half, texts, track(chosen, description="articles", console=Console(stderr=True))
        )


def half_of(source: str) -> int:
    """Which half a text belongs to; the paragraphs of one article go together."""
    article = re.sub(r"-\d+\.txt$", "", source) if re.match(r"[A-Za-z]", source) else source
    return hashlib.sha256(article.encode()).digest()[0] % 2


def _ask(name: str, half: int, texts: dict[str, str], questions: Any) -> Iterator[Example]:
    assistant = Assistant.from_texts(texts)
    for question in questions:
        passages = assistant.consider(question.text)
        if any(passage.sentences for passage in passages):
            yield Example(name, half, sentence_features(question.text, passages), _gold(passages, question.gold))


def _gold(passages: list[Passage], gold: list[tuple[str, int, int]]) -> np.ndarray:
    return np.array(
        [
            any(passage.source == source and span.start < end and start < span.end for source, start, end in gold)
            for passage in passages
            for span in passage.sentences
        ]
    )


def fit(rows: np.ndarray, labels: np.ndarray, weights: np.ndarray, strength: float) -> tuple[np.ndarray, float]:
    """A logistic regression on scaled features, given back for unscaled ones."""
    from sklearn.linear_model import LogisticRegression

    mean, deviation = rows.mean(axis=0), rows.std(axis=0) + 1e-3
    model = LogisticRegression(C=strength, max_iter=1000).fit((rows - mean) / deviation, labels, sample_weight=weights)
    slopes = model.coef_[0] / deviation
    return slopes, float(model.intercept_[0] - slopes @ mean)


def probabilities(model: tuple[np.ndarray, float], rows: np.ndarray) -> np.ndarray:
    """What a model makes of some rows."""
    return np.asarray(1 / (1 + np.exp(-(rows @ model[0] + model[1]))))


def report(data: list[Example], choice: tuple[np.ndarray, float], decision: tuple[np.ndarray, float]) -> Table:
    """The figures of each set and half."""
    from sklearn.metrics import roc_auc_score

    table = Table("set", "half", "questions", "best sentence", "best two", "answered", "declined", "balanced", "AUC")
    for name in WEIGHTS:
        for half in (0, 1):
            some = [example for example in data if (example.set, example.half) == (name, half)]
            scores = [probabilities(choice, example.rows) for example in some]
            sure = np.array(
                [
                    probabilities(decision, decision_features(e.rows, s)[np.newaxis])[0]
                    for e, s in zip(some, scores, strict=True)
                ]
            )
            gold = np.array([example.gold.any() for example in some])
            order = [np.argsort(-s) for s in scores]
            one = np.mean([e.gold[o[:1]].any() for e, o, g in zip(some, order, gold, strict=True) if g])
            two = np.mean([e.gold[o[:2]].any() for e, o, g in zip(some, order, gold, strict=True) if g])
            answered = float((sure[gold] >= 0.5).mean())
            declined = float((sure[~gold] < 0.5).mean()) if (~gold).any() else float("nan")
            area = float(roc_auc_score(gold, sure)) if gold.any() and (~gold).any() else float("nan")
            figures = (one, two, answered, declined, (answered + declined) / 2, area)
            table.add_row(name, ("learned", "measured")[half], str(len(some)), *(f"{figure:.3f}" for figure in figures))
    return table


def main() -> None:
    """Trains, writes the weights and prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("eval", type=Path, help="the folder of question sets")
    parser.add_argument("--cache", type=Path, help="keeps the features here, to train again quickly")
    options = parser.parse_args()
    logging.basicConfig(level=logging.WARNING)
    if options.cache and options.cache.exists():
        data = pickle.loads(options.cache.read_bytes())  # noqa: S301
    else:
        data = list(examples(options.eval))
        if options.cache:
            options.cache.write_bytes(pickle.dumps(data))
    learned = [example for example in data if example.half == 0]
    answerable = [example for example in learned if example.gold.any()]
    rows = np.concatenate([example.rows for example in answerable])
    labels = np.concatenate([example.gold for example in answerable])
    choice = fit(rows, labels, np.ones(len(rows)), 0.1)
    top = np.array([decision_features(e.rows, probabilities(choice, e.rows)) for e in learned])
    weights = np.array([WEIGHTS[example.set] for example in learned])
    decision = fit(top, np.array([example.gold.any() for example in learned]), weights, 0.1)
    Console().print(report(data, choice, decision))
    TARGET.write_text(
        json.dumps(
            {
                "choice": _named(NAMES, choice),
                "decision": _named(DECISION_NAMES, decision),
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )


def _named(names: tuple[str, ...], model: tuple[np.ndarray, float]) -> dict[str, float]:
    return {"intercept": round(model[1], 5), **{n: round(float(w), 5) for n, w in zip(names, model[0], strict=True)}}


if __name__ == "__main__":
    main()
