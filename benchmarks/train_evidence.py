"""Trains the two models that choose sentences and decide whether to answer.

    python benchmarks/train_evidence.py ../shared/eval

Whole texts lie in one of five folds. The figures are of each fold, measured with models that learned from the other
four; those of the second table are of each family of sets, with models that learned from the other families. The
models that are written into ``assistant/answering`` saw neither the held-out fold, from which ``make_sample.py`` draws,
nor the one from which ``train_agreement.py`` learns how far to believe them.
"""

from __future__ import annotations

import argparse
import json
import logging
import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import numpy as np
from evidence_examples import CALIBRATION, CUT_OUT, FOLDS, HELD_OUT, Example, examples, without_evidence
from lightgbm import Booster
from rich.console import Console
from rich.table import Table
from sklearn.metrics import roc_auc_score

from assistant.answering.evidence import (
    CHOICE,
    DECISION,
    DECISION_NAMES,
    Logistic,
    decision_features,
)
from assistant.answering.extractive import THRESHOLDS, Caution
from assistant.answering.features import NAMES

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

CAUTIONS: tuple[Caution, ...] = get_args(Caution)


@dataclass(frozen=True, slots=True)
class Models:
    """What chooses and what decides."""

    choice: Logistic
    decision: Booster

    def confidence(self, some: Sequence[Example]) -> np.ndarray:
        """How sure it is that each question is answered: (examples,)."""
        rows = [decision_features(one.rows, self.choice.probabilities(one.rows)) for one in some]
        named = np.array([one.named for one in some])
        return np.asarray(np.asarray(self.decision.predict(np.array(rows))) * named)


def learn(some: Sequence[Example]) -> Models:
    """Makes both models."""
    answerable = [example for example in some if example.gold.any()]
    rows = np.concatenate([example.rows for example in answerable])
    gold = np.concatenate([example.gold for example in answerable])
    choice = fit(rows, gold, rows.std(axis=0) + 1e-3, strength=0.1)
    top = np.array([decision_features(one.rows, choice.probabilities(one.rows)) for one in some])
    labels, weights = np.array([one.gold.any() for one in some]), np.array([one.weight for one in some])
    return Models(choice, grow(top, labels, weights))


def fit(
    rows: np.ndarray, labels: np.ndarray, scale: np.ndarray, strength: float, weights: np.ndarray | None = None
) -> Logistic:
    """A ridge-penalised logistic regression on scaled features, given back for unscaled ones.

    Args:
        rows: The features: (rows, features).
        labels: What is to be told: bool, (rows,).
        scale: What each feature is divided by: (features,). The larger, the more it is held back.
        strength: How weak the penalty is.
        weights: What each row counts: (rows,); None for the same.
    """
    from sklearn.linear_model import LogisticRegression

    mean = rows.mean(axis=0)
    model = LogisticRegression(C=strength, max_iter=3000).fit((rows - mean) / scale, labels, sample_weight=weights)
    slopes = model.coef_[0] / scale
    return Logistic(slopes, float(model.intercept_[0] - slopes @ mean))


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


def report(data: Sequence[Example], models: Sequence[Models]) -> Table:
    """The figures of each set, each text measured by models that did not learn from its fold."""
    cautions = [f"{caution}: answered / declined / balanced" for caution in CAUTIONS]
    table = Table("set", "questions", "best sentence", "one of two", "AUC", *cautions)
    for name in dict.fromkeys(example.set for example in data):
        some = [example for example in data if example.set == name]
        sure = np.concatenate([models[f].confidence([e]) for f, e in ((e.fold, e) for e in some)])
        gold = np.array([example.gold.any() for example in some])
        ranks = [_rank(example, models[example.fold].choice) for example in some if example.gold.any()]
        best = [f"{np.mean([rank < count for rank in ranks]):.3f}" if ranks else "–" for count in (1, 2)]
        table.add_row(
            name, str(len(some)), *best, area(sure, gold), *(decided(sure, gold, THRESHOLDS[c]) for c in CAUTIONS)
        )
    return table


def report_others(data: Sequence[Example]) -> Table:
    """How well each family's questions are told apart by models that learned from the others alone."""
    table = Table("set", "AUC", "AUC, answered beside cut")
    for family in dict.fromkeys(example.family for example in data):
        models = learn([example for example in data if example.family != family])
        own = [example for example in data if example.family == family]
        for name in dict.fromkeys(example.set.removesuffix(CUT_OUT) for example in own):
            asked = [example for example in own if example.set == name]
            cut = [example for example in own if example.set == name + CUT_OUT]
            answered = [example for example in asked if example.gold.any()]
            parts = [(models.confidence(some), some) for some in (asked, answered + cut)]
            table.add_row(name, *(area(sure, np.array([one.gold.any() for one in some])) for sure, some in parts))
    return table


def area(sure: np.ndarray, gold: np.ndarray) -> str:
    """The area under the curve, where there are both kinds."""
    return f"{roc_auc_score(gold, sure):.3f}" if 0 < gold.sum() < len(gold) else "–"


def _rank(example: Example, choice: Logistic) -> int:
    """How many sentences are put before the first that answers."""
    order = np.argsort(-choice.probabilities(example.rows), kind="stable")
    return int(np.argmax(example.gold[order]))


def decided(sure: np.ndarray, gold: np.ndarray, threshold: float) -> str:
    """The shares that are answered of the answerable and declined of the others, and their mean."""
    shares = [float(part.mean()) for part in (sure[gold] >= threshold, sure[~gold] < threshold) if len(part)]
    return " / ".join(f"{share:.3f}" for share in ([*shares, sum(shares) / 2] if len(shares) == 2 else shares))


def main() -> None:
    """Measures, trains and writes the models."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("eval", type=Path, help="the folder of question sets")
    parser.add_argument("--cache", type=Path, help="keeps the features here, to train again quickly")
    options = parser.parse_args()
    logging.basicConfig(level=logging.WARNING)
    data = _cached(options.cache, lambda: list(examples(options.eval)))
    data += [without_evidence(example) for example in data if example.gold.any() and not example.gold.all()]
    folds = [learn([example for example in data if example.fold != fold]) for fold in range(FOLDS)]
    Console(width=180).print(report(data, folds), report_others(data))
    models = learn([example for example in data if example.fold not in (HELD_OUT, CALIBRATION)])
    weights = {name: round(float(weight), 5) for name, weight in zip(NAMES, models.choice.weights, strict=True)}
    text = json.dumps({"intercept": round(models.choice.intercept, 5), **weights}, indent=1)
    (TARGET / CHOICE).write_text(text + "\n", encoding="utf-8")
    trees = [_tree(tree["tree_structure"]) for tree in models.decision.dump_model()["tree_info"]]
    (TARGET / DECISION).write_text(json.dumps(trees).replace("}, ", "},\n") + "\n", encoding="utf-8")


def _cached(file: Path | None, make: Callable[[], list[Example]]) -> list[Example]:
    if file and file.exists():
        return list(pickle.loads(file.read_bytes()))  # noqa: S301
    data = make()
    if file:
        file.write_bytes(pickle.dumps(data))
    return data


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
