"""The answer without a chat model: the sentences that answer, verbatim, each cited, or an honest refusal."""

import re
from dataclasses import replace
from typing import get_args

import pytest

from assistant import Assistant
from assistant.answering import extractive
from assistant.answering.evidence import ScoredSentence, judge
from assistant.answering.extractive import MOST_SENTENCES, REFUSAL, Caution, escape
from assistant.types import Answer

TEXTS = {
    "lighthouse.md": "# The lighthouse of Skerry\n\n## History\n\n"
    "The lighthouse of Skerry was built in 1811 by Anna Malm. It burned whale oil until 1870. "
    "In 1870 it was converted to paraffin because whale oil had become too expensive.\n\n"
    "## Today\n\nThe lighthouse is 31 metres tall. About 4,000 people visit it every summer. "
    "It was closed to visitors in 2021 after a storm damaged the stairs.",
    "harbour.txt": "The harbour of Skerry freezes in January. Ships then anchor at Holm. "
    "The lighthouse is 31 metres tall.",
}

BROAD = ("Tell me about the lighthouse of Skerry", "What happened in 1870?", "harbour")

CAUTIONS: tuple[Caution, ...] = get_args(Caution)


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant.from_texts(TEXTS)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who built the lighthouse of Skerry?", "Anna Malm"),
        ("How tall is the lighthouse?", "31 metres"),
        ("Why was the lighthouse converted to paraffin?", "because whale oil had become too expensive"),
        ("How many people visit the lighthouse each summer?", "4,000"),
        ("When does the harbour of Skerry freeze?", "January"),
        ("Was the lighthouse closed to visitors in 2021?", "closed to visitors in 2021"),
    ],
)
def test_what_the_documents_say_is_answered_with_their_words(assistant: Assistant, question: str, words: str) -> None:
    answer = assistant.ask(question)
    assert answer.answered
    assert any(words in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "question",
    [
        "What is the capital of Mongolia?",
        "Who painted the Mona Lisa?",
        "How many moons does Jupiter have?",
        "When did Portugal win the football championship?",
        "What did Sigmund Freud say about dreams?",
    ],
)
def test_what_they_do_not_say_is_declined(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.answered, answer.text, answer.citations) == (False, REFUSAL, ())
    assert answer.passages


def marks(answer: Answer) -> list[int]:
    return [int(mark) for mark in re.findall(r"\[(\d+)\]", answer.text)]


def test_each_sentence_is_cited_once_in_the_order_of_the_marks(assistant: Assistant) -> None:
    for question in BROAD:
        answer = assistant.ask(question)
        assert answer.answered, question
        assert (
            marks(answer)
            == [citation.number for citation in answer.citations]
            == list(range(1, len(marks(answer)) + 1))
        )
        assert len(answer.citations) <= MOST_SENTENCES


def test_sentences_of_one_document_are_given_in_reading_order(assistant: Assistant) -> None:
    answers = [assistant.ask(question) for question in BROAD]
    starts = [[one.start for one in answer.citations if one.source == "lighthouse.md"] for answer in answers]
    assert max(map(len, starts)) > 1
    assert starts == list(map(sorted, starts))


@pytest.mark.parametrize(("believed", "given"), [(0.8, ["a.txt", "b.txt"]), (0.3, ["a.txt"])])
def test_what_another_document_says_is_given_only_where_much_speaks_for_it(believed: float, given: list[str]) -> None:
    texts = {"a.txt": "The ferry sails at noon to the island.", "b.txt": "The bus leaves at ten for the old town."}
    passages = Assistant.from_texts(texts).consider("When do they leave?")
    scores = {"a.txt": 0.9, "b.txt": believed}
    judged = [ScoredSentence(one, span, scores[one.source]) for one in passages for span in one.sentences]
    assert sorted(one.passage.source for one in extractive.choose("When do they leave?", judged)) == given


def test_a_sentence_that_stands_twice_is_given_once(assistant: Assistant) -> None:
    quotes = [citation.quote for citation in assistant.ask("How tall is the lighthouse?").citations]
    assert quotes.count("The lighthouse is 31 metres tall.") == 1


