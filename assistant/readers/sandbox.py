"""Parses files in a process of its own, which may crash, hang or run out of memory without harm."""

from __future__ import annotations

import atexit
import json
import logging
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from threading import Event, Lock, Timer
from typing import IO, cast

from pydantic import TypeAdapter

from assistant.errors import DocumentError
from assistant.readers.limits import Limits
from assistant.readers.worker import Answer
from assistant.types import Document

_LOGGER = logging.getLogger(__name__)
_ANSWER = TypeAdapter(Answer)
_PROGRAM = "from assistant.readers.worker import main; main()"


class Sandbox:
    """A process that parses one file after the other; where a file brings it down, the next one has a new process."""

    def __init__(self) -> None:
        """Starts nothing yet."""
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def parse_file(self, path: Path, source: str, limits: Limits) -> Document:
        """Reads a file as `parsing.parse_file` does, but in the other process.

        Args:
            path: The file.
            source: The document's name.
            limits: What it may cost.

        Raises:
            DocumentError: The file cannot be read, costs too much, is damaged or holds no text.
        """
        # Not by pydantic: a path may hold bytes that are no Unicode.
        request = json.dumps({"path": str(path.absolute()), "source": source, "limits": asdict(limits)})
        with self._lock:
            answer = self._answer(request.encode() + b"\n", source, limits)
        if answer.document is None:
            raise DocumentError(answer.error)
        return answer.document

    def close(self) -> None:
        """Ends the process, if there is one."""
        with self._lock:
            self._end()

    def _answer(self, request: bytes, source: str, limits: Limits) -> Answer:
        try:
            if self._process is not None:
                try:
                    return _ask(self._process, request, limits.seconds)
                except ChildProcessError:
                    # What other files left behind in the process must not be this one's undoing.
                    self._end()
            self._process = _start()
            return _ask(self._process, request, limits.seconds)
        except BaseException as error:
            # The answer to this request would be taken for the answer to the next one.
            self._end()
            if not isinstance(error, ChildProcessError | TimeoutError):
                raise
            _LOGGER.warning("Reading %s: %s", source, error)
            return Answer(error=_explain(error, source, limits))

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _start() -> subprocess.Popen[bytes]:
    package = str(Path(__file__).parents[2])
    paths = filter(None, [package, os.environ.get("PYTHONPATH")])
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _PROGRAM],  # -P: no module is taken from the working folder
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # libraries chat there about each oddity of a file
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
    )


def _ask(process: subprocess.Popen[bytes], request: bytes, seconds: float) -> Answer:
    """The answer of a process.

    Raises:
        ChildProcessError: The process ended without one.
        TimeoutError: It was ended, for it took too long.
    """
    requests, answers = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
    timed_out = Event()

    def stop() -> None:
        timed_out.set()
        process.kill()

    timer = Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        requests.write(request)
        requests.flush()
        line = answers.readline()
    except BrokenPipeError:
        line = b""
    finally:
        timer.cancel()
    if timed_out.is_set():
        raise TimeoutError(f"the process was ended after {seconds:g} seconds")
    if not line.endswith(b"\n"):
        raise ChildProcessError(f"the process ended with code {process.wait()}")
    return _ANSWER.validate_json(line)


def _explain(error: ChildProcessError | TimeoutError, source: str, limits: Limits) -> str:
    if isinstance(error, TimeoutError):
        return (
            f"{source} took longer than {limits.seconds:g} seconds to read; "
            "remove it, split it, or raise ASSISTANT_FILE_SECONDS."
        )
    return (
        f"{source} made its reader crash: it is damaged, or needs more than {limits.memory_megabytes:,} megabytes of "
        "memory. Open it in its own program and save it again, remove it, or raise ASSISTANT_FILE_MEMORY_MEGABYTES."
    )


SANDBOX = Sandbox()
"""The process of this one."""

atexit.register(SANDBOX.close)
