"""What a question asks for."""

import pytest

from assistant.answering.question import acronyms, understand, unknown_names
from assistant.words import words


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


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What did the U.S. Army do in 1944?", {"US", "armi", "1944"}),
        ("What can I do if I’m late, and I've paid?", set()),
        ("When did I.B.M. buy it?", {"ibm"}),
        ("How is the council of Graz? Explain please.", {"graz"}),
        ("Where do they live? (Tell me about the Iron Bridge; And in winter)", {"iron", "bridg"}),
        ("WHO BUILT THE BRIDGE IN 1826?", {"1826"}),
    ],
)
def test_a_word_is_no_name_for_a_capital_that_any_word_there_would_have(question: str, names: set[str]) -> None:
    assert understand(question).names == names


@pytest.mark.parametrize(
    ("question", "text", "unknown"),
    [
        ("What does the US want?", "Help us, they said.", ("US",)),
        ("What does the US want?", "The United States wants peace.", ()),
        ("What does the United States want?", "The U.S. wants peace.", ()),
        ("Does the Republic of Arvo belong to the UN?", "The United Nations let the RA in.", ()),
        ("Did Anna Malm meet Bob Smith of Graz?", "Anna was in Graz.", ("Malm", "Bob Smith")),
        ("Did they meet in Graz or in Linz?", "They met.", ("Graz", "Linz")),
    ],
)
def test_a_name_is_known_where_it_or_its_acronym_is(question: str, text: str, unknown: tuple[str, ...]) -> None:
    mentioned = frozenset(words(text)) | acronyms(text)
    assert unknown_names(question, mentioned.__contains__) == unknown


def test_negation_is_noticed() -> None:
    assert understand("Which countries didn't sign?").negated
    assert not understand("Which countries signed?").negated
