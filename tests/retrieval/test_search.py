"""Retrieval: the right words, verbatim, wherever the indexed passages were cut."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant import Assistant
from assistant.errors import QuestionError
from assistant.types import Passage

FILLER = "The committee met on several days and heard many opinions on the matter, none of which was recorded. "
TEXTS = {
    "bridges.txt": "The Iron Bridge in Shropshire was finished in 1779. It was the first large bridge of cast iron.\n\n"
    "The Brooklyn Bridge opened in 1883 and joins Manhattan with Brooklyn.",
    "bees.md": "# Bees\n\nA honey bee colony holds up to 60,000 workers in summer.\n\n## Queens\n\n"
    "The queen lays 1,500 eggs a day.",
    "long.txt": FILLER * 9 + "Żółkiewski O’Brien-Łoś signed the treaty of Köln on 4 May 1612. " + FILLER * 9,
}


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return Assistant.from_texts(TEXTS)


def verbatim(passage: Passage) -> bool:
    return TEXTS[passage.source][passage.start : passage.end] == passage.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("When was the Iron Bridge completed?", "1779"),
        ("Which two places does the Brooklyn Bridge connect?", "Manhattan"),
        ("How many eggs does a queen lay?", "1,500 eggs"),
        ("zolkiewski", "Żółkiewski"),
        ("What did O'Brien Los sign in Koln?", "treaty"),
        ("1612", "4 May 1612"),
    ],
)
def test_the_first_passage_holds_the_answer(assistant: Assistant, question: str, words: str) -> None:
    first = assistant.retrieve(question)[0]
    assert words in first.text
    assert verbatim(first)


def test_passages_are_best_first_and_do_not_overlap(assistant: Assistant) -> None:
    passages = assistant.retrieve("bridge over the river", k=10)
    assert len(passages) > 1
    assert [p.score for p in passages] == sorted((p.score for p in passages), reverse=True)
    for one in passages:
        others = (other for other in passages if other is not one and other.source == one.source)
        assert all(one.end <= other.start or other.end <= one.start for other in others)


def test_k_is_the_most_that_comes_back(assistant: Assistant) -> None:
    assert len(assistant.retrieve("treaty", k=1)) == 1
    assert len(assistant.retrieve("treaty", k=1000)) >= 4


def test_only_the_chosen_documents_are_searched(assistant: Assistant) -> None:
    chosen = ["bees.md", "long.txt"]
    assert {passage.source for passage in assistant.retrieve("Iron Bridge", k=20, sources=chosen)} == set(chosen)
    with pytest.raises(QuestionError, match=r"unknown\.txt"):
        assistant.retrieve("Iron Bridge", sources=["unknown.txt"])


def test_a_passage_tells_its_place(assistant: Assistant) -> None:
    passage = assistant.retrieve("eggs of the queen", k=1)[0]
    assert (passage.source, passage.title, passage.heading, passage.paragraph) == ("bees.md", "Bees", "Queens", 1)
    assert passage.sentences[0].start == passage.start


def test_text_that_stands_in_several_places_is_given_once_where_it_comes_first() -> None:
    copied = "The lighthouse keeper counted 4,711 ships in the winter of the great storm. "
    texts = {"a.txt": FILLER * 8 + copied + FILLER * 8, "b.txt": copied + FILLER * 8}
    passages = Assistant.from_texts(texts).retrieve("How many ships did the lighthouse keeper count?", k=10)
    assert [passage.source for passage in passages if copied.strip() in passage.text] == ["a.txt"]


def test_an_answer_across_the_border_of_two_indexed_passages_is_not_cut_in_two() -> None:
    answer = "The dam broke at noon after a week of rain. It broke because its spillway had been blocked with timber. "
    for before in range(3, 9):
        text = FILLER * before + answer + FILLER * 9
        passage = Assistant.from_texts({"dam.txt": text}).retrieve("Why did the dam break?", k=1)[0]
        assert answer.strip() in passage.text


@settings(max_examples=25)
@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=3), st.text(min_size=1).filter(str.strip))
def test_whatever_the_text_and_the_question_passages_are_verbatim(texts: list[str], question: str) -> None:
    named = {f"{number}.txt": text for number, text in enumerate(texts)}
    for passage in Assistant.from_texts(named).retrieve(question[:100], k=4):
        assert named[passage.source][passage.start : passage.end] == passage.text


@pytest.mark.parametrize("question", ["", "   \n", "x" * 2001])
def test_a_question_that_cannot_be_searched_for_is_refused(assistant: Assistant, question: str) -> None:
    with pytest.raises(QuestionError, match="question"):
        assistant.retrieve(question)


@pytest.mark.parametrize("k", [0, -1, 1_000_000])
def test_a_number_of_passages_that_makes_no_sense_is_refused(assistant: Assistant, k: int) -> None:
    with pytest.raises(QuestionError, match=f"k is {k}"):
        assistant.retrieve("bridge", k=k)


@pytest.mark.parametrize("call", ["invoke", "ainvoke"])
def test_other_peoples_chains_can_use_it(assistant: Assistant, call: str) -> None:
    retriever = assistant.as_retriever(k=2)
    run: Callable[[str], object] = getattr(retriever, call)
    found = run("How many eggs does a queen lay?")
    documents = asyncio.run(found) if asyncio.iscoroutine(found) else found
    assert "1,500" in documents[0].page_content  # type: ignore[index]
    assert documents[0].metadata["source"] == "bees.md"  # type: ignore[index]


def test_threads_find_the_same(assistant: Assistant) -> None:
    questions = ["Iron Bridge", "eggs of the queen", "the treaty of Köln"] * 8
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(assistant.retrieve, questions))
    assert found[:3] * 8 == found
