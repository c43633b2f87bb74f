"""The questions that the answering models learn from, each with what the product's own retrieval finds for it.

Alone with its paragraph, over its whole article, among the paragraphs of many articles, over its report, over each of
the two documents that it was written for.
"""

from __future__ import annotations

import hashlib
import itertools
import random
import re
import sys
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track
from written_set import Case, written

from assistant import Assistant
from assistant.answering.evidence import mentions_names, sentence_features
from assistant.answering.features import NAMES, leads
from assistant.types import Passage

CUT_OUT = ", cut"
"""How the name of a set ends whose evidence was cut out."""

HEADED = ", with headings"
"""How the name of a set ends whose documents are Markdown."""

WEIGHTS = {
    "squad-paragraphs": 0.5,
    "squad-article": 1.0,
    "squad-articles": 1.0,
    "qed": 1.0,
    "clapnq": 2.0,
    "chunking": 1.0,
    "written": 1.0,
    f"written{HEADED}": 1.0,
}
"""What a question of each set counts, so that the small sets are heard."""

CUT_WEIGHT = 0.3
"""What a question counts whose evidence was cut out, for what it counts whole."""

CUT_SHARE = 0.3
"""How many of the questions that have an answer are also asked without it, where it takes time to ask them."""

FOLDS = 5
"""Parts that the texts are dealt into."""

HELD_OUT = 0
"""The fold that nothing learns from."""

CALIBRATION = 3
"""The fold that neither the first look nor the reading learns from, so that it can be learned how far each is right."""

SAMPLE = 800
"""Questions that are also asked over their article, and among the paragraphs of their fold of the articles."""

OF_A_PAIR = 8
"""Questions of each pair of written documents."""


@dataclass(frozen=True, slots=True)
class Found:
    """A question with what retrieval found for it.

    Attributes:
        set: The question set.
        fold: Which fifth of the texts its text belongs to.
        weight: What it counts.
        question: The question.
        passages: What was found.
        gold: Whether each of their sentences answers: bool, (sentences,).
    """

    set: str
    fold: int
    weight: float
    question: str
    passages: list[Passage]
    gold: np.ndarray

    @property
    def can_be_cut(self) -> bool:
        """Whether something is left without the sentences that answer, of which there are some."""
        return bool(self.gold.any() and not self.gold.all())

    def without_evidence(self) -> Found:
        """The same without the sentences that answer: on the very topic, and no answer."""
        kept = iter(~self.gold)
        cut = (
            replace(passage, sentences=tuple(span for span in passage.sentences if next(kept)))
            for passage in self.passages
        )
        none = np.zeros(int((~self.gold).sum()), dtype=bool)
        return replace(self, set=self.set + CUT_OUT, passages=[one for one in cut if one.sentences], gold=none)


@dataclass(frozen=True, slots=True)
class Example:
    """A question with the features of what retrieval found for it.

    Attributes:
        set: The question set, and whether the evidence was cut out.
        fold: Which fifth of the texts its text belongs to.
        weight: What it counts in the decision.
        rows: The features of all sentences: (sentences, features).
        gold: Whether each of them answers: bool, (sentences,).
        named: Whether what was found mentions all that the question names.
    """

    set: str
    fold: int
    weight: float
    rows: np.ndarray
    gold: np.ndarray
    named: bool

    @property
    def family(self) -> str:
        """Whose questions they are, in whatever texts they were asked."""
        return "squad" if self.set.startswith("squad") else self.set.partition(",")[0]


@dataclass(frozen=True, slots=True)
class _ToAsk:
    """Questions of a set, and the texts that they are asked over."""

    set: str
    fold: int
    texts: dict[str, str]
    questions: Sequence[Any]


def examples(folder: Path) -> Iterator[Example]:
    """The features for all questions of the answering sets."""
    for found in find(folder):
        rows = sentence_features(found.question, found.passages)
        named = mentions_names(found.question, found.passages)
        yield Example(found.set, found.fold, found.weight, rows, found.gold, named)


def find(folder: Path, folds: Collection[int] = range(FOLDS)) -> Iterator[Found]:
    """All questions of the answering sets over the texts of some folds, with their texts alone and among others.

    Args:
        folder: That of the question sets.
        folds: Those that are wanted.
    """
    for name, some in itertools.groupby(_to_ask(folder, folds), key=lambda one: one.set):
        for one in track(list(some), description=name, console=Console(stderr=True)):
            yield from _ask(one)


