"""What a question asks for."""

import pytest

from assistant.answering.question import asks_for_several, understand


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many workers live in a hive?", "how many"),
        ("how long is the river", "how many"),
        ("When did the dam break?", "when"),
        ("In which century was it built?", "when"),
        ("Who signed the treaty?", "who"),
        ("Where was it signed?", "where"),
        ("In which city do they meet?", "where"),
        ("Why did the dam break?", "why"),
        ("How do wasps build?", "how"),
        ("What is paper?", "what"),
        ("Which bridge is older?", "which"),
        ("Did the dam break?", "whether"),
        ("treaty of Köln", "other"),
    ],
)
def test_the_kind_of_thing_asked_for(question: str, kind: str) -> None:
    assert understand(question).kind == kind


def test_a_follow_up_asks_for_what_it_asks_not_for_what_its_topic_did() -> None:
    assert understand("When was that? (How many of them did not return)").kind == "when"
    assert not understand("When was that? (How many of them did not return)").negated


def test_negation_is_noticed() -> None:
    assert understand("Which countries didn't sign?").negated
    assert not understand("Which countries signed?").negated


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("List the options", True),
        ("Please name the acts that are confirmed.", True),
        ("What are the conditions?", True),
        ("Who were the members of the board?", True),
        ("Which phones are supported?", True),
        ("What documents do I need?", True),
        ("Tell me the three conditions", True),
        ("What does the tenant pay?", False),
        ("What was his name?", False),
        ("What is the list price of the lease?", False),
        ("When are the rents due?", False),
        ("Who pays? (Which phones are supported)", False),
    ],
)
def test_whether_it_asks_for_several_things(question: str, several: bool) -> None:
    assert asks_for_several(question) == several
