"""One build at a time."""

import errno
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from assistant.errors import IndexingError
from assistant.index import build, rollback, status

from .conftest import Library

HOLD = """
import sys, time
from pathlib import Path
from assistant.index.lock import building_lock

with building_lock(Path(sys.argv[1]), 0):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(library: Library) -> "subprocess.Popen[str]":
    """Another process that holds the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, library.index],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": ":".join(sys.path)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_build_says_who_holds_the_lock(library: Library, holder: "subprocess.Popen[str]") -> None:
    with pytest.raises(IndexingError, match=rf"process {holder.pid} on \S+ since 20\d\d-"):
        library.build()
    with pytest.raises(IndexingError, match=f"process {holder.pid}"):
        rollback(library.settings)
    holder.kill()
    holder.communicate()


def test_a_disk_without_locks_is_not_taken_for_another_build_or_for_damage(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(_file: int, _flags: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    library.build()
    monkeypatch.setattr("portalocker.portalocker.LOCKER", no_locks)
    for act in (library.build, library.open, lambda: rollback(library.settings), lambda: status(library.settings)):
        with pytest.raises(IndexingError, match=rf"{library.index} cannot be locked \(.*No locks available"):
            act()


def test_a_lock_left_by_a_dead_process_is_no_obstacle(library: Library, holder: "subprocess.Popen[str]") -> None:
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    assert library.build().published


def test_a_second_build_says_for_whom_it_waits(
    library: Library, holder: "subprocess.Popen[str]", caplog: pytest.LogCaptureFixture
) -> None:
    patient = library.settings.model_copy(update={"lock_timeout": 30})
    reports = []
    waiting = threading.Thread(target=lambda: reports.append(build(patient, lambda: library.embedder)))
    waiting.start()
    while "waiting" not in caplog.text:
        assert waiting.is_alive()
        time.sleep(0.01)
    assert f"process {holder.pid}" in caplog.text
    assert reports == []
    holder.kill()
    holder.communicate()
    waiting.join()
    assert reports[0].published


def test_two_builds_at_once_end_as_one(library: Library) -> None:
    patient = library.settings.model_copy(update={"lock_timeout": 30})
    reports = []
    threads = [
        threading.Thread(target=lambda: reports.append(build(patient, lambda: library.embedder))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(report.published for report in reports) == [False, False, True]
