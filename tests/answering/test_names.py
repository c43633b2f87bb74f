"""Which names and numbers a question has, and whether a text mentions them."""

import pytest

from assistant.answering.names import has_another_number, has_name_in_pieces, unknown_names
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


YEARS = [
    ("in office from 2006 to 2013", True),
    ("in office from May 2006 until 3 April 2013", True),
    ("in office between 2006 and 2013", True),
    ("in office between 1 May 2006 and March 2013", True),
    ("in office (2006–2013)", True),
    ("in office 2006 - 2013", True),
    ("in office 2006-13", True),
    ("in office 2006–09", True),
    ("in power in 1999 and 2001 to 2009", True),
    ("in office since 2006", False),
    ("in office in 2006 and 2013", False),
    ("in office from 2013 to 2006", False),
    ("in office from 2009 to 2013", False),
    ("in office since 2006-09", False),
    ("in office since 2006-12-24", False),
    ("in room 1906-2010-7", False),
    ("in office from 2006 to 13 others", False),
    ("at 2,006–2,013 metres", False),
    ("in halls 1200 to 2400", False),
]


@pytest.mark.parametrize(("text", "within"), YEARS)
def test_a_year_is_known_that_lies_within_a_range_of_years(text: str, within: bool) -> None:
    known = frozenset(words(text)).__contains__
    assert unknown_names("Who was there in 2008?", known, [text]) == (() if within else ("2008",))


def test_a_number_that_is_no_year_is_in_no_range() -> None:
    text = "They served from 1200 to 1300."
    assert unknown_names("Were there 1250?", frozenset(words(text)).__contains__, [text]) == ("1250",)


@pytest.mark.parametrize(
    ("question", "text", "unknown"),
    [
        ("Who leads IT?", "She heads information technology.", ()),
        ("Who leads IT?", "She heads Information technology.", ()),
        ("Who leads IT?", "Is it true that information on technology is kept?", ("IT",)),
        ("How do I reach HR?", "Ask human resources, or the human resource desk.", ()),
        ("Is there a TV in my room?", "All rooms have televisions.", ()),
        ("Are there PCs for guests?", "A personal computer is in the hall.", ()),
        ("Are there any PCs for guests?", "Guests bring their own.", ("PCs",)),
        ("What did the UN say?", "The usual number of people came.", ("UN",)),
    ],
)
def test_an_everyday_acronym_is_known_by_the_words_it_stands_for(
    question: str, text: str, unknown: tuple[str, ...]
) -> None:
    assert unknown_names(question, frozenset(words(text)).__contains__, [text]) == unknown


@pytest.mark.parametrize(
    ("question", "text", "unknown"),
    [
        ("Who leads South Korea?", "Korea and North Korea agreed.", ("South Korea",)),
        ("Who leads South Korea's army?", "Korea and North Korea agreed.", ("South Korea",)),
        ("Did he join the North Korean Army?", "Korea agreed.", ("North Korean Army",)),
        ("Who sailed to the New World?", "A new ship went there.", ("New World",)),
        ("Who fights in the Middle East?", "Those in the middle fight.", ("Middle East",)),
        ("When did the Second World War end?", "The World War began in 1914.", ("Second World War",)),
        ("Did Anna Malm agree?", "Anna agreed.", ("Malm",)),
        ("Did Robert Malm agree?", "Malm agreed.", ("Robert",)),
        ("Is Graz's Harbour open?", "The harbour is open.", ("Graz",)),
        ("Was Malm of Graz in office in 2008?", "Malm was in office from 2006 to 2013.", ("Graz",)),
        ("What did US General Malm say?", "The US said nothing.", ("Malm",)),
    ],
)
def test_what_is_unknown_is_called_by_its_whole_name(question: str, text: str, unknown: tuple[str, ...]) -> None:
    assert unknown_names(question, frozenset(words(text)).__contains__, [text]) == unknown


@pytest.mark.parametrize(
    ("question", "texts", "in_pieces"),
    [
        ("How did the United States react?", ["The state media were silent.", "They united."], True),
        ("How did the United States react?", ["The United States were silent."], False),
        ("How did the United States react?", ["THE UNITED STATES WERE SILENT."], False),
        (
            "How did the United States react?",
            ["The state media were silent.", "They united.", "So the US left."],
            False,
        ),
        ("How did the United States react?", ["The state media were silent.", "The United Nations left."], False),
        ("How did the United States react?", ["The state media were silent."], False),
        ("Who is the Head of Lending?", ["Malm is head of lending."], False),
        ("Who is the Lending Officer?", ["Malm is lending officer."], False),
        ("Who is the Lending Officer?", ["Malm is officer for lending."], False),
        ("Who is the Lending Officer?", ["They do no lending.", "An officer said so."], False),
        ("How long is the Annual Leave?", ["They have 25 days of leave.", "The annual ball is in May."], False),
        ("Who is the Lending Officer?", ["Lending is suspended.", "An officer said so."], False),
        ("Who is the Lending officer?", ["Of lending, no word.", "No officer came."], False),
    ],
)
def test_a_name_is_in_pieces_whose_words_stand_apart_and_small(
    question: str, texts: list[str], in_pieces: bool
) -> None:
    assert has_name_in_pieces(question, texts) is in_pieces
