"""Where Chroma keeps collections: in a folder, in this process's memory, or on a server."""

from __future__ import annotations

import itertools
import threading
import weakref
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from json import JSONDecodeError
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any, Final

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

_LONGEST_REASON: Final = 300
"""Characters; a server's answer may be a whole page."""

_GRAPH: Final[Any] = {"space": "cosine", "ef_search": SEARCH_BREADTH}

_in_memory = itertools.count()

# Chroma's registry of open clients is not guarded against two threads opening or closing at once. Reentrant, since the
# garbage collector may close one generation while another one is being opened.
_opening = threading.RLock()


class VectorsError(Exception):
    """Chroma cannot be opened, or cannot do what it is asked for."""


@contextmanager
def calling_chroma() -> Iterator[None]:
    """Makes one kind of error of all that Chroma raises where it cannot do what it is asked for.

    Raises:
        VectorsError: It cannot.
    """
    import httpx
    from chromadb.errors import ChromaError

    try:
        yield
    except Exception as error:
        # What is not Chroma's own, such as a page by the proxy in front of it, comes as a bare Exception.
        if isinstance(error, ChromaError | httpx.HTTPError | JSONDecodeError) or type(error) is Exception:
            raise VectorsError(_in_a_line(error)) from error
        raise


def _in_a_line(error: Exception) -> str:
    return shorten(str(error), _LONGEST_REASON) or type(error).__name__


def in_folder(folder: Path, resources: ExitStack) -> ClientAPI:
    """A client of a folder, closed with the resources.

    Raises:
        VectorsError: The folder cannot be opened.
    """
    import chromadb

    try:
        with calling_chroma(), _opening:
            client = chromadb.PersistentClient(folder.resolve(), settings=_settings())
    except (VectorsError, AttributeError, ValueError) as error:
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

    try:
        with calling_chroma(), _opening:
            # A whole URL in place of the host is kept with its port and path.
            client = chromadb.HttpClient(url, ssl=url.startswith("https:"), settings=_settings())
    except (VectorsError, ValueError) as error:
        raise VectorsError(f"the Chroma server at {url} cannot be reached ({_in_a_line(error)})") from error
    resources.callback(_close, client)
    return client


@calling_chroma()
def create_collection(client: ClientAPI, name: str) -> chromadb.Collection:
    """Makes an empty collection, compared by cosine.

    Raises:
        VectorsError: It cannot be made.
    """
    written: Any = {"batch_size": WRITTEN_FROM, "sync_threshold": WRITTEN_FROM}
    return client.create_collection(name, configuration={"hnsw": _GRAPH | written}, embedding_function=None)


def open_collection(client: ClientAPI, name: str) -> chromadb.Collection:
    """Opens a collection.

    Raises:
        VectorsError: It is not there, or cannot be opened.
    """
    try:
        with calling_chroma():
            return client.get_collection(name, embedding_function=None)
    except VectorsError as error:
        raise VectorsError(f"the collection {name} cannot be opened ({error})") from error


def _settings() -> chromadb.config.Settings:
    from chromadb.config import Settings

    # The user's own .env is not Chroma's to read.
    return Settings(_env_file=None, is_persistent=False, anonymized_telemetry=False)


def _close(client: Any) -> None:
    with _opening:
        client.close()
