"""Follow-ups are made to stand alone from the conversation."""

import pytest

from assistant.conversation import leans_back, says_nothing_alone, stand_alone
from assistant.types import Message

HISTORY: list[Message] = [
    {"role": "user", "content": "How many honey bees live in one colony?"},
    {"role": "assistant", "content": "A colony holds up to 60,000 workers. [1]"},
]


@pytest.mark.parametrize(
    "question", ["And how many of them are drones?", "Where do they live?", "Why?", "What about winter?"]
)
def test_a_follow_up_is_searched_for_with_its_topic(question: str) -> None:
    alone = stand_alone(question, HISTORY)
    assert "honey bees" in alone
    assert "60,000" not in alone


@pytest.mark.parametrize(
    "question", ["Which birds eat the larvae of wasps in autumn?", "When did the Iron Bridge open to traffic?"]
)
def test_a_question_that_stands_alone_is_left_as_it_is(question: str) -> None:
    assert not leans_back(question)
    assert stand_alone(question, HISTORY) == question


@pytest.mark.parametrize(
    "question", ["Why?", "And how many?", "Where do they live?", "What about winter?", "How come?", "By when?"]
)
def test_some_follow_ups_say_nothing_alone(question: str) -> None:
    assert says_nothing_alone(question)


@pytest.mark.parametrize(
    "question",
    [
        "Is there a deadline?",
        "Who is Anna Malm?",
        "Who is Malm?",
        "What about Anna Malm?",
        "What is this document about?",
        "What does it say about honey?",
        "Who wrote this study?",
        "How old is Graz?",
    ],
)
def test_a_question_that_names_what_it_asks_about_is_understood_alone(question: str) -> None:
    assert not says_nothing_alone(question)


def test_without_a_conversation_nothing_is_added() -> None:
    assert stand_alone("And where do they live?", []) == "And where do they live?"


def test_a_chain_of_follow_ups_keeps_its_topic() -> None:
    history: list[Message] = [
        *HISTORY,
        {"role": "user", "content": "And in winter?"},
        {"role": "assistant", "content": "Fewer."},
    ]
    assert "honey bees" in stand_alone("Why is it so?", history)


def test_however_many_follow_ups_there_are_the_topic_stays() -> None:
    later: list[Message] = [
        {"role": "user", "content": text} for text in ("And in winter?", "Why?", "And in summer?", "How so?")
    ]
    assert stand_alone("And in autumn?", [*HISTORY, *later]).endswith(
        "(How many honey bees live in one colony; And in summer; How so)"
    )


def test_a_topic_too_long_to_be_asked_for_is_left_out() -> None:
    history: list[Message] = [{"role": "user", "content": "How many bees live in " + "a large " * 245 + "hive?"}]
    assert stand_alone("And where do they live?", history) == "And where do they live?"
