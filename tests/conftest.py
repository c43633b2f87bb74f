"""What every test stands on: folders of its own for all state, no network but loopback, one model for the session."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.embedding import Embedder

PROJECT = Path(__file__).parent.parent

# Read when libraries are imported, so set before any test module imports them.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(Path.home() / ".cache" / "ms-playwright"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the browser's tests last: its event loop stays open and is in the way of tests that run one of their own."""
    items.sort(key=lambda item: "browser" in item.path.parts)


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home folder of the session's own, so that no cache or setting of the user is read or written."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder))
        for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
            patch.setenv(name, str(folder / name.lower()))
        for name in [name for name in os.environ if name.startswith("ASSISTANT_")]:
            patch.delenv(name)
        yield folder


@pytest.fixture(autouse=True)
def working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in, so that the default folders and a ``.env`` are the test's own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The real embedding model, loaded once."""
    return Embedder()


@pytest.fixture(scope="session")
def analysis() -> Path:
    """The document that the project comes with."""
    return PROJECT / "documents" / "japan-north-korea-summit.txt"
