"""The command line, as a person or a script uses it."""

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant import Assistant
from assistant.cli import main
from assistant.feedback import save
from assistant.types import Answer, Citation, IndexReport, IndexStatus, Passage

BRIDGES = """Bridges

The Iron Bridge in Shropshire was finished in 1779. It was the first large bridge made of cast iron.

The Brooklyn Bridge opened in 1883 and joins Manhattan with Brooklyn.
"""
BEES = """Bees

A honey bee colony holds up to 60,000 workers in summer. The queen lays about 1,500 eggs a day.
"""


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def documents(working_folder: Path) -> Path:
    folder = working_folder / "documents"
    folder.mkdir()
    (folder / "bridges.txt").write_text(BRIDGES, encoding="utf-8")
    (folder / "bees.txt").write_text(BEES, encoding="utf-8")
    return folder


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in this process, where the model is loaded already."""

    def run(*arguments: str) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["assistant", *arguments])
        capfd.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main()
        return Outcome(int(stopped.value.code or 0), *capfd.readouterr())

    return run


@contextmanager
def serving(folder: Path, *arguments: str, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The web chat of a folder, and the first thing that it says."""
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "serve", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={**os.environ, **environment},
    )
    assert process.stderr is not None
    try:
        yield process, process.stderr.readline()
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Started in the background, the tests ignore Ctrl-C, and so would the programs that they start."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def names(kind: type) -> set[str]:
    return {field.name for field in fields(kind)}


def test_ask_shows_the_answer_and_the_words_it_cites(run: Run) -> None:
    asked = run("ask", "When was the Iron Bridge finished?")
    assert asked.code == 0
    assert "1779" in asked.out
    assert "[1] Bridges › paragraph 1" in asked.out
    assert "\x1b" not in asked.out


def test_ask_exits_with_3_and_offers_reading_when_the_documents_do_not_say(run: Run) -> None:
    asked = run("ask", "Who is the president of France?")
    assert asked.code == 3
    assert "nearest passages" in asked.out
    assert "[1]" not in asked.out


def test_ask_prints_the_answer_as_one_json_document(run: Run) -> None:
    asked = run("ask", "How many eggs does the queen lay a day?", "--json")
    assert asked.code == 0
    assert set(asked.json) == names(Answer)
    citation = asked.json["citations"][0]
    assert set(citation) == names(Citation)
    assert BEES[citation["start"] : citation["end"]] == citation["quote"]


def test_ask_prints_a_refusal_as_json_too(run: Run) -> None:
    asked = run("ask", "Who is the president of France?", "--json")
    assert asked.code == 3
    assert asked.json["answered"] is False
    assert asked.json["citations"] == []


def test_a_chat_model_that_cannot_be_had_is_named(run: Run) -> None:
    failed = run("ask", "When was the Iron Bridge finished?", "--model", "nobody:nothing")
    assert "nobody:nothing" in failed.err + failed.out
    assert "Traceback" not in failed.err
    assert failed.code == 0  # the answer is quoted instead


