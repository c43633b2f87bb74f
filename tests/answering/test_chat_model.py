"""A chat model writes the answer: cited while it streams, verified at the end, and never in the way when it fails."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

import pytest

from assistant import Assistant
from assistant.answering.chat_model.declining import declines
from assistant.errors import QuestionError, SettingsError
from assistant.types import Answer, Message

if TYPE_CHECKING:
    from tests.conftest import Exchange, ScriptedServer

Make = Callable[..., Assistant]

QUESTION = "How many hives did the council of Graz place on the roofs of its schools?"
PLACED = "The council of Graz placed forty hives on the roofs of its schools"


def test_without_a_chat_model_the_answer_is_quoted(notes: dict[str, str]) -> None:
    assistant = Assistant.from_texts(notes)
    assert assistant.writers == ("extractive",)
    assert [answer.writer for answer in assistant.stream(QUESTION)] == ["extractive"]


def test_what_the_evidence_supports_stands_with_its_citation(writing: Make) -> None:
    answer = writing().ask(QUESTION)
    assert answer.writer == "fake"
    assert answer.text == f"{PLACED}. [1]"
    assert answer.citations[0].quote == f"{PLACED} in April 2019."
    assert [(one.text, one.citations, one.unsupported) for one in answer.statements] == [(f"{PLACED}.", (1,), None)]


def test_marks_become_citations_while_it_streams(writing: Make, scripted: ScriptedServer) -> None:
    scripted.replies("The council ", "of Graz placed forty hives", " [", "1", "] on roofs", " of schools [77].")
    *drafts, last = writing().stream(QUESTION)
    texts = [draft.text for draft in drafts]
    assert "The council" in texts
    assert not any("[7" in text or text.endswith("[") for text in [*texts, last.text])
    assert any(draft.citations and draft.citations[0].number == 1 for draft in drafts)


def test_an_unsupported_sentence_is_struck_through_with_its_reason(writing: Make, scripted: ScriptedServer) -> None:
    scripted.replies(f"{PLACED} [1]. It has ninety hives in Vienna [2].")
    answer = writing().ask(QUESTION)
    assert answer.text == f"{PLACED}. [1] ~~It has ninety hives in Vienna.~~"
    assert answer.statements[1].citations == ()
    assert "evidence" in (answer.statements[1].unsupported or "")


def test_or_it_is_left_out(writing: Make, scripted: ScriptedServer) -> None:
    scripted.replies(f"{PLACED} [1]. It has ninety hives in Vienna [2].")
    assert writing(unsupported="drop").ask(QUESTION).text == f"{PLACED}. [1]"


def test_a_wrong_mark_is_put_right(writing: Make, scripted: ScriptedServer) -> None:
    scripted.replies("The beekeeper Lukas Maier teaches the children every Tuesday [1].")
    answer = writing().ask("What does the beekeeper Lukas Maier teach the children?")
    assert [citation.quote for citation in answer.citations] == [
        "The beekeeper Lukas Maier teaches the children every Tuesday."
    ]


def test_where_nothing_stands_the_documents_are_quoted(writing: Make, scripted: ScriptedServer) -> None:
    scripted.replies("Vienna has ninety thousand hives on its cathedral [1].")
    answer = writing().ask(QUESTION)
    assert answer.writer == "extractive"
    assert "forty hives" in answer.text
    assert "do not support" in answer.note


@pytest.mark.parametrize(
    "reply",
    [
        "The documents do not answer this.",
        "I'm sorry, but the evidence does not say who did that [1].",
        "There is no information about it [1][2].",
        "I don't know.",
    ],
)
def test_a_model_that_does_not_know_cites_nothing(writing: Make, scripted: ScriptedServer, reply: str) -> None:
    scripted.replies(reply)
    answer = writing().ask(QUESTION)
    assert (answer.answered, answer.citations, answer.text) == (False, (), "The documents do not answer this.")
    assert answer.statements == ()


@pytest.mark.parametrize(
    "struck",
    [
        "The council of Graz does not provide refunds.",
        "North Korea did not provide a date for the summit.",
        "The cause of the fire is unknown.",
        "Police found no evidence of it in Vienna.",
    ],
)
def test_a_fact_about_what_is_not_is_no_refusal(writing: Make, scripted: ScriptedServer, struck: str) -> None:
    scripted.replies(f"{struck} {PLACED} [1].")
    answer = writing().ask(QUESTION)
    assert answer.text == f"~~{struck}~~ {PLACED}. [1]"
    scripted.replies(struck)
    assert writing().ask(QUESTION).writer == "extractive"


@pytest.mark.parametrize(
    "sentence",
    [
        "Based on the evidence, I cannot answer the question.",
        "The provided text also does not mention that.",
        "The evidence provided doesn’t contain any information about it.",
        "Unfortunately, the date is not given in the documents.",
        "There is no evidence for that in the given context.",
        "I do not have enough information to answer.",
        "I’m not sure.",
        "I was unable to find that.",
        "The documents say nothing about it.",
        "It is unknown.",
    ],
)
def test_who_says_that_the_question_is_not_answered_declines(sentence: str) -> None:
    assert declines(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "There was no evidence that he had been there.",
        "The information ministry did not say why.",
        "The documents of the court were not found in Vienna.",
        "The council has no information on the cost.",
        "Iran does not have nuclear weapons.",
        "It does not include breakfast.",
    ],
)
def test_who_says_what_is_not_so_does_not_decline(sentence: str) -> None:
    assert not declines(sentence)


def test_what_the_evidence_supports_is_told_even_after_a_refusal(writing: Make, scripted: ScriptedServer) -> None:
    scripted.replies(f"I am not sure that I can answer this. {PLACED} [1].")
    assert writing().ask(QUESTION).text == f"{PLACED}. [1]"


def test_a_last_sentence_may_lack_its_full_stop(writing: Make, scripted: ScriptedServer) -> None:
    scripted.replies(f"{PLACED} [1]. The beekeeper Lukas Maier teaches the children every Tuesday [2]")
    assert writing().ask(QUESTION).text.endswith("The beekeeper Lukas Maier teaches the children every Tuesday [2]")


def test_a_last_sentence_that_was_cut_by_length_is_left_out(writing: Make, scripted: ScriptedServer) -> None:
    scripted.play(lambda exchange: exchange.say(f"{PLACED} [1]. The beekeeper Lukas Maier", finish="length"))
    assert writing().ask(QUESTION).text == f"{PLACED}. [1]"


def test_without_evidence_the_model_is_not_asked(writing: Make, scripted: ScriptedServer) -> None:
    assert not writing().ask("Who won the football world cup in 1974?").answered
    assert scripted.requests == []


def test_the_quoted_answer_can_be_chosen(writing: Make, scripted: ScriptedServer) -> None:
    assistant = writing()
    assert assistant.writers == ("extractive", "fake")
    assert assistant.ask(QUESTION, writer="extractive").writer == "extractive"
    assert scripted.requests == []
    with pytest.raises(QuestionError, match="extractive, fake"):
        assistant.ask(QUESTION, writer="someone")


def test_a_follow_up_is_searched_for_in_the_models_words(writing: Make, scripted: ScriptedServer) -> None:
    history: list[Message] = [
        {"role": "user", "content": "Who is the beekeeper Lukas Maier?"},
        {"role": "assistant", "content": "The beekeeper Lukas Maier teaches the children. [1]"},
    ]
    scripted.play(
        lambda exchange: exchange.say("When does Lukas Maier teach the children?"),
        lambda exchange: exchange.say("The beekeeper Lukas Maier teaches the children every Tuesday [1]."),
    )
    answer = writing().ask("When does he teach the children?", history=history)
    assert answer.searched_for == "When does Lukas Maier teach the children?"
    assert "Tuesday" in answer.text


def test_of_a_whole_document_the_model_is_given_the_beginning_and_the_end(
    writing: Make, scripted: ScriptedServer
) -> None:
    days = "".join(f"On day {day} the bees of Graz flew to the fields in the east.\n\n" for day in range(2, 40))
    text = f"# A diary\n\nThe bees came to Graz in a box of straw.\n\n{days}The last bees slept in October.\n"
    scripted.replies("The bees came to Graz in a box of straw [1].")
    history: list[Message] = [{"role": "user", "content": "Who is the beekeeper Lukas Maier?"}]
    answer = writing({"diary.md": text}).ask("Summarise the diary", history)
    assert (answer.writer, answer.searched_for) == ("fake", "Summarise the diary")
    assert len(scripted.requests) == 1
    assert "in a box of straw" in scripted.told()
    assert "slept in October" in scripted.told()


@pytest.mark.parametrize(
    "rewriting",
    [
        lambda exchange: exchange.say("When did Napoleon teach the children?"),
        lambda exchange: exchange.say("He teaches on Tuesday."),
        lambda exchange: exchange.say("When?"),
        lambda exchange: exchange.say("When does the beekeeper Lukas Maier teach the children? " * 8),
        lambda exchange: exchange.say(""),
        lambda exchange: exchange.refuse(500),
    ],
    ids=["another name", "an answer", "too little", "too long", "nothing", "a failure"],
)
def test_a_rewriting_that_asks_something_else_is_not_used(
    writing: Make, scripted: ScriptedServer, notes: dict[str, str], rewriting: Callable[[Exchange], None]
) -> None:
    question = "When does he teach the children?"
    history: list[Message] = [{"role": "user", "content": "Who is the beekeeper Lukas Maier?"}]
    alone = Assistant.from_texts(notes).ask(question, history=history).searched_for
    assert alone != question
    scripted.play(rewriting, lambda exchange: exchange.say(f"{PLACED} [1]."))
    assert writing().ask(question, history=history).searched_for == alone
    assert f"Question: {alone}" in scripted.told()


def test_an_answer_is_kept(scripted: ScriptedServer, notes: dict[str, str], working_folder: Path) -> None:
    (working_folder / "documents").mkdir()
    (working_folder / "documents" / "bees.md").write_text(notes["bees.md"], encoding="utf-8")
    options = {"chat_model": "fake", "chat_model_url": scripted.url}
    first = Assistant(**options).ask(QUESTION)
    again = Assistant(**options).ask(QUESTION)
    assert (first.text, len(scripted.requests)) == (again.text, 1)
    Assistant(**options, cache_megabytes=0).ask(QUESTION)
    assert len(scripted.requests) == 2


def test_another_server_another_path_or_another_length_gets_an_answer_of_its_own(
    scripted: ScriptedServer, notes: dict[str, str], working_folder: Path
) -> None:
    (working_folder / "documents").mkdir()
    (working_folder / "documents" / "bees.md").write_text(notes["bees.md"], encoding="utf-8")
    for path, reply in (("a/v1", 100), ("a/v1", 200), ("b/v1", 200), ("b/v1", 200)):
        url = f"{scripted.url}/{path}"
        Assistant(chat_model="fake", chat_model_url=url, chat_model_reply=reply).ask(QUESTION)
    assert len(scripted.requests) == 3


def test_an_answer_that_was_cut_by_length_is_not_kept(
    scripted: ScriptedServer, notes: dict[str, str], working_folder: Path
) -> None:
    (working_folder / "documents").mkdir()
    (working_folder / "documents" / "bees.md").write_text(notes["bees.md"], encoding="utf-8")
    scripted.play(lambda exchange: exchange.say(f"{PLACED} [1].", finish="length"))
    assistant = Assistant(chat_model="fake", chat_model_url=scripted.url)
    assert [assistant.ask(QUESTION).writer for _ in range(2)] == ["fake", "fake"]
    assert len(scripted.requests) == 2


def hang(exchange: Exchange) -> None:
    exchange.begin()
    # Nothing more comes from a client but its end.
    exchange.handler.rfile.read(1)


def die(exchange: Exchange) -> None:
    exchange.begin()
    exchange.send({"content": "The council of Graz placed"})
    exchange.handler.connection.close()


def never_end(exchange: Exchange) -> None:
    exchange.begin()
    while True:
        exchange.send({"content": "The council of Graz placed hives. "})
        sleep(0.005)


def garbage(exchange: Exchange) -> None:
    exchange.begin()
    exchange.handler.wfile.write(b"data: {not json}\n\n")


FAILURES: dict[str, tuple[Callable[[Exchange], None], str]] = {
    "silent": (hang, "took too long"),
    "dead in mid-stream": (die, "broke off"),
    "endless": (never_end, "did not come to an end"),
    "empty": (lambda exchange: exchange.say(""), "said nothing"),
    "thinking only": (lambda exchange: exchange.say("<think>hm</think>"), "do not support"),
    "unreadable": (garbage, "cannot be read"),
    "filtered": (lambda exchange: exchange.say("The", finish="content_filter"), "content filter"),
    "wrong key": (lambda exchange: exchange.refuse(401, "Incorrect API key: sk-secret"), "ASSISTANT_CHAT_MODEL_KEY"),
    "unknown model": (lambda exchange: exchange.refuse(404), "no chat model fake"),
    "too long": (lambda exchange: exchange.refuse(400, "context length"), "ASSISTANT_CHAT_MODEL_CONTEXT"),
    "overrun": (lambda exchange: exchange.refuse(429), "wait"),
    "broken": (lambda exchange: exchange.refuse(500), "(500)"),
    "malformed marks": (lambda exchange: exchange.say("[[[1] ninety [2] [ [99999999999] ]["), "do not support"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_leaves_the_quoted_answer_and_the_next_question_works(
    writing: Make, scripted: ScriptedServer, failure: str, caplog: pytest.LogCaptureFixture
) -> None:
    script, reason = FAILURES[failure]
    scripted.play(script, lambda exchange: exchange.say(f"{PLACED} [1]."))
    assistant = writing(chat_model_silence=5.0, chat_model_reply=60, chat_model_key="sk-secret")
    answer = assistant.ask(QUESTION)
    assert (answer.writer, answer.answered) == ("extractive", True)
    assert reason in answer.note
    assert "\n" not in answer.note
    assert "sk-secret" not in answer.note + caplog.text
    assert assistant.ask(QUESTION).writer == "fake"


def test_an_answer_that_takes_too_long_is_given_up(writing: Make, scripted: ScriptedServer) -> None:
    scripted.play(never_end)
    answer = writing(chat_model_seconds=1.0, chat_model_reply=100_000, chat_model_context=200_000).ask(QUESTION)
    assert answer.writer == "extractive"
    assert "took too long" in answer.note


def test_a_server_that_is_not_there_is_told(writing: Make) -> None:
    answer = writing(chat_model_url="http://127.0.0.1:9").ask(QUESTION)
    assert answer.writer == "extractive"
    assert "cannot be reached (127.0.0.1:9)" in answer.note


@pytest.mark.parametrize(
    ("model", "told"),
    [
        ("openai:gpt", "OPENAI_API_KEY"),
        ("azure_openai:gpt", "azure_openai:gpt cannot be set up (OpenAIError); set ASSISTANT_CHAT_MODEL_KEY"),
        ("groq:llama", "langchain-groq"),
        ("nonsense", "names no chat model"),
    ],
)
def test_what_is_missing_is_told(notes: dict[str, str], monkeypatch: pytest.MonkeyPatch, model: str, told: str) -> None:
    for variable in ("OPENAI_API_KEY", "AZURE_OPENAI_API_KEY", "AZURE_OPENAI_AD_TOKEN"):
        monkeypatch.delenv(variable, raising=False)
    answer = Assistant.from_texts(notes, chat_model=model).ask(QUESTION)
    assert told in answer.note
    assert (answer.writer, answer.answered) == ("extractive", True)


def test_a_client_that_wants_more_than_a_key_is_no_unknown_name(
    notes: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_VERSION", raising=False)
    note = Assistant.from_texts(notes, chat_model="azure_openai:gpt", chat_model_key="sk-secret").ask(QUESTION).note
    assert "cannot be set up" in note
    assert "sk-secret" not in note


@pytest.mark.parametrize("url", ["http://localhost:port", "http://:8080", "http://[::1", "http://me:secret@host:99999"])
def test_a_url_that_is_none_is_refused_by_its_setting(notes: dict[str, str], url: str) -> None:
    with pytest.raises(SettingsError, match="ASSISTANT_CHAT_MODEL_URL") as refused:
        Assistant.from_texts(notes, chat_model="fake", chat_model_url=url)
    assert "secret" not in str(refused.value)


def test_a_reply_that_leaves_no_room_to_read_is_refused_by_its_setting(notes: dict[str, str]) -> None:
    with pytest.raises(SettingsError, match=r"ASSISTANT_CHAT_MODEL_REPLY.*half of ASSISTANT_CHAT_MODEL_CONTEXT"):
        Assistant.from_texts(notes, chat_model="fake", chat_model_context=512)


def test_what_fails_in_passing_is_tried_again(writing: Make, scripted: ScriptedServer) -> None:
    scripted.play(lambda exchange: exchange.refuse(503), lambda exchange: exchange.say(f"{PLACED} [1]."))
    assert writing(chat_model_retries=1).ask(QUESTION).writer == "fake"


def test_a_key_for_another_server_stays_here(
    writing: Make, scripted: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-openai")
    writing().ask(QUESTION)
    assert "sk-openai" not in scripted.requests[0]["key"]


def test_stopping_hangs_up_on_the_server(writing: Make, scripted: ScriptedServer) -> None:
    scripted.play(never_end)
    stream = writing(chat_model_reply=100_000, chat_model_context=200_000).stream(QUESTION)
    assert next(stream).writer == "fake"
    stream.close()  # type: ignore[attr-defined]
    assert scripted.hung_up.wait(timeout=60)


def test_a_server_that_says_nothing_can_be_stopped(writing: Make, scripted: ScriptedServer) -> None:
    asked, left = threading.Event(), threading.Event()

    def keep_silent(exchange: Exchange) -> None:
        exchange.begin()
        asked.set()
        # Nothing more comes from a client but its end.
        if exchange.handler.rfile.read(1) == b"":
            left.set()

    scripted.play(keep_silent)
    stream = writing().stream(QUESTION)
    assert isinstance(next(stream), Answer)
    assert asked.wait(timeout=60)
    assert not left.is_set()
    stream.close()  # type: ignore[attr-defined]
    assert left.wait(timeout=60)
