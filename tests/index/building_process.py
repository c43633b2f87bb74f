"""Builds indexes in processes that are killed: run by test_crash.py, not a test itself.

Reads one JSON object a line: `documents`, `index`, `full`, and `kill`, the number of the step at which the building
process kills itself (or null), or `after`, the seconds after which it is killed. A step is every report of progress and
every operation on a file or folder, as Python's own audit hooks tell them. Answers each with one line: the number of
steps where it was not killed, else "killed".
"""

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import chromadb.api.rust  # noqa: F401  loaded before the forks, as are the models

from assistant.embedding import Embedder
from assistant.index import build
from assistant.readers.language import language_of
from assistant.settings import Settings
from assistant.types import EmbeddedText

WATCHED = ("open", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "shutil.copyfile", "shutil.rmtree")

LONGEST = 120
"""Seconds after which a build is stuck."""


class Steps:
    """Counts steps, and kills this very process at one of them."""

    def __init__(self, index: str, last: int | None) -> None:
        self.count = 0
        self.index = index
        self.last = last

    def step(self) -> None:
        self.count += 1
        if self.count == self.last:
            os.kill(os.getpid(), signal.SIGKILL)

    def audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in WATCHED and self.index in str(arguments[0]):
            self.step()


def build_and_count(task: dict[str, Any], embedder: Embedder, answer: int) -> None:
    steps = Steps(task["index"], task.get("kill"))
    sys.addaudithook(steps.audit)
    settings = Settings.load(documents=Path(task["documents"]), index=Path(task["index"]))
    build(settings, lambda: embedder, full=task["full"], progress=lambda *_: steps.step())
    os.write(answer, str(steps.count).encode())


def main() -> None:
    embedder = Embedder()
    embedder.encode_passages([EmbeddedText("", "Warm.", ())])
    language_of("Warm.")
    for line in sys.stdin:
        task = json.loads(line)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            signal.alarm(LONGEST)
            build_and_count(task, embedder, writing)
            os._exit(0)
        os.close(writing)
        if "after" in task:
            time.sleep(task["after"])
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        with os.fdopen(reading) as pipe:
            steps = pipe.read()
        outcome = steps if status == 0 else "killed" if os.WTERMSIG(status) == signal.SIGKILL else "failed"
        sys.stdout.write(outcome + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