def test_quotes_can_be_asked_for_where_a_chat_model_is_set(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_CHAT_MODEL", "nobody:nothing")
    asked = run("ask", "When was the Iron Bridge finished?", "--model", "extractive", "--json")
    assert asked.code == 0
    assert asked.json["writer"] == "extractive"


@pytest.mark.parametrize(("arguments", "offered"), [([], True), (["--model", "extractive"], False)])
def test_the_page_offers_a_chat_model_unless_quotes_are_asked_for(
    documents: Path, arguments: list[str], offered: bool
) -> None:
    with serving(documents.parent, *arguments, ASSISTANT_CHAT_MODEL="nobody:nothing") as (_, said):
        url = re.search(r"http://\S+", said)
        assert url, said
        assert ("nobody:nothing" in httpx.get(url[0], timeout=60).text) == offered


def test_an_answer_in_a_pipe_has_the_documents_own_signs(run: Run, documents: Path) -> None:
    (documents / "fares.txt").write_text("Fares\n\nA ticket to Sark costs $5 & up [return].\n", encoding="utf-8")
    asked = run("ask", "How much does a ticket to Sark cost?")
    assert asked.out.startswith("A ticket to Sark costs $5 & up [return]. [1]\n")


def test_json_is_utf8_wherever_it_goes(documents: Path) -> None:
    (documents / "people.txt").write_text("People\n\nThe People’s Hall was opened in Köln in 1871.\n", encoding="utf-8")
    asked = subprocess.run(
        [sys.executable, "-m", "assistant", "ask", "When was the People’s Hall opened?", "--json"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    quotes = [citation["quote"] for citation in json.loads(asked.stdout.decode())["citations"]]
    assert quotes == ["The People’s Hall was opened in Köln in 1871."]


def test_feedback_shows_what_readers_thought(run: Run) -> None:
    assert run("feedback", "--json").json == []
    assistant = Assistant()
    save(assistant.settings, assistant.ask("When was the Iron Bridge finished?"), liked=True)
    assert "liked: When was the Iron Bridge finished?" in run("feedback").out
    assert run("feedback", "--json").json[0]["liked"] is True
    save(assistant.settings, assistant.ask("When was the Iron Bridge finished?"), liked=None)
    assert "withdrawn: When was the Iron Bridge finished?" in run("feedback").out


def test_search_shows_as_many_passages_as_asked_for(run: Run) -> None:
    found = run("search", "How many workers has a colony?", "-k", "1")
    assert found.code == 0
    assert found.out.startswith("1. Bees › paragraph 1\n")
    assert "60,000 workers" in found.out
    assert "2. " not in found.out


def test_search_prints_the_passages_as_one_json_document(run: Run) -> None:
    found = run("search", "How many workers has a colony?", "--json")
    assert set(found.json[0]) == names(Passage)
    assert found.json[0]["source"] == "bees.txt"


def test_only_some_documents_can_be_asked(run: Run, documents: Path) -> None:
    (documents / "wasps.txt").write_text("Wasps\n\nA wasp colony holds up to 10,000 workers.\n", encoding="utf-8")
    question = "How many workers does a colony hold?"
    found = run("search", question, "--source", "wasps.txt", "--source", "bridges.txt", "--json")
    assert {passage["source"] for passage in found.json} == {"wasps.txt", "bridges.txt"}
    asked = run("ask", question, "--source", "wasps.txt", "--json")
    assert {citation["source"] for citation in asked.json["citations"]} == {"wasps.txt"}
    chat = subprocess.run(
        [sys.executable, "-m", "assistant", "chat", "--source", "bees.txt"],
        input=f"{question}\n",
        capture_output=True,
        text=True,
        check=True,
        cwd=documents.parent,
    )
    assert "60,000" in chat.stdout
    assert "10,000" not in chat.stdout
    unknown = run("ask", question, "--source", "hornets.txt")
    assert unknown.code == 1
    assert "hornets.txt" in unknown.err


def test_index_reports_what_changed(run: Run, documents: Path) -> None:
    first = run("index")
    assert first.code == 0
    assert "added: bees.txt" in first.out
    (documents / "bees.txt").write_text(BEES.replace("60,000", "70,000"), encoding="utf-8")
    (documents / "bridges.txt").unlink()
    second = run("index", "--json")
    assert set(second.json) == names(IndexReport)
    assert second.json["updated"] == ["bees.txt"]
    assert second.json["removed"] == ["bridges.txt"]
    assert "Nothing has changed" in run("index").out


def test_index_builds_from_scratch_when_told_to(run: Run) -> None:
    passages = run("index", "--json").json["passages"]
    assert run("index", "--json").json["embedded"] == 0
    assert run("index", "--full", "--json").json["embedded"] == passages


def test_index_goes_back_one_generation(run: Run, documents: Path) -> None:
    first = run("index", "--json").json["generation"]
    (documents / "bees.txt").unlink()
    run("index")
    back = run("index", "--rollback")
    assert back.code == 0
    assert first in back.out
    assert run("ask", "How many eggs does the queen lay a day?").code == 0


def test_an_emptied_folder_does_not_empty_the_index_unless_told_to(run: Run, documents: Path) -> None:
    run("index")
    for file in documents.iterdir():
        file.unlink()
    refused = run("index")
    assert refused.code == 1
    assert "--allow-empty" in refused.err
    assert run("ask", "When was the Iron Bridge finished?").code == 0
    emptied = run("index", "--allow-empty", "--json")
    assert emptied.code == 0
    assert emptied.json["passages"] == 0


def test_status_exits_with_1_while_the_index_is_out_of_date(
    run: Run, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("index")
    fresh = run("status")
    assert fresh.code == 0
    assert "Up to date" in fresh.out
    (documents / "wasps.txt").write_text("Wasps\n\nA wasp can sting more than once.\n", encoding="utf-8")
    stale = run("status")
    assert stale.code == 1
    assert "not indexed yet: wasps.txt" in stale.out
    as_json = run("status", "--json")
    assert as_json.code == 1
    assert set(as_json.json) == names(IndexStatus)
    assert as_json.json["added"] == ["wasps.txt"]
    monkeypatch.setenv("ASSISTANT_PASSAGE_CHARACTERS", "300")
    assert "The next build makes the index anew: the length of passages is another one" in run("status").out


def test_folders_can_be_named(run: Run, working_folder: Path) -> None:
    (working_folder / "mine").mkdir()
    (working_folder / "mine" / "ants.txt").write_text("Ants\n\nAn ant has six legs.\n", encoding="utf-8")
    asked = run("ask", "How many legs has an ant?", "--documents", "mine", "--index", "elsewhere", "--json")
    assert asked.json["citations"][0]["source"] == "ants.txt"
    assert (working_folder / "elsewhere").is_dir()
    assert not (working_folder / "index").exists()


@pytest.mark.parametrize("arguments", [["ask", "How many legs?"], ["search", "legs"]])
def test_the_index_of_one_folder_does_not_answer_for_another(
    run: Run, documents: Path, working_folder: Path, arguments: list[str]
) -> None:
    run("index")
    (working_folder / "mine").mkdir()
    (working_folder / "mine" / "ants.txt").write_text("Ants\n\nAn ant has six legs.\n", encoding="utf-8")
    refused = run(*arguments, "--documents", "mine")
    assert refused.code == 1
    assert refused.out == ""
    assert str(documents) in refused.err
    assert "`assistant index --documents mine`" in refused.err
    assert run("status", "--documents", "mine").code == 1
    run("index", "--documents", "mine")
    assert "six legs" in run(*arguments, "--documents", "mine").out


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["ask", "   "], "question"),
        (["ask", "why " * 600], "2,000"),
        (["search", "bees", "-k", "0"], "0"),
        (["ask", "bees?", "--documents", "nowhere"], "nowhere"),
        (["index", "--documents", "nowhere"], "nowhere"),
    ],
)
def test_an_error_is_one_line_on_stderr_and_exit_code_1(run: Run, arguments: list[str], named: str) -> None:
    failed = run(*arguments, *(["--json"] if arguments[0] == "ask" else []))
    assert failed.code == 1
    assert failed.out == ""
    assert failed.err.count("\n") == 1
    assert named in failed.err


def test_a_setting_that_cannot_be_used_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_PASSAGE_CHARACTERS", "many")
    failed = run("ask", "How many eggs?")
    assert failed.code == 1
    assert "ASSISTANT_PASSAGE_CHARACTERS" in failed.err


def test_a_folder_without_a_name_is_not_the_one_worked_in(run: Run, working_folder: Path) -> None:
    failed = run("index", "--documents", "", "--index", "")
    assert failed.code == 1
    assert "ASSISTANT_DOCUMENTS cannot be used (''): it must name a folder" in failed.err
    assert not (working_folder / "generations").exists()


def test_a_file_of_settings_that_is_not_text_is_named(run: Run, working_folder: Path) -> None:
    (working_folder / ".env").write_bytes("ASSISTANT_CAUTION=high  # für Anfänger".encode("latin-1"))
    failed = run("index")
    assert failed.code == 1
    assert failed.err.endswith(".env is not UTF-8 text; save it as such.\n")


@pytest.mark.parametrize("setting", ["CHAT_MODEL", "READONLY", "CHROMA_URL", "AUTH", "FILE_PAGES"])
@pytest.mark.parametrize("place", ["a file", "the environment"])
def test_a_setting_that_is_left_blank_is_not_given(
    run: Run, working_folder: Path, monkeypatch: pytest.MonkeyPatch, setting: str, place: str
) -> None:
    if place == "a file":
        (working_folder / ".env").write_text(f"ASSISTANT_{setting}=\n", encoding="utf-8")
    else:
        monkeypatch.setenv(f"ASSISTANT_{setting}", "")
    assert run("feedback", "--json").json == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["dance"],
        ["search", "bees", "-k", "many"],
        ["index", "--rollback", "--full"],
        ["index", "--watch", "--json"],
        ["serve", "--port", "70000"],
    ],
)
def test_wrong_usage_exits_with_2_and_says_why_on_stderr(run: Run, arguments: list[str]) -> None:
    refused = run(*arguments)
    assert refused.code == 2
    assert refused.out == ""
    assert refused.err


