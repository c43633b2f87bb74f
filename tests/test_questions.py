"""The analysis that the project comes with: what it says is answered and cited, what it does not say is declined."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answering.extractive import THRESHOLDS
from assistant.types import Answer, Message


@dataclass(frozen=True)
class Question:
    question: str
    evidence: tuple[str, ...]
    """The words of which a citation must contain one; empty where the analysis does not answer."""


QUESTIONS = tuple(
    Question(item["question"], tuple(item["evidence"]))
    for item in json.loads((Path(__file__).parent / "questions.json").read_text(encoding="utf-8"))
)
ANSWERABLE = tuple(question for question in QUESTIONS if question.evidence)
UNANSWERABLE = tuple(question for question in QUESTIONS if not question.evidence)


@pytest.fixture(scope="module")
def assistant(analysis: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(documents=analysis.parent, index=tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def answers(assistant: Assistant) -> dict[str, Answer]:
    return {item.question: assistant.ask(item.question) for item in QUESTIONS}


def shows_evidence(answer: Answer, question: Question) -> bool:
    return any(words in citation.quote for citation in answer.citations for words in question.evidence)


def test_the_evidence_is_in_the_analysis(analysis: Path) -> None:
    text = analysis.read_text(encoding="utf-8")
    assert [words for question in QUESTIONS for words in question.evidence if words not in text] == []
    assert len(UNANSWERABLE) * 3 >= len(QUESTIONS)


# Floors just under what was reached, 32 of 36 and 22 of 24, for processors differ a little. Of the aims, 0.9 and 0.8,
# the first is not reached: benchmarks/RESULTS.md says what was tried.
ANSWERED = 0.83
DECLINED = 0.87


def test_what_the_analysis_says_is_answered_with_its_evidence(answers: dict[str, Answer]) -> None:
    missed = [item.question for item in ANSWERABLE if not shows_evidence(answers[item.question], item)]
    assert len(missed) <= (1 - ANSWERED) * len(ANSWERABLE), missed


def test_what_the_analysis_does_not_say_is_declined(answers: dict[str, Answer]) -> None:
    answered = [item.question for item in UNANSWERABLE if answers[item.question].answered]
    assert len(answered) <= (1 - DECLINED) * len(UNANSWERABLE), answered


def test_caution_is_a_setting(assistant: Assistant, answers: dict[str, Answer]) -> None:
    unsure = next(answer for answer in answers.values() if THRESHOLDS["low"] <= answer.confidence < THRESHOLDS["high"])
    folders = {"documents": assistant.settings.documents, "index": assistant.settings.index}
    assert Assistant(**folders, caution="low").ask(unsure.question).answered
    assert not Assistant(**folders, caution="high").ask(unsure.question).answered


def test_a_short_question_in_the_middle_of_a_talk_is_read_by_itself_too(assistant: Assistant) -> None:
    history: list[Message] = [
        {"role": "user", "content": text}
        for text in ("How many abductees came back to Japan?", "And when was that?", "Who confirmed it?")
    ]
    answer = assistant.ask("Why is the summit uncertain?", history)
    assert answer.answered
    assert answer.searched_for == "Why is the summit uncertain?"
