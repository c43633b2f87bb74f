"""The second look: a small language model reads the best passages before it is decided whether to answer."""

import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from assistant import Assistant
from assistant.answering.evidence import judge, quote
from assistant.answering.reading import Reader, reader, reconsider, shared_reader
from assistant.answering.reading.model import TOKENIZER
from assistant.answering.reading.prompt import LONGEST, heading_of, passage_tokens, plain
from assistant.types import Passage

LIGHTHOUSE = (
    "The lighthouse of Skerry was built in 1811 by Anna Malm, a shipowner's widow.",
    "It burned whale oil until 1870, when paraffin had become cheaper.",
    "About 4,000 people visit it every summer.",
    "It was closed in 2021, after a storm damaged the stairs.",
)
TEXTS = {"lighthouse.txt": " ".join(LIGHTHOUSE), "harbour.txt": "The harbour of Skerry freezes in January."}

TOKENS = Tokenizer.from_file(str(Path(reader.__file__).with_name(TOKENIZER)))
TOKENS.encode_special_tokens = True

LETTERS = "".join(map(chr, range(32, 127))) + "éüñçœžł’“”—\n\t"


def encode(text: str) -> list[int]:
    return list(TOKENS.encode(text, add_special_tokens=False).ids)


@pytest.fixture(scope="module")
def reads() -> Reader:
    found = shared_reader()
    assert found, "The packaged model is missing: make install"
    return found


ON_THE_TOPIC = pytest.mark.parametrize(
    ("answered", "near"),
    [
        ("When was the lighthouse built?", "When was the lighthouse sold?"),
        ("What fuel did the lighthouse burn?", "What does the keeper of the lighthouse earn?"),
        ("How many people visit the lighthouse?", "How many ships pass the lighthouse?"),
    ],
)


@ON_THE_TOPIC
def test_it_tells_an_answer_from_words_on_the_topic(reads: Reader, answered: str, near: str) -> None:
    assert reads.read(answered, LIGHTHOUSE).answers > reads.read(near, LIGHTHOUSE).answers


@ON_THE_TOPIC
def test_what_is_only_on_the_topic_is_declined(answered: str, near: str) -> None:
    assistant = Assistant.from_texts(TEXTS)
    assert assistant.ask(answered).answered
    assert not assistant.ask(near).answered


def test_a_sentence_is_read_by_itself_too(reads: Reader) -> None:
    question = "Who had the lighthouse built?"
    convinced = [reads.read(question, [sentence]).answers for sentence in LIGHTHOUSE]
    assert np.argmax(convinced) == 0
    assert convinced[0] > 0 > max(convinced[1:])


def test_a_reading_does_not_depend_on_what_was_asked_before(reads: Reader) -> None:
    questions = [f"How many people visited the lighthouse in {year}?" for year in range(1990, 2000)]
    alone = [reads.read(question, LIGHTHOUSE).answers for question in questions]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda question: reads.read(question, LIGHTHOUSE).answers, questions * 2))
    assert together == alone * 2


def test_it_tells_where_it_looked(reads: Reader) -> None:
    questions = {
        "Who had the lighthouse built?": 0,
        "How many people visit the lighthouse?": 2,
        "Why was it closed?": 3,
    }
    looks = {question: reads.read(question, LIGHTHOUSE).attention for question in questions}
    usual = np.mean(list(looks.values()), axis=0)
    assert {question: (look - usual).mean(axis=1).argmax() for question, look in looks.items()} == questions


def test_sentences_beyond_what_is_read_are_no_answer(reads: Reader) -> None:
    padding = ["The sea was calm that day and nothing of note was seen from the tower."] * 60
    reading = reads.read("Who had the lighthouse built?", [LIGHTHOUSE[0], *padding, LIGHTHOUSE[2]])
    assert reading.sentences.shape == (62,)
    assert np.isfinite(reading.sentences).all()
    assert np.isfinite(reading.attention).all()
    assert (reading.attention[-1] == reading.attention.min()).all()
    assert reading.sentences[0] > reading.sentences[-1]


