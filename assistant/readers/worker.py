"""What runs in the sandbox: a line of JSON in names a file, a line of JSON out is the document, or what is wrong."""

from __future__ import annotations

import json
import os
import select
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

from assistant.errors import DocumentError
from assistant.readers.limits import MEGABYTE, Limits
from assistant.types import Document

GRACE = 10
"""Seconds after which a worker ends itself that its parent should have ended, and that not even its thread could."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a file.

    Attributes:
        document: What it says, if it could be read.
        error: Why it could not be, if so.
    """

    document: Document | None = None
    error: str | None = None


def main() -> None:
    """Answers requests until there are no more."""
    from pydantic import TypeAdapter

    if hasattr(select, "poll"):
        Thread(target=_end_with_parent, daemon=True).start()
    adapter = TypeAdapter(Answer)
    # Libraries that print must not speak in between.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        for line in sys.stdin.buffer:
            answers.write(adapter.dump_json(_answer(json.loads(line))) + b"\n")
            answers.flush()


def _answer(request: dict[str, Any]) -> Answer:
    from assistant.readers.parsing import parse_file

    limits = Limits(**request["limits"])
    _confine(limits)
    try:
        return Answer(document=parse_file(Path(request["path"]), request["source"], limits))
    except DocumentError as error:
        return Answer(error=str(error))
    finally:
        _end_after(0)  # a worker that waits for the next file waits as long as it likes


def _end_with_parent() -> None:
    """Waits until there is nobody who could ask; then ends the process, whatever it is busy with."""
    requests = select.poll()
    requests.register(sys.stdin.fileno(), 0)  # no event but that it is closed, which is always told
    requests.poll()
    os._exit(1)


def _end_after(seconds: int) -> None:
    """Ends the process after so long; 0 takes that back."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def _confine(limits: Limits) -> None:
    _end_after(int(limits.seconds) + GRACE)
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = limits.memory_megabytes * MEGABYTE
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
