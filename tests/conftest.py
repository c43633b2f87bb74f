"""What every test stands on: folders of its own for all state, no look online for models, one model for the session."""

import json
import os
import resource
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from assistant.embedding import Embedder

PROJECT = Path(__file__).parent.parent

# Read when libraries are imported, so set before any test module imports them.
os.environ["HF_HUB_OFFLINE"] = "1"
if "PYTEST_XDIST_WORKER" in os.environ:
    # Beside others, threads that wait for each other's turn on a core take longer than one.
    os.environ["OMP_NUM_THREADS"] = "1"
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
