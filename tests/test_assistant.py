"""The Python API, as its users call it."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest

import assistant as package
from assistant import Assistant, AssistantError, retrieve
from assistant.errors import DocumentError, IndexingError, QuestionError, SettingsError
from assistant.types import Message

FERRY = "The ferry to Sark leaves at noon. It carries 40 passengers and no cars."


@pytest.fixture
def documents(working_folder: Path) -> Path:
    folder = working_folder / "documents"
    folder.mkdir()
    (folder / "ferry.txt").write_text(FERRY, encoding="utf-8")
    return folder


def test_the_public_names_are_all_there_is() -> None:
    assert package.__all__ == ["Assistant", "AssistantError", "retrieve"]


def test_the_first_question_builds_the_index(documents: Path) -> None:
    assert retrieve("When does the ferry leave?", k=1)[0].source == "ferry.txt"
    assert Assistant(documents=documents, index="index").status().index.documents == 1


def test_an_index_that_was_deleted_is_built_again(documents: Path) -> None:
    import shutil

    assistant = Assistant(documents=documents, index="index")
    assistant.retrieve("ferry")
    shutil.rmtree("index")
    assert assistant.retrieve("ferry")


def test_getting_ready_builds_no_index(documents: Path) -> None:
    assistant = Assistant(documents=documents, index="index")
    assistant.prepare()
    assert not Path("index").exists()
    assistant.reindex()
    assistant.prepare()
    assert assistant.retrieve("ferry")


def test_getting_ready_says_what_stands_in_the_way(documents: Path) -> None:
    Assistant(documents=documents, index="index").reindex()
    Path("model").mkdir()
    with pytest.raises(SettingsError, match="ASSISTANT_MODEL"):
        Assistant(documents=documents, index="index", model="model").prepare()


def test_an_answer_is_verbatim_and_says_which_index_gave_it(documents: Path) -> None:
    assistant = Assistant(documents=documents, index="index")
    answer = assistant.ask("How many passengers does the ferry to Sark carry?")
    assert answer.answered
    assert answer.citations
    for number, citation in enumerate(answer.citations, start=1):
        assert citation.number == number
        assert f"[{number}]" in answer.text
        assert assistant.document(citation.source).text[citation.start : citation.end] == citation.quote
    assert answer.index == assistant.index


def test_a_question_that_nothing_answers_is_declined_without_citations(documents: Path) -> None:
    answer = Assistant(documents=documents, index="index").ask("Who painted the ceiling of the Sistine Chapel?")
    assert not answer.answered
    assert answer.citations == ()
    assert answer.passages
    assert "[" not in answer.text


def test_a_follow_up_builds_on_the_conversation(documents: Path) -> None:
    assistant = Assistant(documents=documents, index="index")
    answer = assistant.ask(
        "And how many passengers does it carry?",
        history=[
            {"role": "user", "content": "When does the ferry to Sark leave?"},
            {"role": "assistant", "content": "At noon."},
        ],
    )
    assert "40 passengers" in answer.text


def test_a_short_question_on_something_else_is_not_taken_for_a_follow_up(documents: Path) -> None:
    (documents / "bridge.txt").write_text("The Iron Bridge opened on 1 January 1781.", encoding="utf-8")
    history: list[Message] = [{"role": "user", "content": "Does the ferry to Sark carry any cars?"}]
    answer = Assistant(documents=documents, index="index").ask("When did the bridge open?", history)
    assert answer.searched_for == "When did the bridge open?"
    assert "1781" in answer.text


def test_a_question_that_the_conversation_does_not_help_is_taken_as_it_was_asked(documents: Path) -> None:
    answer = Assistant(documents=documents, index="index").ask(
        "What is the capital of France?",
        history=[
            {"role": "user", "content": "When does the ferry to Sark leave?"},
            {"role": "assistant", "content": "The ferry to Sark leaves at noon. [1]"},
        ],
    )
    assert (answer.answered, answer.searched_for) == (False, "What is the capital of France?")


def test_a_person_that_the_conversation_did_not_find_stands_in_nobodys_way(documents: Path) -> None:
    (documents / "bridge.txt").write_text("Anna Malm, an engineer, built the Iron Bridge.", encoding="utf-8")
    history: list[Message] = [{"role": "user", "content": "Who is Nina Keller?"}]
    answer = Assistant(documents=documents, index="index").ask("Who is Malm?", history)
    assert answer.answered
    assert answer.searched_for == "Who is Malm?"


def test_a_history_and_a_choice_of_documents_may_come_one_by_one(documents: Path) -> None:
    assistant = Assistant(documents=documents, index="index")
    history = assistant.ask("How many passengers does the ferry to Sark carry?").messages
    follow_up = "And does it carry any cars?"
    said = assistant.ask(follow_up, history, ["ferry.txt"])
    assert assistant.ask(follow_up, iter(history), iter(["ferry.txt"])) == said
    assert assistant.ask(follow_up, None) == assistant.ask(follow_up, [])


def test_a_document_that_was_never_read_cannot_be_asked(documents: Path) -> None:
    (documents / "torn.pdf").write_bytes(b"%PDF-1.7 torn")
    assistant = Assistant(documents=documents, index="index")
    with pytest.raises(QuestionError, match=r"Nothing was ever read of torn\.pdf \(.+\); choose other documents"):
        assistant.ask("How many passengers does the ferry to Sark carry?", sources=["torn.pdf", "ferry.txt"])


def test_a_folder_that_is_followed_may_be_emptied_where_that_is_said(documents: Path) -> None:
    following = Assistant(documents=documents, index="index").watch(allow_empty=True)
    added = next(following).added
    for file in documents.iterdir():
        file.unlink()
    assert next(following).removed == added


def test_where_there_are_no_documents_nothing_is_left_behind(working_folder: Path) -> None:
    with pytest.raises(IndexingError, match="The documents folder documents cannot be read"):
        Assistant().ask("ferry")
    assert list(working_folder.iterdir()) == []


def test_the_plain_text_of_an_answer_has_its_words_and_marks() -> None:
    assistant = Assistant.from_texts({"fees.txt": "The ferry to Sark costs $5 & up [see_prices]."})
    answer = assistant.ask("What does the ferry to Sark cost?")
    assert answer.plain == "The ferry to Sark costs $5 & up [see_prices]. [1]"
    assert answer.messages[1]["content"] == answer.plain


def test_texts_in_memory_leave_nothing_on_disk(working_folder: Path) -> None:
    assistant = Assistant.from_texts({"ferry.txt": FERRY})
    assert assistant.document("ferry.txt").text == FERRY
    assert assistant.documents()[0].source == "ferry.txt"
    assert list(working_folder.iterdir()) == []
    with pytest.raises(IndexingError, match="memory"):
        assistant.reindex()


def test_an_empty_text_is_left_out_and_the_others_are_asked() -> None:
    assistant = Assistant.from_texts({"ferry.txt": FERRY, "blank.txt": " \n"})
    assert [record.source for record in assistant.documents()] == ["ferry.txt"]


def test_a_question_without_a_word_is_declined(documents: Path) -> None:
    assistant = Assistant(documents=documents, index="index")
    assert not any(assistant.ask(question).answered for question in ("?", "…", "🤔"))


def test_a_document_is_chosen_by_its_name_however_its_accents_are_stored(tmp_path: Path) -> None:
    documents = tmp_path / "named"
    documents.mkdir()
    (documents / unicodedata.normalize("NFD", "résumé.txt")).write_text(
        "The ferry carries 200 people.", encoding="utf-8"
    )
    answer = Assistant(documents=documents, index="index").ask(
        "How many people does the ferry carry?", sources=["résumé.txt"]
    )
    assert {passage.source for passage in answer.passages} == {unicodedata.normalize("NFD", "résumé.txt")}


def test_a_refusal_says_that_not_all_documents_were_asked() -> None:
    texts = {"ferry.txt": "The ferry carries 200 people.", "bees.txt": "A queen lays 1,500 eggs a day."}
    assistant = Assistant.from_texts(texts)
    question = "How many people does the ferry carry?"
    assert assistant.ask(question).answered
    assert assistant.ask(question, sources=["bees.txt"]).note == "Of 2 documents, 1 was asked."
    assert assistant.ask("Why is the sky blue?", sources=["bees.txt", "ferry.txt"]).note == ""


def test_there_is_one_sentence_for_each_mistake(documents: Path) -> None:
    assistant = Assistant(documents=documents, index="index")
    nothing: Any = None
    text: Any = "5"
    paths: Any = [Path("ferry.txt")]
    text_of_it: Any = "ferry"
    incomplete: Any = [{"role": "user"}]
    unnamed: Any = ["A ferry."]
    undecoded: Any = {"half.txt": b"A ferry."}
    with pytest.raises(QuestionError, match="empty"):
        assistant.ask("  ")
    with pytest.raises(QuestionError, match="No document is chosen"):
        assistant.ask("ferry", sources=[])
    with pytest.raises(QuestionError, match=r"The choice of documents is 'ferry\.txt'; pass a list"):
        assistant.retrieve("ferry", sources="ferry.txt")
    with pytest.raises(QuestionError, match=r"The path of a document is .*ferry\.txt.*; pass a text"):
        assistant.ask("ferry", sources=paths)
    with pytest.raises(DocumentError, match=r"nowhere\.txt"):
        assistant.document("nowhere.txt")
    with pytest.raises(QuestionError, match=r"The index has no fery\.txt"):
        assistant.ask("ferry", sources=["fery.txt", "ferry.txt"])
    with pytest.raises(QuestionError, match="The question has characters that are no Unicode text"):
        assistant.ask("caf\udce9?")
    with pytest.raises(QuestionError, match="The question is None; pass a text"):
        assistant.ask(nothing)
    with pytest.raises(QuestionError, match="k is '5'; pass a whole number"):
        assistant.retrieve("ferry", k=text)
    with pytest.raises(QuestionError, match=r"Message 1 of the history is \{'role': 'user'\}"):
        assistant.ask("ferry", history=incomplete)
    with pytest.raises(QuestionError, match="The history is 'ferry'; pass a list of messages"):
        assistant.ask("ferry", history=text_of_it)
    with pytest.raises(DocumentError, match=r"half\.txt: there are characters that are no Unicode text"):
        Assistant.from_texts({"half.txt": "caf\udce9"})
    with pytest.raises(DocumentError, match=r"caf\\udce9: there are characters that are no Unicode text"):
        Assistant.from_texts({"caf\udce9": "A ferry."})
    with pytest.raises(QuestionError, match="The path of a document has characters that are no Unicode text"):
        assistant.document("caf\udce9")
    with pytest.raises(DocumentError, match=r"The texts are \['A ferry\.'\]; pass them by name"):
        Assistant.from_texts(unnamed)
    with pytest.raises(DocumentError, match=r"'half\.txt' is b'A ferry\.'; pass a text by its name"):
        Assistant.from_texts(undecoded)
    with pytest.raises(DocumentError, match=r"blank\.txt is empty"):
        Assistant.from_texts({"blank.txt": " \n"})
    with pytest.raises(SettingsError, match="ASSISTANT_CAUTION cannot be used"):
        Assistant(caution="reckless")
    with pytest.raises(AssistantError, match="nothing-here"):
        Assistant(documents="nothing-here", index="elsewhere").ask("ferry")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("passage_character", "'passage_character' is not a setting; did you mean 'passage_characters'?"),
        ("chatmodel", "'chatmodel' is not a setting; did you mean 'chat_model'?"),
        ("colour", "'colour' is not a setting; choose one of: documents, index, model, "),
    ],
)
def test_an_argument_that_is_no_setting_is_refused_by_name(name: str, said: str) -> None:
    options: dict[str, Any] = {name: 300}
    with pytest.raises(SettingsError) as refused:
        Assistant(**options)
    assert str(refused.value).startswith(said)


def test_a_name_that_is_no_setting_matters_only_where_it_is_an_argument(
    working_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_COLOUR", "blue")
    (working_folder / ".env").write_text("OTHER_PROGRAM=1\nASSISTANT_CAUTION=high\n", encoding="utf-8")
    assert Assistant().settings.caution == "high"


def test_an_empty_address_of_a_chroma_server_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_CHROMA_URL", "")
    assert Assistant().settings.chroma_url is None


def test_an_address_of_a_chroma_server_without_its_scheme_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_CHROMA_URL", "localhost:8000")
    with pytest.raises(SettingsError, match=r"ASSISTANT_CHROMA_URL cannot be used: .*a URL, such as http://"):
        Assistant()