MINUTES = """# Minutes of the Skerry boat club

## Apologies

Dana Wirth and Lee Osei.

## Elected to the board

Ruth Abara, Tom Lindqvist.

## Fees

| Boat | Member | Guest |
|---|---|---|
| Dinghy | 40 | 65 |
| Yacht | 120 | 180 |
"""


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who sent apologies?", "Dana Wirth and Lee Osei."),
        ("Who was elected to the board of the boat club?", "Ruth Abara, Tom Lindqvist."),
    ],
)
def test_what_a_sentence_lacks_may_stand_in_its_heading(question: str, answer: str) -> None:
    assert [citation.quote for citation in Assistant.from_texts({"minutes.md": MINUTES}).ask(question).citations] == [
        answer
    ]


def test_a_row_is_read_and_given_with_the_names_of_its_columns() -> None:
    answer = Assistant.from_texts({"minutes.md": MINUTES}).ask("What is the fee for a yacht?")
    assert [citation.quote for citation in answer.citations] == [
        "| Boat | Member | Guest |",
        "| Yacht | 120 | 180 |",
    ]


@pytest.mark.parametrize(
    ("title", "heading", "read"),
    [
        ("Skerry", "Costs › Travel", "Skerry › Costs › Travel"),
        ("Skerry", "Skerry", "Skerry"),
        ("Skerry", "", "Skerry"),
        ("2024 11", "Costs", "Costs"),
    ],
)
def test_a_passage_is_read_under_its_title_and_headings(title: str, heading: str, read: str) -> None:
    passage = Passage("a.md", 0, 5, "Cats.", title=title, heading=heading, paragraph=1)
    assert heading_of(passage) == read


@settings(max_examples=100)
@given(st.lists(st.text(LETTERS, min_size=1, max_size=40), min_size=1, max_size=12), st.text(LETTERS, max_size=400))
def test_each_sentence_is_read_where_it_is_said_to_be(sentences: list[str], heading: str) -> None:
    tokens = passage_tokens(sentences, encode, heading)
    assert len(tokens.ids) <= LONGEST
    assert [TOKENS.decode(tokens.ids[start:end]) for start, end in tokens.sentences] == [
        f" {plain(sentence)}" for sentence in sentences
    ]


def test_how_a_text_is_set_tells_nothing() -> None:
    assert plain("He said : `` Stop , now ! '' ( and\nleft ) .") == 'He said: " Stop, now! " (and left).'


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who had the lighthouse built?", LIGHTHOUSE[0]),
        ("What did the lighthouse burn at first?", LIGHTHOUSE[1]),
        ("How many visitors does the lighthouse have?", LIGHTHOUSE[2]),
        ("What happened to the stairs?", LIGHTHOUSE[3]),
    ],
)
def test_the_sentences_stay_and_are_judged_anew(reads: Reader, question: str, sentence: str) -> None:
    first = judge(question, Assistant.from_texts(TEXTS, reading=False).consider(question))
    second = reconsider(question, first, reads)
    assert quote(max(second.sentences, key=lambda one: one.score)) == sentence
    assert [(one.passage, one.span) for one in second.sentences] == [(one.passage, one.span) for one in first.sentences]
    assert second.confidence != first.confidence
    assert all(0 <= one.score <= 1 for one in second.sentences)


def test_it_can_be_left_out() -> None:
    question = "Who had the lighthouse built?"
    with_it, without = (Assistant.from_texts(TEXTS, reading=reading).ask(question) for reading in (True, False))
    assert with_it.answered
    assert without.answered
    assert with_it.confidence != without.confidence


@pytest.mark.parametrize("content", [None, b"another model"], ids=["missing", "another one"])
def test_without_its_model_the_first_look_decides(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "weights.gguf"
    if content:
        file.write_bytes(content)
    monkeypatch.setattr(reader, "packaged_file", lambda: file if content else None)
    reader.loaded_reader.cache_clear()
    caplog.set_level(logging.INFO)
    try:
        question = "Who had the lighthouse built?"
        found, first = (Assistant.from_texts(TEXTS, reading=reading).ask(question) for reading in (True, False))
    finally:
        reader.loaded_reader.cache_clear()
    assert found.answered
    assert found.confidence == first.confidence
    assert "decided on without it" in caplog.text
