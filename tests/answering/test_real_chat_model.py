"""A real chat model, small enough to make things up all the time: what it invents does not stand."""

from __future__ import annotations

import json
import re
import time
from itertools import islice
from pathlib import Path
from urllib.request import urlopen

import pytest

from assistant import Assistant
from assistant.answering.chat_model.connection import Connection
from assistant.answering.chat_model.context import count_tokens
from assistant.settings import Settings
from assistant.types import Answer

MODEL = "smollm2"
QUESTIONS = json.loads(Path(__file__).parent.with_name("questions.json").read_text(encoding="utf-8"))
UNANSWERABLE = [
    *(one["question"] for one in QUESTIONS if not one["evidence"]),
    "Who is the foreign minister of Japan?",
    "How many languages does Kim Yo-jong speak?",
    "Which ships were used for the abductions?",
    "What did the families of the victims tell the United Nations?",
    "Who is president of France?",
    "How tall is Mount Fuji?",
]
ANSWERABLE = [one["question"] for one in QUESTIONS if one["evidence"]][: len(UNANSWERABLE)]


@pytest.fixture(scope="module")
def assistant(analysis: Path, chat_model_url: str, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(
        documents=analysis.parent,
        index=tmp_path_factory.mktemp("index"),
        chat_model=MODEL,
        chat_model_url=chat_model_url,
        chat_model_context=512,  # some eight sentences: it reads them slowly
        chat_model_reply=60,
        caution="low",
    )


@pytest.fixture(scope="module")
def answers(assistant: Assistant) -> list[Answer]:
    return [assistant.ask(question) for question in (*ANSWERABLE, *UNANSWERABLE)]


def unfounded(answer: Answer) -> list[str]:
    """The sentences that are shown as supported and have a name or number that their citations do not have."""
    quotes = {citation.number: citation.quote for citation in answer.citations}
    wrong = []
    for statement in answer.statements:
        if statement.unsupported is None:
            cited = " ".join(quotes[number] for number in statement.citations)
            # What is capitalised within the sentence, and what has digits.
            told = re.findall(r"(?<=[\w,] )[A-Z][a-z]{2,}|\d[\d,.]*\d|\d", statement.text)
            if not statement.citations or any(word not in cited for word in told):
                wrong.append(statement.text)
    return wrong


def test_sixty_questions_half_of_them_unanswerable_and_no_sentence_stands_without_support(
    answers: list[Answer],
) -> None:
    assert len(answers) == 60
    assert [sentence for answer in answers for sentence in unfounded(answer)] == []


def test_the_model_was_asked_and_what_it_made_up_was_replaced(answers: list[Answer]) -> None:
    assert any("do not support" in answer.note for answer in answers) or any(
        statement.unsupported for answer in answers for statement in answer.statements
    )
    refusals = [answer for answer in answers if not answer.answered]
    assert refusals
    assert all(not answer.citations for answer in refusals)


def test_every_citation_is_verbatim(assistant: Assistant, answers: list[Answer]) -> None:
    for answer in answers:
        assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
        for citation in answer.citations:
            assert assistant.document(citation.source).text[citation.start : citation.end] == citation.quote


def test_the_reply_comes_piece_by_piece_and_stopping_stops_it_at_the_server(chat_model_url: str) -> None:
    settings = Settings.load(chat_model=MODEL, chat_model_url=chat_model_url, chat_model_reply=2000)
    reply = Connection(settings).reply([("user", "Write a very long story about the sea.")])
    assert len([*islice(filter(None, reply), 5)]) == 5
    assert busy(chat_model_url)
    reply.close()
    deadline = time.monotonic() + 30
    while busy(chat_model_url) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not busy(chat_model_url)


@pytest.mark.parametrize(
    "text",
    [
        "Kim Yo-jong stated that Tokyo should be ready to “make a new start”.",
        "Revenue rose by 6.5% to 412,318,907 euros on 2024-03-28 at 14:35:07.",
        "Ｗｅ met at the café — naïve, isn’t it? 🎉🎉",
        "日本と北朝鮮の首脳会談について",
        "def main(): return {key: value for key, value in items}",
    ],
)
def test_tokens_are_not_counted_too_few(chat_model_url: str, text: str) -> None:
    body = json.dumps({"content": text}).encode()
    with urlopen(f"{chat_model_url}/tokenize", data=body) as response:
        assert count_tokens(text) >= 0.9 * len(json.load(response)["tokens"])


def busy(url: str) -> bool:
    with urlopen(f"{url}/slots") as response:
        return any(slot["is_processing"] for slot in json.load(response))