def _to_ask(folder: Path, folds: Collection[int]) -> Iterator[_ToAsk]:
    sys.path.insert(0, str(folder))
    import sets

    loads = {"qed": sets.qed, "clapnq": sets.clapnq, "squad-paragraphs": sets.squad_paragraphs, "written": _of_pairs}
    for name, load in loads.items():
        for case in load():
            source = next(iter(case.texts))
            if (fold := fold_of(source)) in folds:
                yield _ToAsk(f"{name}{HEADED * source.endswith('.md')}", fold, case.texts, case.questions)
    articles: dict[str, list[Any]] = defaultdict(list)
    for case in sets.squad_paragraphs():
        articles[_article(next(iter(case.texts)))].append(case)
    for name, paragraphs in articles.items():
        if (fold := fold_of(name)) in folds:
            text, questions = _joined(name, paragraphs)
            yield _ToAsk("squad-article", fold, {name: text}, _sample(questions, SAMPLE // len(articles), name))
    for fold in folds:
        cases = [case for name, some in articles.items() if fold_of(name) == fold for case in some]
        texts = {name: text for case in cases for name, text in case.texts.items()}
        questions = [question for case in cases for question in case.questions]
        yield _ToAsk("squad-articles", fold, texts, _sample(questions, SAMPLE // FOLDS, str(fold)))
    (reports,) = sets.chunking()
    for name, text in reports.texts.items():
        if (fold := fold_of(name)) in folds:
            questions = [question for question in reports.questions if question.gold and question.gold[0][0] == name]
            yield _ToAsk("chunking", fold, {name: text}, questions)


def _of_pairs() -> Iterator[Case]:
    """The written documents, those of a pair with the same few of their questions."""
    for case in written():
        pair = _article(next(iter(case.texts)))
        yield Case(case.texts, list(_sample(case.questions, OF_A_PAIR, pair)))


def _joined(name: str, paragraphs: Sequence[Any]) -> tuple[str, list[Any]]:
    """The paragraphs of an article as one text, with their questions."""
    text, questions = "", []
    for case in paragraphs:
        for question in case.questions:
            gold = [(name, len(text) + start, len(text) + end) for _, start, end in question.gold]
            questions.append(replace(question, gold=gold))
        text += next(iter(case.texts.values())) + "\n\n"
    return text, questions


def _sample(questions: Sequence[Any], count: int, seed: str) -> Sequence[Any]:
    return random.Random(seed).sample(questions, min(count, len(questions)))  # noqa: S311


def without_evidence(example: Example) -> Example:
    """The same question with the sentences that answer it cut out: on the very topic, and no answer."""
    rows = example.rows[~example.gold].copy()
    for column, lead in ((0, "alignment lead"), (1, "weighted lead"), (4, "cosine lead"), (5, "coverage lead")):
        rows[:, NAMES.index(lead)] = leads(rows[:, column])
    none = np.zeros(len(rows), dtype=bool)
    return Example(example.set + CUT_OUT, example.fold, CUT_WEIGHT * example.weight, rows, none, example.named)


def _article(source: str) -> str:
    return re.sub(r"-\d+\.(txt|md)$", "", source) if re.match(r"[A-Za-z]", source) else source


def fold_of(source: str) -> int:
    """Which fold a text belongs to; the paragraphs of one article go together, and so do the documents of a pair."""
    return hashlib.sha256(_article(source).encode()).digest()[0] % FOLDS


def _ask(one: _ToAsk) -> Iterator[Found]:
    assistant = Assistant.from_texts(one.texts)
    for question in one.questions:
        passages = assistant.consider(question.text)
        if any(passage.sentences for passage in passages):
            gold = _gold(passages, question.gold)
            yield Found(one.set, one.fold, WEIGHTS[one.set], question.text, passages, gold)


def _gold(passages: list[Passage], gold: list[tuple[str, int, int]]) -> np.ndarray:
    return np.array(
        [
            any(passage.source == source and span.start < end and start < span.end for source, start, end in gold)
            for passage in passages
            for span in passage.sentences
        ]
    )
