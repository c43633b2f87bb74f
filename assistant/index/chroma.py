"""Where Chroma keeps collections: in a folder, in this process's memory, or on a server."""

from __future__ import annotations

import itertools
import threading
import weakref
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import chromadb
    from chromadb.api import ClientAPI

DATABASE: Final = "chroma.sqlite3"
"""Chroma writes to this file whenever it is opened, and to its others only when passages are added or removed."""

SHARED_BY: Final = 8
"""Collections in one Chroma in memory, which takes 10 ms to open and frees none of their graphs before it goes."""

SEARCH_BREADTH: Final = 200
"""How many candidates a search of the graph keeps (``ef_search``). Of the 50 nearest of 22,000 passages, 97.5% are
found with Chroma's own 100, 99.0% with 200 and 99.6% with 400, which takes twice as long."""

WRITTEN_FROM: Final = 2
"""Pending changes from which Chroma writes its graph to its files; the fewest that it takes."""

_GRAPH: Final[Any] = {"space": "cosine", "ef_search": SEARCH_BREADTH}

_in_memory = itertools.count()

# Chroma's registry of open clients is not guarded against two threads opening or closing at once. Reentrant, since the
# garbage collector may close one generation while another one is being opened.
_opening = threading.RLock()


class VectorsError(Exception):
    """Chroma cannot be opened."""


def in_folder(folder: Path, resources: ExitStack) -> ClientAPI:
    """A client of a folder, closed with the resources.

    Raises:
        VectorsError: The folder cannot be opened.
    """
    import chromadb
    from chromadb.errors import ChromaError

    try:
        with _opening:
            client = chromadb.PersistentClient(folder.resolve(), settings=_settings())
    except (ChromaError, AttributeError, ValueError) as error:
        # The last two are how Chroma fails to open again what it has once failed to open in the same process.
        raise VectorsError(f"{folder} cannot be opened ({error})") from error
    resources.callback(_close, client)
    return client


def in_memory(name: str, resources: ExitStack) -> chromadb.Collection:
    """An empty collection in this process's memory, deleted with the resources."""
    with _opening:
        memory = _memory(next(_in_memory) // SHARED_BY)
    collection = memory.create(name)
    resources.callback(memory.delete, name)
    return collection


class _Memory:
    """A Chroma of its own in memory, which goes when nothing refers to it any more.

    All of Chroma's own clients in memory are one, and each collection's graph, 2.7 MB or more, stays there as long as
    any client: a process that makes indexes again and again would grow for ever.
    """

    def __init__(self) -> None:
        from chromadb.api.rust import RustBindingsAPI
        from chromadb.config import System

        system = System(_settings())
        self._server = system.instance(RustBindingsAPI)
        system.start()
        weakref.finalize(self, system.stop)

    def create(self, name: str) -> chromadb.Collection:
        from chromadb import Collection

        model = self._server.create_collection(name, configuration={"hnsw": _GRAPH})
        return Collection(self._server, model, embedding_function=None)

    def delete(self, name: str) -> None:
        self._server.delete_collection(name)


@lru_cache(maxsize=1)
def _memory(_number: int) -> _Memory:
    """The one that collections are put into now; the one before it lasts as long as its collections."""
    return _Memory()


def on_server(url: str, resources: ExitStack) -> ClientAPI:
    """A client of a server, closed with the resources.

    Raises:
        VectorsError: The server cannot be reached.
    """
    import chromadb
    from chromadb.errors import ChromaError

    try:
        place = urlsplit(url)
        secure = place.scheme == "https"
        port = place.port or (443 if secure else 80)
        with _opening:
            client = chromadb.HttpClient(place.hostname or url, port, ssl=secure, settings=_settings())
    except (ChromaError, ValueError) as error:
        raise VectorsError(f"the Chroma server at {url} cannot be reached ({error})") from error
    resources.callback(_close, client)
    return client


def create_collection(client: ClientAPI, name: str) -> chromadb.Collection:
    """Makes an empty collection, compared by cosine."""
    written: Any = {"batch_size": WRITTEN_FROM, "sync_threshold": WRITTEN_FROM}
    return client.create_collection(name, configuration={"hnsw": _GRAPH | written}, embedding_function=None)


def open_collection(client: ClientAPI, name: str) -> chromadb.Collection:
    """Opens a collection.

    Raises:
        VectorsError: It is not there.
    """
    from chromadb.errors import ChromaError

    try:
        return client.get_collection(name, embedding_function=None)
    except ChromaError as error:
        raise VectorsError(f"the collection {name} cannot be opened ({error})") from error


def failures() -> tuple[type[Exception], ...]:
    """What Chroma raises where it cannot do what it is asked for."""
    import httpx
    from chromadb.errors import ChromaError

    return ChromaError, httpx.HTTPError, VectorsError


def _settings() -> chromadb.config.Settings:
    from chromadb.config import Settings

    # The user's own .env is not Chroma's to read.
    return Settings(_env_file=None, is_persistent=False, anonymized_telemetry=False)


def _close(client: Any) -> None:
    with _opening:
        client.close()
