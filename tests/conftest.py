"""What every test stands on: folders of its own for all state, no look online for models, one model for the session."""

import json
import os
import resource
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest

from assistant import Assistant
from assistant.embedding import Embedder

if TYPE_CHECKING:
    from assistant.web.page import Page

PROJECT = Path(__file__).parent.parent
BEES = """# Keeping bees

## The queen

A queen bee lays about 1,500 eggs a day in early summer.

## The winter

A colony eats about 12 kilograms of honey in a winter.
"""

# Read when libraries are imported, so set before any test module imports them.
os.environ["HF_HUB_OFFLINE"] = "1"
if "PYTEST_XDIST_WORKER" in os.environ:
    # Beside others, threads that wait for each other's turn on a core take longer than one.
    os.environ["OMP_NUM_THREADS"] = "1"
# A busy machine is no failure.
hypothesis.settings.register_profile("patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("patient")
# Where Playwright keeps its browser, whatever the home folder of a test.
CACHES = "Library/Caches" if sys.platform == "darwin" else ".cache"
os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(Path.home() / CACHES / "ms-playwright"))


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
        patch.setenv("GRADIO_TEMP_DIR", str(folder / "gradio"))
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


def write_documents(folder: Path, analysis: Path) -> Path:
    """Makes a documents folder in a folder, with the analysis and with `BEES` as ``bees.md`` in it."""
    documents = folder / "documents"
    documents.mkdir()
    shutil.copy(analysis, documents)
    (documents / "bees.md").write_text(BEES, encoding="utf-8")
    return documents


@pytest.fixture(scope="session")
def shared_assistant(tmp_path_factory: pytest.TempPathFactory, analysis: Path) -> Assistant:
    """An assistant over these two documents, which no test changes."""
    documents = write_documents(tmp_path_factory.mktemp("shared"), analysis)
    return Assistant(documents=documents, index=documents.parent / "index")


@contextmanager
def serving(assistant: Assistant, **options: Any) -> Iterator["Page"]:
    """The page over an assistant, on a free port of this machine; other options as of `Page.launch`."""
    from assistant.web import build  # most tests need no Gradio, which takes long to import

    page = build(assistant)
    try:
        page.launch(**{"server_port": 0, "prevent_thread_lock": True, "quiet": True, **options})
        yield page
    finally:
        page.close()


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """What a full disk is like: no file may grow beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


Script = Callable[["Exchange"], None]
"""What the scripted server does with a request."""


@dataclass
class Exchange:
    """One request to the scripted server, and the way to answer it."""

    handler: BaseHTTPRequestHandler
    request: dict[str, Any]

    def say(self, *pieces: str, finish: str | None = "stop") -> None:
        """Streams a reply, piece by piece, and ends it."""
        self.begin()
        for piece in pieces:
            self.send({"content": piece})
        self.send({}, finish)
        self.handler.wfile.write(b"data: [DONE]\n\n")

    def begin(self) -> None:
        self.handler.send_response(200)
        self.handler.send_header("Content-Type", "text/event-stream")
        self.handler.end_headers()

    def send(self, delta: dict[str, Any], finish: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "fake", "choices": [choice]}
        self.handler.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
        self.handler.wfile.flush()

    def refuse(self, status: int, message: str = "no") -> None:
        body = json.dumps({"error": {"message": message}}).encode()
        self.handler.send_response(status)
        self.handler.send_header("Content-Type", "application/json")
        self.handler.send_header("Content-Length", str(len(body)))
        self.handler.end_headers()
        self.handler.wfile.write(body)


@dataclass
class ScriptedServer:
    """A chat model server that plays scripts, one a request; the last one again and again."""

    url: str = ""
    scripts: list[Script] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)

    def play(self, *scripts: Script) -> None:
        self.scripts, self.requests = list(scripts), []

    def replies(self, *pieces: str) -> None:
        self.play(lambda exchange: exchange.say(*pieces))

    def told(self, number: int = -1) -> str:
        """All that was said to the model in a request."""
        return "\n".join(message["content"] for message in self.requests[number]["messages"])


@pytest.fixture
def scripted() -> Iterator[ScriptedServer]:
    server = ScriptedServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            request["key"] = self.headers.get("Authorization", "")
            server.requests.append(request)
            script = server.scripts.pop(0) if len(server.scripts) > 1 else server.scripts[0]
            try:
                script(Exchange(self, request))
            except (BrokenPipeError, ConnectionResetError):
                server.hung_up.set()

        def log_message(self, *arguments: object) -> None:
            pass

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    threading.Thread(target=http.serve_forever, daemon=True).start()
    server.url = f"http://127.0.0.1:{http.server_port}"
    server.replies("The council of Graz placed forty hives on the roofs of its schools [1].")
    yield server
    http.shutdown()
    http.server_close()
