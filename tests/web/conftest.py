"""The page, served over two small documents, and a client of it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from gradio_client import Client

from assistant import Assistant
from assistant.web import build

BEES = """# Keeping bees

## The queen

A queen bee lays about 1,500 eggs a day in early summer.

## The winter

A colony eats about 12 kilograms of honey in a winter.
"""


@pytest.fixture
def assistant(tmp_path: Path, analysis: Path) -> Assistant:
    documents = tmp_path / "documents"
    documents.mkdir()
    shutil.copy(analysis, documents)
    (documents / "bees.md").write_text(BEES, encoding="utf-8")
    return Assistant(documents=documents, index=tmp_path / "index")


@pytest.fixture(scope="session")
def shared_assistant(tmp_path_factory: pytest.TempPathFactory, analysis: Path) -> Assistant:
    """One that no test changes."""
    folder = tmp_path_factory.mktemp("shared")
    (folder / "documents").mkdir()
    shutil.copy(analysis, folder / "documents")
    (folder / "documents" / "bees.md").write_text(BEES, encoding="utf-8")
    return Assistant(documents=folder / "documents", index=folder / "index")


@pytest.fixture(scope="session")
def url(shared_assistant: Assistant) -> Iterator[str]:
    page = build(shared_assistant)
    page.launch(server_port=0, prevent_thread_lock=True, quiet=True)
    yield page.address
    page.close()


@pytest.fixture
def client(url: str) -> Client:
    return Client(url, verbose=False)
