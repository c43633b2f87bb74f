"""Two chat model servers: a real one, with a small model that makes things up, and one that does as it is told."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant

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
def notes() -> dict[str, str]:
    return {
        "bees.md": "# The city's bees\n\n"
        "The council of Graz placed forty hives on the roofs of its schools in April 2019. "
        "The beekeeper Lukas Maier teaches the children every Tuesday. A hive gives 25 kilograms of honey a year.\n"
    }


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


@pytest.fixture
def writing(scripted: ScriptedServer, notes: dict[str, str]) -> Callable[..., Assistant]:
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
