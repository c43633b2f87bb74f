"""What a question asks for."""

import pytest

from assistant.answering.question import understand


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
