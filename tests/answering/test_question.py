"""What a question asks for."""

import pytest

from assistant.answering.question import understand, unknown_names
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
        ("Did Anna Malm meet Bob Smith of Graz?", "Anna was in Graz.", ("Malm", "Bob Smith")),
        ("Did they meet in Graz or in Linz?", "They met.", ("Graz", "Linz")),
        ("Who met Dr. Malm?", "A doctor came.", ("Malm",)),
        ("What did Mr. Malm say?", "Malm agreed.", ()),
        ("What did President Malm say?", "Malm agreed.", ()),
        ("What was the President's reply?", "Malm agreed.", ()),
        ("How Many Hives Returned To Graz?", "They came back.", ()),
        ("When did the 5 hives return?", "Five hives returned.", ()),
        ("What happened in 1999?", "It happened in 2001.", ("1999",)),
        ("Which costs are NOT covered?", "Dental costs are not covered.", ()),
        ("What does Section 4.2 say about refunds?", "4.2 Refunds", ()),
        ("What does Section B say?", "A and B differ.", ()),
        ("Which Section did Malm lead?", "Malm led one.", ("Section",)),
    ],
)
def test_a_name_is_unknown_that_the_text_never_mentions(question: str, text: str, unknown: tuple[str, ...]) -> None:
    assert unknown_names(question, frozenset(words(text)).__contains__, [text]) == unknown


@pytest.mark.parametrize(
    ("question", "text", "unknown"),
    [
        ("What does the US want?", "Help us, they said.", ("US",)),
        ("What does the US want?", "The United States wants peace.", ()),
        ("What does the United States want?", "The U.S. wants peace.", ()),
        ("What did the UN say?", "Kim Jong-un said no.", ("UN",)),
        ("What did the UN’s envoy say?", "The UN sent an envoy.", ()),
        ("Does the Republic of Arvo belong to the UN?", "The United Nations let the RA in.", ()),
        ("Which API is older?", "It has two APIs. The REST one is older.", ()),
        ("What was the GDP?", "Its gross domestic product fell.", ()),
        ("What was the GDP?", "Its output fell in spring.", ("GDP",)),
        ("Who is Nina Keller?", "North Korea agreed.", ("Nina Keller",)),
    ],
)
def test_an_acronym_and_what_it_stands_for_are_one_name(question: str, text: str, unknown: tuple[str, ...]) -> None:
    assert unknown_names(question, frozenset(words(text)).__contains__, [text]) == unknown


def test_a_follow_up_asks_for_what_it_asks_not_for_what_its_topic_did() -> None:
    assert understand("When was that? (How many of them did not return)").kind == "when"
    assert not understand("When was that? (How many of them did not return)").negated


def test_negation_is_noticed() -> None:
    assert understand("Which countries didn't sign?").negated
    assert not understand("Which countries signed?").negated
