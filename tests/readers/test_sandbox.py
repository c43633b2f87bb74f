"""A file that brings its parser down costs nothing but itself."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest

from assistant.errors import DocumentError
from assistant.readers.limits import Limits
from assistant.readers.sandbox import Sandbox

LIMITS = Limits()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox()
    yield sandbox
    sandbox.close()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text("<p>The ferry sails.</p>")
    return path


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """What looks like a file and never ends."""
    path = tmp_path / "pipe.html"
    os.mkfifo(path)
    return path


def signal_process(sandbox: Sandbox, number: signal.Signals) -> None:
    assert sandbox._process
    os.kill(sandbox._process.pid, number)


def test_document_comes_back_whole(sandbox: Sandbox, data: Path) -> None:
    document = sandbox.parse_file(data / "study-libreoffice.pdf", "study.pdf", LIMITS)
    assert document.source == "study.pdf"
    assert document.text[document.blocks[0].start : document.blocks[0].end] == "The Harbour Crossing Study"
    assert [page.number for page in document.pages] == [1, 2, 3]
    assert len(document.sha256) == 64


def test_reason_comes_back(sandbox: Sandbox, data: Path) -> None:
    with pytest.raises(DocumentError, match="password"):
        sandbox.parse_file(data / "protected.pdf", "protected.pdf", LIMITS)


def test_file_that_takes_too_long_is_ended(sandbox: Sandbox, page: Path, pipe: Path) -> None:
    with pytest.raises(DocumentError, match=r"slow\.html took longer than 0\.5 seconds.*ASSISTANT_FILE_SECONDS"):
        sandbox.parse_file(pipe, "slow.html", replace(LIMITS, seconds=0.5))
    assert sandbox.parse_file(page, "page.html", LIMITS).text == "The ferry sails."


def test_file_that_takes_too_much_memory_is_ended(sandbox: Sandbox, page: Path, tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.write_text("Month,Passengers\n" + "May,41200\n" * 200_000)
    with pytest.raises(DocumentError, match=r"large\.csv made its reader crash.*ASSISTANT_FILE_MEMORY_MEGABYTES"):
        sandbox.parse_file(path, "large.csv", replace(LIMITS, memory_megabytes=200))
    assert sandbox.parse_file(page, "page.html", LIMITS).text == "The ferry sails."


def test_crash_is_reported_and_the_next_file_is_read(page: Path, pipe: Path) -> None:
    sandbox = Sandbox()

    def crash() -> None:
        with pipe.open("w"):  # opens when the parser does
            signal_process(sandbox, signal.SIGSEGV)

    thread = Thread(target=crash)
    thread.start()
    with pytest.raises(DocumentError, match=r"bad\.html made its reader crash"):
        sandbox.parse_file(pipe, "bad.html", LIMITS)
    thread.join()
    assert sandbox.parse_file(page, "page.html", LIMITS).text == "The ferry sails."
    sandbox.close()


def test_process_that_was_ended_from_outside_is_replaced(sandbox: Sandbox, page: Path) -> None:
    sandbox.parse_file(page, "page.html", LIMITS)
    signal_process(sandbox, signal.SIGKILL)
    assert sandbox.parse_file(page, "page.html", LIMITS).text == "The ferry sails."


def test_files_are_read_from_several_threads(sandbox: Sandbox, page: Path, data: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        paths = [page, data / "budget.csv"] * 8
        documents = list(pool.map(lambda path: sandbox.parse_file(path, path.name, LIMITS), paths))
    assert [document.source for document in documents] == [path.name for path in paths]


def test_many_small_files_take_one_process(sandbox: Sandbox, tmp_path: Path) -> None:
    processes = set()
    for number in range(100):
        path = tmp_path / f"{number}.html"
        path.write_text(f"<p>Ferry {number} sails.</p>" if number % 10 else "")
        if number % 10:
            assert sandbox.parse_file(path, path.name, LIMITS).text == f"Ferry {number} sails."
        else:
            with pytest.raises(DocumentError, match="is empty"):
                sandbox.parse_file(path, path.name, LIMITS)
        assert sandbox._process
        processes.add(sandbox._process.pid)
    assert len(processes) == 1


def test_idle_process_ends_with_its_parent(page: Path) -> None:
    with reading(page) as (parent, process):
        parent.kill()
        assert has_ended(process)


def test_busy_process_ends_with_its_parent(page: Path, pipe: Path) -> None:
    with reading(page, pipe) as (parent, process), pipe.open("w"):  # opens when the parser does
        parent.kill()
        assert has_ended(process)


@contextmanager
def reading(*paths: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A program that has read the first of some files, and the process in which it reads the others."""
    program = (
        "import sys; from pathlib import Path; from assistant.readers.limits import Limits; "
        "from assistant.readers.sandbox import SANDBOX\n"
        "for path in map(Path, sys.argv[1:]):\n"
        "    SANDBOX.parse_file(path, path.name, Limits()); print(SANDBOX._process.pid, flush=True)\n"
        "sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, *map(str, paths)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        yield parent, Path("/proc", parent.stdout.readline().strip())
        parent.kill()


def has_ended(process: Path) -> bool:
    deadline = monotonic() + 60
    while monotonic() < deadline:
        try:
            if (process / "stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (FileNotFoundError, ProcessLookupError):
            return True
        sleep(0.05)
    return False
