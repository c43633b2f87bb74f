"""The questions that the page offers to begin with: made from the documents, and answered by them."""

from pathlib import Path

from assistant import Assistant
from assistant.web.examples import examples


def test_the_analysis_offers_three_questions_that_it_answers(analysis: Path, tmp_path: Path) -> None:
    assistant = Assistant(documents=analysis.parent, index=tmp_path)
    questions = examples(assistant)
    answers = [assistant.ask(question) for question in questions]
    assert len(set(questions)) == 3
    assert all(answer.answered for answer in answers)


def test_no_two_of_them_ask_for_the_same_sentence() -> None:
    text = "The Karst Survey is a society that was founded by Anna Rebmann, who mapped the caves."
    assistant = Assistant.from_texts({"caves.txt": text})
    assert assistant.ask("What is the Karst Survey?").answered
    assert assistant.ask("Who is Anna Rebmann?").answered
    assert len(examples(assistant)) == 1


def test_each_document_is_asked_about_before_any_is_asked_about_twice() -> None:
    assistant = Assistant.from_texts(
        {
            "caves.txt": "The Karst Survey is a society that was founded by Anna Rebmann, who mapped the caves.\n\n"
            "The Long Gallery is a cave that was found by the Karst Survey in 1911.\n\n"
            "The Blue Hall is a cave that was found by the Karst Survey in 1923.",
            "tower.txt": "The Skerry Lamp is a rotating light that was built by Peter Falk in 1884.",
            "bees.txt": "A worker bee is a bee that gathers nectar.",
        }
    )
    cited = [assistant.ask(question).citations[0].source for question in examples(assistant)]
    assert sorted(cited) == ["bees.txt", "caves.txt", "tower.txt"]


def test_a_long_list_of_names_is_no_hindrance() -> None:
    names = " ".join(f"Name{number}" for number in range(3_000))
    text = "The Karst Survey is a society that was founded by Anna Rebmann, who mapped the caves."
    assert len(examples(Assistant.from_texts({"caves.txt": text, "names.txt": names}))) == 1


def test_documents_without_names_or_headings_offer_none() -> None:
    assert examples(Assistant.from_texts({"note.txt": "it rained all day and we stayed in."})) == ()
