"""Trains the two models that choose sentences and decide whether to answer.

    python benchmarks/train_evidence.py ../shared/eval

Each question goes through the product's own retrieval, alone with its paragraph and among all paragraphs of its half of
the articles. Half of each question set is learned from; the other half is only measured. Writes the
models into ``assistant/answering`` and prints the figures of both halves.
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
from lightgbm import Booster
from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant import Assistant
from assistant.answering.evidence import CHOICE, DECISION, DECISION_NAMES, decision_features, sentence_features
from assistant.answering.features import NAMES, leads
from assistant.types import Passage

TARGET = Path(__file__).parent.parent / "assistant" / "answering"

SPEAKS_FOR = {
    *("mean alignment", "weighted alignment", "weakest word", "second weakest word", "cosine", "coverage"),
    *(
        "coverage with the sentence before",
        "word pairs",
        "names",
        "kind fits",
        "kind is new",
        "passage score",
        "choice",
    ),
    *(name for name in DECISION_NAMES if name.startswith("highest ")),
}
SPEAKS_AGAINST = {"weight missing", "other numbers"}
"""Features of which more never lowers, or never raises, the probability of an answer."""

WEIGHTS = {
    "squad-paragraphs": 0.5,
    "squad-articles": 1.0,
    "qed": 1.0,
    "clapnq": 2.0,
    "squad-paragraphs cut": 0.1,
    "squad-articles cut": 0.3,
    "qed cut": 0.3,
    "clapnq cut": 0.6,
}
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
    """All questions of the answering sets, alone with their text, and a sample of them among whole articles."""
    sys.path.insert(0, str(folder))
    import sets

    for name, load in (("qed", sets.qed), ("clapnq", sets.clapnq), ("squad-paragraphs", sets.squad_paragraphs)):
        for case in _track(load(), name):
            yield from _ask(name, half_of(next(iter(case.texts))), case.texts, case.questions)
    for half in (0, 1):
        cases = [case for case in sets.squad_paragraphs() if half_of(next(iter(case.texts))) == half]
        texts = {name: text for case in cases for name, text in case.texts.items()}
        questions = [question for case in cases for question in case.questions]
        chosen = random.Random(half).sample(questions, SAMPLE)  # noqa: S311
        yield from _ask("squad-articles", half, texts, _track(chosen, "squad-articles"))


def without_evidence(example: Example) -> Example:
    """The same question with the sentences that answer it cut out: on the very topic, and no answer."""
    rows = example.rows[~example.gold].copy()
    for column, lead in ((0, "alignment lead"), (1, "weighted lead"), (4, "cosine lead"), (5, "coverage lead")):
        rows[:, NAMES.index(lead)] = leads(rows[:, column])
    return Example(f"{example.set} cut", example.half, rows, np.zeros(len(rows), dtype=bool))


def _track(items: Any, name: str) -> Any:
    return track(items, description=name, console=Console(stderr=True))


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


def grow(rows: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> Booster:
    """Boosted trees, monotone in the features that speak for or against an answer."""
    from lightgbm import Dataset, train

    monotone = [(name in SPEAKS_FOR) - (name in SPEAKS_AGAINST) for name in DECISION_NAMES]
    parameters = {
        "objective": "binary",
        "num_leaves": 6,
        "learning_rate": 0.04,
        "min_data_in_leaf": 30,
        "lambda_l2": 2.0,
        "feature_fraction": 0.7,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "monotone_constraints": monotone,
        "seed": 0,
        "deterministic": True,
        "verbosity": -1,
    }
    names = [name.replace(" ", "_") for name in DECISION_NAMES]
    return train(parameters, Dataset(rows, labels, weight=weights, feature_name=names), num_boost_round=200)


def probabilities(model: tuple[np.ndarray, float], rows: np.ndarray) -> np.ndarray:
    """What the choice makes of some rows."""
    return np.asarray(1 / (1 + np.exp(-(rows @ model[0] + model[1]))))


def report(data: list[Example], choice: tuple[np.ndarray, float], decision: Booster) -> Table:
    """The figures of each set and half."""
    from sklearn.metrics import roc_auc_score

    table = Table("set", "half", "questions", "best sentence", "best two", "answered", "declined", "balanced", "AUC")
    for name in WEIGHTS:
        for half in (0, 1):
            some = [example for example in data if (example.set, example.half) == (name, half)]
            scores = [probabilities(choice, example.rows) for example in some]
            rows = np.array([decision_features(e.rows, s) for e, s in zip(some, scores, strict=True)])
            sure = np.asarray(decision.predict(rows))
            gold = np.array([example.gold.any() for example in some])
            order = [np.argsort(-s) for s in scores]
            one = _mean([e.gold[o[:1]].any() for e, o, g in zip(some, order, gold, strict=True) if g])
            two = _mean([e.gold[o[:2]].any() for e, o, g in zip(some, order, gold, strict=True) if g])
            answered = float((sure[gold] >= 0.5).mean()) if gold.any() else float("nan")
            declined = float((sure[~gold] < 0.5).mean()) if (~gold).any() else float("nan")
            area = float(roc_auc_score(gold, sure)) if gold.any() and (~gold).any() else float("nan")
            figures = (one, two, answered, declined, (answered + declined) / 2, area)
            table.add_row(name, ("learned", "measured")[half], str(len(some)), *(f"{figure:.3f}" for figure in figures))
    return table


def _mean(values: list[Any]) -> float:
    return float(np.mean(values)) if values else float("nan")


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
    data += [without_evidence(example) for example in data if example.gold.any() and not example.gold.all()]
    learned = [example for example in data if example.half == 0]
    answerable = [example for example in learned if example.gold.any()]
    rows = np.concatenate([example.rows for example in answerable])
    labels = np.concatenate([example.gold for example in answerable])
    choice = fit(rows, labels, np.ones(len(rows)), 0.1)
    top = np.array([decision_features(e.rows, probabilities(choice, e.rows)) for e in learned])
    weights = np.array([WEIGHTS[example.set] for example in learned])
    decision = grow(top, np.array([example.gold.any() for example in learned]), weights)
    Console(width=140).print(report(data, choice, decision))
    named = {name: round(float(weight), 5) for name, weight in zip(NAMES, choice[0], strict=True)}
    text = json.dumps({"intercept": round(choice[1], 5), **named}, indent=1)
    (TARGET / CHOICE).write_text(text + "\n", encoding="utf-8")
    trees = [_tree(tree["tree_structure"]) for tree in decision.dump_model()["tree_info"]]
    (TARGET / DECISION).write_text(json.dumps(trees).replace("}, ", "},\n") + "\n", encoding="utf-8")


def _tree(root: dict[str, Any]) -> dict[str, list[Any]]:
    """LightGBM's nested nodes as the arrays of `assistant.answering.evidence.Tree`."""
    tree: dict[str, list[Any]] = {"feature": [], "threshold": [], "left": [], "right": [], "value": []}

    def add(node: dict[str, Any]) -> int:
        if "leaf_value" in node:
            tree["value"].append(round(node["leaf_value"], 6))
            return -len(tree["value"])
        number = len(tree["feature"])
        tree["feature"].append(node["split_feature"])
        tree["threshold"].append(float(f"{node['threshold']:.8g}"))
        tree["left"].append(0)
        tree["right"].append(0)
        tree["left"][number] = add(node["left_child"])
        tree["right"][number] = add(node["right_child"])
        return number

    add(root)
    return tree


if __name__ == "__main__":
    main()
