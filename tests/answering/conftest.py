"""A real chat model server, with a small model that makes things up, and assistants that a server writes for."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from assistant import Assistant

if TYPE_CHECKING:
    from tests.conftest import ScriptedServer


@pytest.fixture
def notes() -> dict[str, str]:
    return {
        "bees.md": "# The city's bees\n\n"
        "The council of Graz placed forty hives on the roofs of its schools in April 2019. "
        "The beekeeper Lukas Maier teaches the children every Tuesday. A hive gives 25 kilograms of honey a year.\n"
    }


@pytest.fixture
def writing(scripted: "ScriptedServer", notes: dict[str, str]) -> Callable[..., Assistant]:
    """Makes an assistant over some notes whose answers the scripted server writes."""

    def make(texts: dict[str, str] = notes, **options: Any) -> Assistant:
        chosen = {"chat_model": "fake", "chat_model_url": scripted.url, "chat_model_retries": 0} | options
        return Assistant.from_texts(texts, **chosen)

    return make


@pytest.fixture(scope="session")
def chat_model_url() -> Iterator[str]:
    """The address of a real chat model server."""
    with subprocess.Popen(
        [sys.executable, Path(__file__).with_name("chat_server.py")], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address, "The chat model server did not start."
        yield address
        process.kill()
