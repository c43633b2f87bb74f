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


def test_names_and_numbers_are_noticed_but_not_the_first_word() -> None:
    asked = understand("Which bridge did Thomas Telford finish in 1826?")
    assert asked.names == {"thoma", "telford", "1826"}
    assert asked.numbers == {"1826"}


def test_negation_is_noticed() -> None:
    assert understand("Which countries didn't sign?").negated
    assert not understand("Which countries signed?").negated
