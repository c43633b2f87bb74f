"""The figures that were reached on a small sample of public question sets, as floors: a change must not lose them.

`benchmarks/RESULTS.md` has the figures of the whole sets.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.intent import Whole, intent
from assistant.types import Answer

Span = tuple[int, int]


@dataclass(frozen=True)
class Case:
    source: str
    text: str
    questions: tuple[tuple[str, tuple[Span, ...]], ...]
    """Each with the spans that answer it; none where the text does not."""


def load() -> dict[str, list[Case]]:
    sets = json.loads((Path(__file__).parent / "sample.json").read_text(encoding="utf-8"))
    return {
        name: [
            Case(
                item["source"],
                item["text"],
                tuple((q["question"], tuple((start, end) for start, end in q["gold"])) for q in item["questions"]),
            )
            for item in cases
        ]
        for name, cases in sets.items()
    }


SETS = load()


def hits(spans: list[Span], gold: tuple[Span, ...]) -> bool:
    return any(start <= first and last <= end for start, end in spans for first, last in gold)


@dataclass(frozen=True)
class Figures:
    answered: float
    declined: float
    hit: float

    @property
    def balanced(self) -> float:
        return (self.answered + self.declined) / 2


def asked(cases: list[Case]) -> Iterator[tuple[tuple[Span, ...], Answer]]:
    for case in cases:
        assistant = Assistant.from_texts({case.source: case.text})
        for question, gold in case.questions:
            yield gold, assistant.ask(question)


def figures(cases: list[Case]) -> Figures:
    answers = list(asked(cases))
    some = [(gold, answer) for gold, answer in answers if gold]
    none = [answer for gold, answer in answers if not gold]
    return Figures(
        answered=sum(answer.answered for _, answer in some) / len(some),
        declined=sum(not answer.answered for answer in none) / len(none) if none else 1.0,
        hit=sum(hits([(c.start, c.end) for c in answer.citations], gold) for gold, answer in some) / len(some),
    )


@pytest.fixture(scope="module")
def everything() -> Assistant:
    """All texts of the sample in one index."""
    return Assistant.from_texts({case.source: case.text for cases in SETS.values() for case in cases})


def test_the_passage_that_answers_comes_first_among_many(everything: Assistant) -> None:
    first, five, count = 0, 0, 0
    for cases in SETS.values():
        for case in cases:
            for question, gold in case.questions:
                if gold:
                    found = everything.retrieve(question, k=5)
                    spans = [(p.start, p.end) if p.source == case.source else (0, 0) for p in found]
                    first += hits(spans[:1], gold)
                    five += hits(spans, gold)
                    count += 1
    assert first / count >= 0.90
    assert five / count >= 0.92


def test_adversarial_questions_over_paragraphs() -> None:
    found = figures(SETS["squad-paragraphs"])
    assert found.balanced >= 0.60
    assert found.hit >= 0.55


def test_questions_that_one_sentence_answers() -> None:
    assert figures(SETS["qed"]).hit >= 0.70


def test_questions_that_need_several_sentences() -> None:
    found = figures(SETS["clapnq"])
    assert found.balanced >= 0.74
    assert found.hit >= 0.73


def test_none_is_taken_for_one_after_whole_documents_a_topic_or_an_acronym() -> None:
    questions = [question for cases in SETS.values() for case in cases for question, _ in case.questions]
    asked = [one for one in map(intent, questions) if one]
    # One that names something is after a document only where one is called that.
    assert [one for one in asked if not isinstance(one, Whole) or not one.called.named] == []