def test_alone_it_shows_what_it_can_do(run: Run) -> None:
    shown = run()
    assert shown.code == 2
    assert all(command in shown.out for command in ("index", "search", "ask", "chat", "serve", "status"))


def test_it_tells_its_version(run: Run) -> None:
    assert run("--version").out == version("cited-answers") + "\n"


def test_what_a_document_says_cannot_steer_the_terminal(run: Run, documents: Path) -> None:
    (documents / "trick.txt").write_text(
        "Tricks\n\nThe magic word is \x1b[31mabracadabra\x07 today.\n", encoding="utf-8"
    )
    found = run("search", "What is the magic word?", "-k", "1")
    assert "abracadabra" in found.out
    assert "\x1b" not in found.out
    assert "\x07" not in found.out


def test_chat_understands_a_question_by_those_before_it(documents: Path) -> None:
    chat = subprocess.run(
        [sys.executable, "-m", "assistant", "chat"],
        input="When was the Iron Bridge finished?\nAnd when did the Brooklyn Bridge open?\n",
        capture_output=True,
        text=True,
        check=True,
        cwd=documents.parent,
    )
    assert chat.stdout.index("1779") < chat.stdout.index("1883")


def test_chat_goes_on_after_a_question_that_cannot_be_used(documents: Path) -> None:
    chat = subprocess.run(
        [sys.executable, "-m", "assistant", "chat"],
        input=f"{'why ' * 600}\nWhen was the Iron Bridge finished?\n",
        capture_output=True,
        text=True,
        check=True,
        cwd=documents.parent,
    )
    assert "2,000" in chat.stderr
    assert "1779" in chat.stdout


