"""Whatever instant a building process is killed at, the index answers as before or as after."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import IndexingError
from assistant.index import Generation
from assistant.index.current import open_newest

from .conftest import CATS, Library, contents

PROGRAM = Path(__file__).with_name("building_process.py")
PROJECT = PROGRAM.parents[2]


class BuildingProcess:
    """Builds in processes of its own, each of which can be killed."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def build(self, library: Library, **how: Any) -> str:
        task = {"documents": str(library.documents), "index": str(library.index), "full": False, **how}
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(task) + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()


@pytest.fixture(scope="module")
def building() -> Iterator[BuildingProcess]:
    # One thread, for a process that has started more cannot be forked safely.
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}
    with subprocess.Popen(
        [sys.executable, PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        yield BuildingProcess(process)
        assert process.stdin is not None
        process.stdin.close()


def copy(library: Library, folder: Path) -> Library:
    """The same documents beside a copy of the index."""
    if library.index.exists():
        shutil.copytree(library.index, folder / "index")
    settings = library.settings.model_copy(update={"index": folder / "index"})
    return replace(library, settings=settings)


def answers(library: Library) -> set[tuple[str, int, int, str]]:
    """All that the index can answer from; nothing where there is none yet."""
    try:
        return contents(open_newest(library.index, Generation.open).opened)
    except IndexingError as error:
        assert "no index" in str(error)  # noqa: PT017
        return set()


def check_aftermath(library: Library, before: set[Any], after: set[Any]) -> None:
    assert answers(library) in (before, after)
    library.build()
    assert answers(library) == after
    names = set(library.generations())
    assert all(name.isdigit() for name in names)
    assert len(names) <= 2
    assert {path.name for path in library.index.iterdir()} == {"CURRENT", "generations", "lock"}
    assert not library.build().published


@pytest.fixture(params=["the first build", "a build of changes", "a full build"])
def scenario(request: pytest.FixtureRequest, library: Library) -> tuple[Library, bool]:
    """A library that is about to be built, and whether that is to be from scratch."""
    if request.param == "the first build":
        return library, False
    library.build()
    library.write("cats.txt", "Cats swim.\n")
    library.build()
    library.write("cats.txt", "Cats fly.\n")
    library.write("new.txt", CATS)
    (library.documents / "bees.md").unlink()
    return library, request.param == "a full build"


def test_a_build_killed_at_any_step(scenario: tuple[Library, bool], building: BuildingProcess, tmp_path: Path) -> None:
    library, full = scenario
    before = answers(library)
    done = copy(library, tmp_path / "done")
    steps = int(building.build(done, full=full))
    after = answers(done)
    assert before != after
    # The last step comes after publishing. A build of changes is killed at each, the others at every fifth.
    kills = range(1, steps + 1) if before and not full else range(1, steps + 1, 5)
    assert len(kills) >= (50 if before and not full else 10)
    for step in kills:
        victim = copy(library, tmp_path / f"killed-{step}")
        assert building.build(victim, full=full, kill=step) == "killed"
        check_aftermath(victim, before, after)


def test_a_build_killed_at_any_moment(
    scenario: tuple[Library, bool], building: BuildingProcess, tmp_path: Path
) -> None:
    library, full = scenario
    before = answers(library)
    done = copy(library, tmp_path / "done")
    begun = time.monotonic()
    building.build(done, full=full)
    took = time.monotonic() - begun
    after = answers(done)
    for tenths in range(1, 10):
        victim = copy(library, tmp_path / f"killed-{tenths}")
        building.build(victim, full=full, after=took * tenths / 10)
        check_aftermath(victim, before, after)


def test_builds_that_are_killed_again_and_again_end_right(library: Library, building: BuildingProcess) -> None:
    library.build()
    for day in range(12):
        library.write("cats.txt", f"On day {day}, cats flew.\n")
        assert building.build(library, kill=8 + 4 * day) == "killed"
    library.build()
    assert {text for *_, text in answers(library)} >= {"On day 11, cats flew."}
    assert len(library.generations()) == 2
