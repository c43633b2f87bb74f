"""The page, served over two small documents, and a client of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client

from assistant import Assistant

from ..conftest import serving, write_documents

PATIENCE = 60
"""Seconds that a reply may take: a busy machine is no failure."""


@pytest.fixture
def assistant(tmp_path: Path, analysis: Path) -> Assistant:
    return Assistant(documents=write_documents(tmp_path, analysis), index=tmp_path / "index")


@pytest.fixture(scope="session")
def url(shared_assistant: Assistant) -> Iterator[str]:
    with serving(shared_assistant) as page:
        yield page.address


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=PATIENCE) as client:
        yield client


def connect(url: str, **options: Any) -> Client:
    """A client of the page; options as of `gradio_client.Client`."""
    return Client(url, verbose=False, httpx_kwargs={"timeout": PATIENCE}, **options)


@pytest.fixture
def client(url: str) -> Client:
    return connect(url)
