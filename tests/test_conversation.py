"""Follow-ups are made to stand alone from the conversation."""

import pytest

from assistant.conversation import in_full, stand_alone
from assistant.leaning import leans_back, says_nothing_alone
from assistant.types import Message

HISTORY: list[Message] = [
    {"role": "user", "content": "How many honey bees live in one colony?"},
    {"role": "assistant", "content": "A colony holds up to 60,000 workers. [1]"},
]


def asked(*questions: str) -> list[Message]:
    return [{"role": "user", "content": question} for question in questions]


@pytest.mark.parametrize(
    "question", ["And how many of them are drones?", "Where do they live?", "Why?", "What about winter?"]
)
def test_a_follow_up_is_searched_for_with_its_topic(question: str) -> None:
    alone = stand_alone(question, HISTORY)
    assert "honey bees" in alone
    assert "60,000" not in alone


@pytest.mark.parametrize(
    "question",
    [
        "Which birds eat the larvae of wasps in autumn?",
        "When did the Iron Bridge open to traffic?",
        "When did Anna Malm leave the council and what did she build in Graz?",
        "Who voted against the new bridge and why did he do so?",
        "Did Malm tell the council that she wanted a bridge?",
        "Do the engineers think that the bridge is safe?",
    ],
)
def test_a_question_that_stands_alone_is_left_as_it_is(question: str) -> None:
    assert not leans_back(question)
    assert stand_alone(question, HISTORY) == question


@pytest.mark.parametrize(
    "question",
    [
        *("Why?", "And how many?", "Where do they live?", "What about winter?", "How come?", "By when?"),
        *(
            "And last year?",
            "And Japan?",
            "But the United States?",
            "and about data protection on loan?",
            "Or in Graz?",
        ),
        *("Tell me more", "go on", "What else?", "Please tell us more about it."),
    ],
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
        "And who is Anna Malm?",
        "and tell me about the bridge",
        "and if the bridge is closed to traffic?",
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


@pytest.mark.parametrize(
    "question",
    [
        *(
            "What did Malm say about them?",
            "Why does Malm trust her?",
            "Who said that?",
            "What does Malm think of that?",
        ),
        *("Who voted against it and why did he do so?", "Did Malm do so?", "Who told the mayor about that last June?"),
        "What happened in Graz and what did he say of the bridge?",
    ],
)
def test_what_a_question_does_not_say_itself_is_pointed_back_to(question: str) -> None:
    assert leans_back(question)


@pytest.mark.parametrize("question", ["how many came back?", "How much was paid back?", "How often do workers rest?"])
def test_how_much_is_asked_for_says_nothing_of_what(question: str) -> None:
    assert stand_alone(question, HISTORY).endswith("(How many honey bees live in one colony)")


def test_somebody_who_is_named_begins_a_new_topic() -> None:
    questions = ("Who is Anna Malm?", "what does she think of it?", "Who is Jan Graz?", "did he resign?")
    assert stand_alone("when?", asked(*questions)) == "when? (Who is Jan Graz; did he resign)"
    assert stand_alone("why?", asked(*questions, "when?")) == "why? (Who is Jan Graz; did he resign)"


@pytest.mark.parametrize(
    "question", ["What was found in March?", "Who is the CEO?", "What does it say of Malm?", "HOW MANY CAME BACK?"]
)
def test_what_is_no_name_or_stands_beside_it_begins_none(question: str) -> None:
    alone = stand_alone("why?", [*HISTORY, *asked(question)])
    assert alone == f"why? (How many honey bees live in one colony; {question.strip('?')})"


def test_courtesies_are_no_part_of_the_topic() -> None:
    history = [*asked("Hello!"), *HISTORY, *asked("ok, thanks!", "And in winter?", "Thank you very much")]
    assert stand_alone("Why?", history) == "Why? (How many honey bees live in one colony; And in winter)"


@pytest.mark.parametrize("question", ["tell me more", "Go on.", "What else?"])
def test_more_is_asked_for_of_the_last_that_was_asked_about(question: str) -> None:
    history = [*HISTORY, *asked("What are its enemies?", "What are the dangers?", "what about the second one?", "why?")]
    assert stand_alone(question, history) == f"{question.rstrip()} (What are the dangers; what about the second one)"
    assert stand_alone("Tell me more", [*history, *asked(question)]).endswith(
        "(What are the dangers; what about the second one)"
    )


def test_what_is_asked_of_something_else_is_put_in_its_place() -> None:
    history = asked("What does the policy say about theft?")
    assert in_full("and about data?", history) == "What does the policy say about data?"
    assert in_full("But about data?", [*history, *asked("And about loans?", "thanks", "why?")]).endswith(
        "say about data?"
    )
    assert stand_alone("why?", [*history, *asked("and about data?")]) == "why? (What does the policy say about data)"


@pytest.mark.parametrize(
    ("question", "last"),
    [
        ("and about data?", "What does the policy say about bees about which the council asked?"),
        ("and about data?", "What does it say about theft on the bridge?"),
        ("and about data?", "Who asked about what was stolen?"),
        ("and with what?", "What is wrong with the bridge?"),
        ("and data?", "What does the policy say about theft?"),
        ("and in winter?", "How many bees live in one colony?"),
        ("and about data?", "Who is Anna Malm?"),
        ("about data?", "What does the policy say about theft?"),
    ],
)
def test_nothing_is_put_in_a_place_that_is_not_sure(question: str, last: str) -> None:
    assert in_full(question, asked(last)) == question
    assert in_full(question, []) == question


@pytest.mark.parametrize(
    ("question", "answer", "whole"),
    [
        (
            "What does he want by June?",
            "- Luis was against it; he fears that few would come. [1]",
            "What does Luis want by June?",
        ),
        (
            "why does she leave?",
            "Anna Malm said that she has to go. [1] The Board agrees. [2]",
            "why does Anna Malm leave?",
        ),
    ],
)
def test_he_or_she_is_who_the_answer_calls_so(question: str, answer: str, whole: str) -> None:
    history: list[Message] = [*asked("Who voted against it?"), {"role": "assistant", "content": answer}]
    assert in_full(question, history) == whole


@pytest.mark.parametrize(
    ("before", "answer"),
    [
        ("Who is Nina Keller?", "Luis was against it; he fears that few would come. [1]"),
        (
            "Who was against it?",
            "Luis was against it, and Jan Graz said that he was not. [1] Luis said that he was. [2]",
        ),
        ("Who was against it?", "Anna Malm was; she fears that few would come. [1]"),
        (
            "Who was against it?",
            "The Danish Board was, until he came. A Dane said that he was not. In March he was. He was. [1]",
        ),
        ("Who was against it?", "The documents do not answer this."),
    ],
)
def test_where_that_is_not_sure_he_stays_he(before: str, answer: str) -> None:
    history: list[Message] = [*asked(before), {"role": "assistant", "content": answer}]
    assert in_full("What does he want?", history) == "What does he want?"


def test_a_topic_does_not_begin_with_and() -> None:
    assert stand_alone("why?", asked("and what did Malm say?")) == "why? (what did Malm say)"
