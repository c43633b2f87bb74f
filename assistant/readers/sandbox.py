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
        # Not JSON by pydantic: a path may hold bytes that are no Unicode.
        request = json.dumps({"path": str(path.absolute()), "source": source, "limits": asdict(limits)})
        with self._lock:
            answer = self._ask(request.encode() + b"\n", source, limits)
        if answer.document is None:
            raise DocumentError(answer.error)
        return answer.document

    def close(self) -> None:
        """Ends the process, if there is one."""
        with self._lock:
            self._end()

    def _ask(self, request: bytes, source: str, limits: Limits) -> Answer:
        process = self._running()
        requests, answers = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)
        timed_out = Event()

        def stop() -> None:
            timed_out.set()
            process.kill()

        timer = Timer(limits.seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            requests.write(request)
            requests.flush()
            line = answers.readline()
        except BrokenPipeError:
            line = b""
        except BaseException:
            # The answer to this request would be taken for the answer to the next one.
            self._end()
            raise
        finally:
            timer.cancel()
        whole = line.endswith(b"\n")
        if timed_out.is_set() or not whole:
            self._end()
        if whole:
            return _ANSWER.validate_json(line)
        return Answer(error=_failure(process.returncode, timed_out.is_set(), source, limits))

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            package = str(Path(__file__).parents[2])
            paths = filter(None, [package, os.environ.get("PYTHONPATH")])
            self._process = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # libraries chat there about each oddity of a file
                env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
            )
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _failure(code: int, timed_out: bool, source: str, limits: Limits) -> str:
    if timed_out:
        return (
            f"{source} took longer than {limits.seconds:g} seconds to read; "
            "take it away, split it, or raise ASSISTANT_FILE_SECONDS."
        )
    _LOGGER.warning("The process that reads files ended with code %s at %s", code, source)
    return (
        f"{source} made its reader crash: it is damaged, or needs more than {limits.memory_megabytes:,} megabytes of "
        "memory. Open it in its own program and save it again, take it away, or raise ASSISTANT_FILE_MEMORY_MEGABYTES."
    )


SANDBOX = Sandbox()
"""The process of this one."""

atexit.register(SANDBOX.close)
