"""Processes that ask without pause through many builds."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from .conftest import Library

PROGRAM = Path(__file__).with_name("asking_process.py")
QUESTION = "What did the messenger bring?"


class Asking:
    """Another process that asks, and what it has found."""

    def __init__(self, library: Library) -> None:
        self.process = subprocess.Popen(
            [sys.executable, PROGRAM, library.documents, library.index, QUESTION],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(PROGRAM.parents[2]), "OMP_NUM_THREADS": "1"},
        )
        self.found: list[tuple[int, set[str]]] = []
        self.reading = threading.Thread(target=self.read)
        self.reading.start()

    def read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            asked, texts = json.loads(line)
            self.found.append((asked, {text for text in texts if text.startswith("On day")}))

    def wait_for_question_after(self, moment: int) -> None:
        while not self.found or self.found[-1][0] < moment:
            assert self.process.poll() is None
            time.sleep(0.01)

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("end")
        self.process.stdin.close()
        self.reading.join()
        self.process.wait()


@pytest.fixture
def asking(library: Library) -> Iterator[list[Asking]]:
    library.build()
    with ExitStack() as stack:
        processes = [Asking(library) for _ in range(2)]
        for process in processes:
            stack.callback(process.process.kill)
        yield processes


def change(library: Library, day: int, texts: dict[str, str]) -> None:
    """Adds a document each day, edits yesterday's, and takes away that of the day before."""
    texts[f"day-{day}.txt"] = f"On day {day}, the messenger brought letter number {day}."
    if day > 1:
        texts[f"day-{day - 1}.txt"] = f"On day {day}, the messenger brought the reply to letter {day - 1}."
    texts.pop(f"day-{day - 2}.txt", None)
    for source, text in texts.items():
        library.write(source, text + "\n", age=100 - day)
    (library.documents / f"day-{day - 2}.txt").unlink(missing_ok=True)


def test_two_processes_ask_through_twenty_builds(library: Library, asking: list[Asking]) -> None:
    texts: dict[str, str] = {}
    # When each build began and when it was published, and the messages that are to be found from then on.
    builds: list[tuple[int, int, set[str]]] = [(0, 0, set())]
    for day in range(1, 21):
        for process in asking:
            process.wait_for_question_after(builds[-1][1])
        change(library, day, texts)
        began = time.monotonic_ns()
        library.build()
        builds.append((began, time.monotonic_ns(), set(texts.values())))
    for process in asking:
        process.wait_for_question_after(builds[-1][1])
        process.end()
        assert process.process.returncode == 0
        for asked, found in process.found:
            last = max(number for number, (_, published, _) in enumerate(builds) if published <= asked)
            # A build that was under way may have been published before or after the question was asked.
            allowed = [builds[last][2], *(expected for began, _, expected in builds[last + 1 : last + 2])]
            assert found in allowed
        days = [text for _, found in process.found for text in found]
        assert all(f"On day {day}, the messenger brought letter number {day}." in days for day in range(1, 21))
    assert len(library.generations()) == 2