def test_a_heading_is_never_the_answer(assistant: Assistant) -> None:
    answer = assistant.ask("What is the history of the lighthouse of Skerry?")
    assert answer.answered
    assert all("#" not in citation.quote and citation.quote != "History" for citation in answer.citations)


def test_what_names_something_that_is_nowhere_mentioned_is_declined(assistant: Assistant) -> None:
    assert assistant.ask("Who built the lighthouse?").answered
    answer = assistant.ask("Who built the lighthouse of Portree?")
    assert (answer.answered, answer.confidence) == (False, 0)
    assert answer.note == "The documents never mention “Portree”."


@pytest.mark.parametrize(
    ("question", "note"),
    [
        ("What did Brunel, Stephenson and Telford’s brother build in 1850?", "“Brunel”, “Stephenson” or “1850”"),
        ("Did Brunel like Brunel's lighthouse?", "“Brunel”"),
        ("When did Isambard Brunel meet Robert Stephenson?", "“Isambard Brunel” or “Robert Stephenson”"),
        ("When did Robert Telford build it?", "“Robert”"),
        ("Was it built in 1850, or later?", "“1850”"),
        ("Which lighthouse did the sea-captains of Kyle-Rhea pay for?", "“Kyle-Rhea”"),
    ],
)
def test_a_refusal_says_which_names_are_nowhere_mentioned(question: str, note: str) -> None:
    assistant = Assistant.from_texts({"rhea.md": "# Telford\n\nThe lighthouse of Skerry was built by a widow.\n"})
    assert assistant.ask(question).note == f"The documents never mention {note}."


def test_a_refusal_blames_no_name_that_is_mentioned_anywhere(assistant: Assistant) -> None:
    answer = assistant.ask("How many ships did Anna Malm sell?")
    assert (answer.answered, answer.note) == (False, "")


OFFICES = {
    "offices.md": "# Offices\n\nThe first leader was Fumio Kishida. His envoy was Hiroshi Matsumoto of Osaka.\n",
    "lamps.md": "# Lamps\n\nThe Martin lamp and the Martins lamp are bright. A lantern is no lamp.\n",
    "notes.md": "# Notes\n\nLanterns are sold. We met Wellen, and Wellan too. Kishida left Japan in May.\n",
    "guests.md": "# Guests\n\nThey saw Margareta and then Margrete.\n",
}


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Who is Kishda?", " Did you mean Kishida?"),
        ("What did Kishdia's envoy say?", " Did you mean Kishida?"),
        ("Who is Kisda?", ""),
        ("Who is Fumio Kishda?", " Did you mean Kishida?"),
        ("Who is Matsumto?", " Did you mean Matsumoto?"),
        ("Who is Matsmto?", ""),
        ("Who is Matsumtto?", " Did you mean Matsumoto?"),
        ("Who is Hiroshu Matsumto?", " Did you mean Hiroshi or Matsumoto?"),
        ("Which lamp is Martim's?", " Did you mean Martin?"),
        ("Who is Margaretha?", " Did you mean Margareta?"),
        ("Where is Osakk?", " Did you mean Osaka?"),
        ("When did the Mey begin?", ""),
        ("What is a Lanterm?", ""),
        ("Who is Wellon?", ""),
        ("Who is Brunel?", ""),
    ],
)
def test_a_refusal_asks_for_the_one_name_that_a_mistyped_one_may_be(question: str, meant: str) -> None:
    note = Assistant.from_texts(OFFICES).ask(question).note
    assert note.startswith("The documents never mention “")
    assert note.partition(".")[2] == meant


def test_names_may_be_mentioned_in_several_passages_in_titles_and_in_headings() -> None:
    texts = {
        "bridges.md": "# Ironbridge\n\n## Telford's work\n\nThe arch was finished in 1826. It carries the old road.\n",
        "harbour.md": "# Menai\n\nThe harbour was finished in 1830. It freezes in January.\n",
    }
    assistant = Assistant.from_texts(texts)
    assert assistant.ask("When were Telford's arch at Ironbridge and the harbour of Menai finished?").confidence > 0
    assert assistant.ask("When was Brunel's arch at Ironbridge finished?").confidence == 0


