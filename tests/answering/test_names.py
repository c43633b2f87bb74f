"""Which names and numbers a question has, and whether a text mentions them."""

import pytest

from assistant.answering.names import has_another_number, unknown_names
from assistant.answering.question import understand
from assistant.words import words


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
        ("What does the PDF say about refunds?", "There are none.", ()),
        ("Explain WHY the bridge was closed", "It rusted.", ()),
        ("Tell me about the bridge\nExplain who paid for it", "Malm paid.", ()),
        ("Is it over 500 euros, or at least €400?", "It costs 350 euros.", ()),
        ("Was it 500 euros?", "It costs 350 euros.", ("500",)),
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


@pytest.mark.parametrize(
    ("question", "text", "unknown"),
    [
        ("When did the German government agree?", "Germany agreed in spring.", ()),
        ("Which Chinese and Korean firms came?", "Firms from China and Korea came.", ()),
        ("What do the Italians want?", "Italy wants peace.", ()),
        ("What does Italy want?", "The Italian side wants peace.", ()),
        ("Is there WiFi?", "Free Wi-Fi in all rooms.", ()),
        ("How many troops does the USA have there?", "The United States has 28,500 there.", ()),
        ("What did the United States say?", "The USA agreed.", ()),
        ("What did Martinez say?", "Martin agreed.", ("Martinez",)),
        ("What did the Austrians say?", "Australia agreed.", ("Austrians",)),
        ("What did the USA say?", "Help us, they said.", ("USA",)),
        ("Where did she work after 2015?", "She worked in Oslo from 2012 to 2018.", ()),
        ("What does the Lease say of pets?", "The tenant keeps no pets.", ()),
    ],
)
def test_a_name_in_another_form_is_the_same_name(question: str, text: str, unknown: tuple[str, ...]) -> None:
    assert unknown_names(question, frozenset(words(text)).__contains__, [text]) == unknown


@pytest.mark.parametrize(
    ("question", "text", "another"),
    [
        ("How loud is the Nordhall 400?", "The Nordhall 300 costs 400 euros.", True),
        ("How loud is the Nordhall 400?", "The Nordhall 300 is as loud as the nordhall-400.", False),
        ("How loud is the Nordhall 400?", "Of Nordhall, there are models of 300 and 400 watts.", False),
        ("Does it run on Windows 11?", "It runs on Windows 10 only.", True),
        ("Does it run on Windows 11?", "It runs on Windows 10 and 11.", False),
        ("Does it run on Windows 11?", "It runs on Windows 10/11.", False),
        ("Does it run on Windows 11?", "It runs on Windows 9, 10, and 11.", False),
        ("Does it run on Windows 11?", "It runs on Windows 10 or later.", False),
        ("Does it run on Windows 11?", "It runs on Windows 10+.", False),
        ("Does it need Python 3?", "It needs Python 3.11.", False),
        ("Does it need Python 4?", "It needs Python 3.11.", True),
        ("What happens in Phase 2?", "Phases 1 and 2 run in May. Phase 1 is short.", False),
        ("Who won the Nordhall Cup 2024?", "In 2024 Malm won it, as the Nordhall Cup 2023.", False),
        ("What happened on Monday 5 May?", "On 5 May, not on Monday 12, it rained.", False),
        ("What happened on Sep 5?", "It rained, not on Sep 12 alone.", False),
    ],
)
def test_a_name_with_another_number_is_another_name(question: str, text: str, another: bool) -> None:
    assert has_another_number(question, [text]) is another
