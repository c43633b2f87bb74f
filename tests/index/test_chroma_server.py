"""The vectors on a Chroma server, which the rest does not notice."""

import gc
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import chromadb
import httpx
import pytest

from assistant.errors import IndexingError
from assistant.index import CurrentIndex, rollback, status

from .conftest import CATS, Library, contents

# Chroma's client leaves its connections to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """A Chroma server on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("chroma")
    folder = tmp_path_factory.mktemp("chroma")
    command = [str(program), "run", "--host", "127.0.0.1", "--port", str(port), "--path", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while True:
            assert process.poll() is None
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield "127.0.0.1", port
        process.terminate()


@pytest.fixture
def served(library: Library, server: tuple[str, int]) -> Iterator[Library]:
    """A library whose vectors are to be on the server."""
    host, port = server
    options = {"chroma_url": f"http://{host}:{port}"}
    yield replace(library, settings=library.settings.model_copy(update=options))
    gc.collect()


@dataclass
class Proxy:
    """What stands between a library and the server, which it passes requests for /store on to.

    Attributes:
        url: Where the server is to be reached.
        refused: The status that paths with a given end are answered with, in words that are not Chroma's.
    """

    url: str = ""
    refused: dict[str, int] = field(default_factory=dict)

    def status(self, path: str) -> int | None:
        return next((status for end, status in self.refused.items() if path.endswith(end)), None)


@pytest.fixture
def proxy(server: tuple[str, int]) -> Iterator[Proxy]:
    proxy = Proxy()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            path = self.path.removeprefix("/store")
            status = 404 if path == self.path else proxy.status(path)
            if status:
                self.answer(status, f"<html>\n<h1>{status}</h1>\n</html>".encode())
                return
            headers = {"Content-Type": "application/json"}
            url = "http://{}:{}{}".format(*server, path)
            passed_on = httpx.request(self.command, url, content=body, headers=headers, timeout=None)
            self.answer(passed_on.status_code, passed_on.content)

        def do_POST(self) -> None:
            self.do_GET()

        def do_DELETE(self) -> None:
            self.do_GET()

        def answer(self, status: int, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        Thread(target=http.serve_forever, daemon=True).start()
        proxy.url = f"http://127.0.0.1:{http.server_port}/store"
        yield proxy
        http.shutdown()


@pytest.fixture
def behind_proxy(served: Library, proxy: Proxy) -> Library:
    """A library that reaches the server through the proxy."""
    return replace(served, settings=served.settings.model_copy(update={"chroma_url": proxy.url}))


def collections(server: tuple[str, int]) -> int:
    return chromadb.HttpClient(*server).count_collections()


def test_a_generation_is_a_collection_on_the_server(served: Library, server: tuple[str, int]) -> None:
    before = collections(server)
    served.build()
    assert collections(server) == before + 1
    assert not list(served.index.rglob("chroma.sqlite3"))
    assert served.find("When do cats sleep?") == CATS.strip()
    current = CurrentIndex(served.index, served.documents)
    current.get()
    for text in ("Cats swim.", "Cats fly.", "Cats purr."):
        served.write("cats.txt", text + "\n")
        served.build()
        assert text in {found for *_, found in contents(current.get())}
    assert collections(server) == before + 2
    assert not served.build().published
    assert not status(served.settings).stale
    rollback(served.settings)
    assert "Cats fly." in {found for *_, found in contents(current.get())}


def test_vectors_move_to_the_server_and_back_without_being_embedded_again(library: Library, served: Library) -> None:
    library.build()
    assert status(served.settings).rebuild
    report = served.build()
    assert (report.published, report.embedded) == (True, 0)
    contents(served.open())
    report = library.build()
    assert (report.published, report.embedded) == (True, 0)
    contents(library.open())


def test_a_server_that_cannot_be_reached_is_named_and_nothing_is_lost(served: Library) -> None:
    served.build()
    gone = served.settings.model_copy(update={"chroma_url": "http://127.0.0.1:9"})
    served.write("cats.txt", "Cats swim.\n")
    with pytest.raises(IndexingError, match=r"127\.0\.0\.1:9 cannot be reached"):
        replace(served, settings=gone).build()
    assert served.find("When do cats sleep?") == CATS.strip()
    assert served.generations() == ["0001"]


def test_a_server_that_lost_its_collections_is_filled_again(served: Library, server: tuple[str, int]) -> None:
    served.build()
    client = chromadb.HttpClient(*server)
    for collection in client.list_collections():
        client.delete_collection(collection.name)
    assert served.find("When do cats sleep?") == CATS.strip()
    assert served.build().embedded == 0
    assert not served.build().published
    shutil.rmtree(served.index)


def test_a_server_is_found_under_a_path_of_its_own(behind_proxy: Library, server: tuple[str, int]) -> None:
    before = collections(server)
    behind_proxy.build()
    assert collections(server) == before + 1
    assert behind_proxy.find("When do cats sleep?") == CATS.strip()


def test_a_proxy_that_takes_nothing_so_large_costs_a_build(behind_proxy: Library, proxy: Proxy) -> None:
    behind_proxy.build()
    behind_proxy.write("cats.txt", "Cats swim.\n")
    proxy.refused = {"/add": 413}
    with pytest.raises(IndexingError, match=r"could not be written \(<html> <h1>413</h1> </html>\)"):
        behind_proxy.build()
    assert behind_proxy.generations() == ["0001"]
    assert behind_proxy.find("When do cats sleep?") == CATS.strip()


def test_a_proxy_without_its_server_costs_a_build_and_no_answer(behind_proxy: Library, proxy: Proxy) -> None:
    behind_proxy.build()
    open_before = behind_proxy.open()
    behind_proxy.write("cats.txt", "Cats swim.\n")
    proxy.refused = {"": 502}
    with pytest.raises(IndexingError, match=rf"{proxy.url} cannot be reached \(<html> <h1>502"):
        behind_proxy.build()
    assert behind_proxy.find("When do cats sleep?") == CATS.strip()
    with pytest.raises(IndexingError, match=r"cannot be searched \(<html> <h1>502"):
        open_before.nearest(behind_proxy.embedder.embed_query("cats"), 1, None)
    proxy.refused = {}
    assert behind_proxy.build().updated == ("cats.txt",)