def test_caution_decides_how_sure_it_must_be(assistant: Assistant) -> None:
    question = "How tall is the lighthouse?"
    given = assistant.ask(question)

    def answered(confidence: float) -> list[bool]:
        evidence = replace(judge(question, given.passages), confidence=confidence)
        return [
            extractive.answer(
                question=question,
                searched_for=question,
                passages=given.passages,
                evidence=evidence,
                document=assistant.document,
                mentioned=bool,
                index=given.index,
                caution=caution,
            ).answered
            for caution in CAUTIONS
        ]

    assert CAUTIONS == ("low", "balanced", "high")
    assert [answered(confidence) for confidence in (0.1, 0.3, 0.4, 0.6)] == [
        [False, False, False],
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]


@pytest.mark.parametrize(("words", "shown"), [("- one", "\\- one"), ("1. one", "1\\. one"), ("2) two", "2\\) two")])
def test_a_documents_words_cannot_become_a_list(words: str, shown: str) -> None:
    assert escape(words) == shown


def test_a_documents_words_cannot_become_markup() -> None:
    assert escape("*a* <b> [c](d) `e`\n# f") == "\\*a\\* \\<b\\> \\[c\\](d) \\`e\\` \\# f"


@pytest.mark.parametrize(
    ("text", "question", "words"),
    [
        ("Q: Is a helmet compulsory?\n\nA: Only for riders under 16.\n", "Is a helmet compulsory?", "under 16"),
        ("Bring these to the ferry:\n\n- a warm coat\n", "What should I bring to the ferry?", "a warm coat"),
    ],
)
def test_what_asks_or_leads_in_comes_with_what_follows(text: str, question: str, words: str) -> None:
    answer = Assistant.from_texts({"a.md": text}).ask(question)
    assert any(words in citation.quote for citation in answer.citations)


def test_an_item_comes_with_what_leads_in_to_the_list() -> None:
    text = (
        "The tenant shall:\n\n- keep the windows clean\n- pay the rent on the first of each month\n\nPets may stay.\n"
    )
    answer = Assistant.from_texts({"lease.md": text}).ask("When must the tenant pay the rent?")
    assert [citation.quote for citation in answer.citations] == [
        "The tenant shall:",
        "- pay the rent on the first of each month",
    ]
    assert answer.text == "The tenant shall: [1]\\\n\\- pay the rent on the first of each month [2]"


def test_there_is_points_to_nothing_before_it() -> None:
    text = "Tom read out the report of the treasurer. There are 37 people on the waiting list."
    answer = Assistant.from_texts({"club.txt": text}).ask("How many people are on the waiting list?")
    assert [citation.quote for citation in answer.citations] == ["There are 37 people on the waiting list."]


FERRY = (
    "Bring these to the ferry:\n\n- a warm coat\n- a lamp\n- your ticket\n\nThe ferry leaves at noon from the pier.\n"
)


@pytest.mark.parametrize("question", ["What are the things to bring to the ferry?", "List what to bring to the ferry"])
def test_where_several_things_are_asked_for_a_list_is_given_as_a_whole(question: str) -> None:
    answer = Assistant.from_texts({"ferry.md": FERRY}).ask(question)
    assert [citation.quote for citation in answer.citations] == FERRY.replace("\n\n", "\n").split("\n")[:4]


def test_else_only_one_item_comes_with_what_leads_in() -> None:
    answer = Assistant.from_texts({"ferry.md": FERRY}).ask("What should I bring to the ferry?")
    assert "- your ticket" not in [citation.quote for citation in answer.citations]


def test_an_alternative_comes_with_the_others() -> None:
    text = "The council has three options. It could paint the pier. It could let the pier. Or it could do nothing.\n"
    answer = Assistant.from_texts({"pier.txt": text}).ask("Could the council do nothing?")
    assert " ".join(citation.quote for citation in answer.citations) == text.strip()