def test_chat_goes_on_after_a_line_that_is_not_text(documents: Path) -> None:
    chat = subprocess.run(
        [sys.executable, "-m", "assistant", "chat"],
        input="Wie viele Stöcke?\n".encode("latin-1") + b"When was the Iron Bridge finished?\n",
        capture_output=True,
        check=True,
        cwd=documents.parent,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    assert b"1779" in chat.stdout
    assert b"Traceback" not in chat.stderr


def test_colours_and_progress_are_for_terminals(documents: Path) -> None:
    """With a terminal on both ends, the headings are bold; test_ask_… shows that they are not in a pipe.

    The first question builds the index, and shows how far it has come.
    """
    parent, child = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "ask", "When was the Iron Bridge finished?"],
        stdin=child,
        stdout=child,
        stderr=child,
        cwd=documents.parent,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "120"},
    )
    os.close(child)
    shown = read_terminal(parent)
    assert process.wait(timeout=60) == 0
    assert "\x1b[1m[1]" in shown
    assert shown.index("embed") < shown.index("\x1b[1m[1]")


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("arguments", [["chat"], ["index", "--watch"]])
def test_ctrl_c_ends_quietly(documents: Path, arguments: list[str]) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=documents.parent,
    )
    ready = process.stdout if arguments == ["chat"] else process.stderr
    assert ready is not None
    assert "Ctrl-C" in ready.readline()
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in errors


@pytest.mark.usefixtures("interruptible")
def test_watch_indexes_what_is_added(documents: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "index", "--watch"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=documents.parent,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        assert "Watching" in process.stderr.readline()
        (documents / "wasps.txt").write_text("Wasps\n\nA wasp can sting more than once.\n", encoding="utf-8")
        assert any("added: wasps.txt" in line for line in process.stdout)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


@pytest.mark.usefixtures("interruptible")
def test_serve_says_in_one_line_where_and_ends_quietly(documents: Path) -> None:
    with serving(documents.parent) as (process, said):
        told = re.fullmatch(r"The web chat is at (http://127\.0\.0\.1:\d+/) \(Ctrl-C ends it\)\.\n", said)
        assert told, said
        assert httpx.get(told[1], timeout=60).status_code == 200
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60) == ("", "")
        assert process.returncode == 0


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from assistant.cli import app; app(['--help'], standalone_mode=False);"
        "print({'torch', 'chromadb', 'gradio', 'transformers', 'langchain_core'} & set(sys.modules))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.endswith("set()\n")


def read_terminal(descriptor: int, seconds: float = 120) -> str:
    """Everything written to a terminal until its other end closes."""
    chunks: list[bytes] = []
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not select.select([descriptor], [], [], 1)[0]:
            continue
        try:
            chunk = os.read(descriptor, 4096)
        except OSError:  # Linux's way to say that the other end closed
            break
        if not chunk:
            break
        chunks.append(chunk)
    return b"".join(chunks).decode()
