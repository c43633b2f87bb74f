"""Reads the SQLite file of one generation: documents, passages, vectors and words. `editing` writes it."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

import numpy as np

from assistant.errors import DocumentError
from assistant.index.layout import Layout, layout_of
from assistant.index.recipe import Recipe
from assistant.index.unreached import Unreached
from assistant.types import Block, Document, DocumentRecord, Page, Section, Span

FORMAT: Final = 4
"""Changes whenever a file written by an older version would be misread, so that it is rebuilt."""

IN_MEMORY: Final = ":memory:"

_SCHEMA: Final = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    structure TEXT NOT NULL,  -- JSON: blocks, sections, pages, language, author, date
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,    -- bytes of the file
    mtime_ns INTEGER,         -- when the file last changed; NULL: compare by content, that cannot be relied on
    indexed TEXT NOT NULL     -- ISO 8601
);
CREATE TABLE failures (
    source TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    attempt TEXT NOT NULL     -- what was tried; '': try again at every build
);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (id),
    start INTEGER NOT NULL,   -- of its first sentence
    section INTEGER NOT NULL, -- its number in the document, from 1; 0 above the first
    sentences BLOB NOT NULL,  -- int32: of each, its start, its end and how many words it has
    words BLOB NOT NULL,      -- uint32: ids in the vocabulary, of what is embedded in front, then of each sentence
    embedding BLOB NOT NULL   -- the key of its vectors
);
CREATE INDEX passages_by_document ON passages (document);
CREATE INDEX passages_by_embedding ON passages (embedding);
CREATE TABLE embeddings (
    key BLOB PRIMARY KEY,
    precision TEXT NOT NULL,  -- what they were computed in
    vectors BLOB NOT NULL     -- float16, row by row
);
CREATE INDEX embeddings_by_precision ON embeddings (precision);
CREATE TABLE unreached (passage INTEGER PRIMARY KEY);  -- Chroma's graph does not lead to them
CREATE TABLE vocabulary (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);
"""
_SPLIT: Final = """
SELECT embedding, sentences FROM passages JOIN documents ON documents.id = document WHERE source = ? ORDER BY start
"""
_UNREACHED: Final = """
SELECT passage, source FROM unreached
JOIN passages ON passages.id = passage JOIN documents ON documents.id = document ORDER BY passage
"""
_RECORDS: Final = """
SELECT source, title, sha256, size, (SELECT count(*) FROM passages WHERE document = documents.id), indexed,
       json_extract(structure, '$.language')
FROM documents
"""

_VARIABLES: Final = 10_000
"""Values in one statement; SQLite takes 32,766."""

_LAYOUT: Final = """
SELECT passages.id, source, section, sentences, words
FROM passages JOIN documents ON documents.id = document ORDER BY source, start
"""


class FileRecord(NamedTuple):
    """What the manifest remembers of a document's file, to tell whether it has changed."""

    sha256: str
    size: int
    changed_ns: int | None


class Failure(NamedTuple):
    """Why a file could not be indexed.

    Attributes:
        reason: In words for the person whose file it is.
        attempt: What was tried: the file's state and the limits. "" is tried at every build.
    """

    reason: str
    attempt: str = ""


class Store:
    """One generation's SQLite file, for reading. Safe to use from several threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Takes over a connection that may be used by any thread."""
        self._connection = connection
        self._lock = threading.Lock()

    @classmethod
    def open(cls, path: Path) -> Self:
        """Opens a file that nobody changes any more.

        Raises:
            sqlite3.Error: It is not there or is not such a file.
        """
        # Immutable: no lock or journal file is made, so that it opens on a read-only disk too.
        uri = path.resolve().as_uri() + "?mode=ro&immutable=1"
        return cls(sqlite3.connect(uri, uri=True, check_same_thread=False))

    def close(self) -> None:
        """Lets go of the file."""
        with self._lock:
            self._connection.close()

    def recipe(self) -> Recipe:
        """What it was made with."""
        return Recipe(**json.loads(self._meta("recipe")))

    def built(self) -> datetime:
        """When it was finished."""
        return datetime.fromisoformat(self._meta("built"))

    def folder(self) -> str:
        """Where its documents folder lies, as `folder.place_of` tells it; "" where there is none."""
        return self._meta("folder")

    def number(self, name: str, default: int | None = None) -> int:
        """A number that was noted, or the default.

        It is the "dimensions" of the vectors, how many "removed" ones Chroma still carries, or how many were "added" to
        it since all were last looked for.
        """
        return int(self._meta(name, default))

    def precision(self) -> str:
        """What its vectors were computed in: more than one, with commas, where it was built on several machines."""
        return ", ".join(name for (name,) in self._rows("SELECT DISTINCT precision FROM embeddings ORDER BY precision"))

    def files(self) -> dict[str, FileRecord]:
        """The state in which each document's file was read, by source."""
        return {
            row[0]: FileRecord(*row[1:]) for row in self._rows("SELECT source, sha256, size, mtime_ns FROM documents")
        }

    def failures(self) -> dict[str, Failure]:
        """Why files could not be indexed, by source."""
        rows = self._rows("SELECT source, reason, attempt FROM failures ORDER BY source")
        return {source: Failure(reason, attempt) for source, reason, attempt in rows}

    def document_count(self) -> int:
        """How many documents it holds."""
        return int(self._rows("SELECT count(*) FROM documents")[0][0])

    def passage_count(self) -> int:
        """How many passages it holds."""
        return int(self._rows("SELECT count(*) FROM passages")[0][0])

    def passage_sources(self) -> dict[int, str]:
        """The source of each passage, by id, in the order of the ids."""
        sql = "SELECT passages.id, source FROM passages JOIN documents ON documents.id = document ORDER BY passages.id"
        return dict(self._rows(sql))

    def document(self, source: str) -> Document:
        """A document as it was read.

        Raises:
            DocumentError: It is not in the index.
        """
        rows = self._rows("SELECT source, title, text, sha256, structure FROM documents WHERE source = ?", (source,))
        if not rows:
            raise DocumentError(f"“{source}” is not in the index; see which documents are with `assistant status`.")
        *fields, structure = rows[0]
        return Document(*fields, **_unpacked(structure))

    def records(self) -> tuple[DocumentRecord, ...]:
        """All that is known of each file, good or failed, in the order of their names."""
        failures = self.failures()
        records = {
            source: DocumentRecord(
                source, title, sha256, size, passages, datetime.fromisoformat(indexed), language=language
            )
            for source, title, sha256, size, passages, indexed, language in self._rows(_RECORDS)
        }
        for source, failure in failures.items():
            record = records.get(source) or DocumentRecord(source, "", "", 0, 0)
            records[source] = replace(record, failed=failure.reason)
        return tuple(records[source] for source in sorted(records))

    def split(self, source: str) -> list[tuple[bytes, list[Span]]]:
        """What a document was split into: of each passage in reading order the key of its vectors and its sentences."""
        rows = self._rows(_SPLIT, (source,))
        spans = ((key, np.frombuffer(blob, np.int32).reshape(-1, 3).tolist()) for key, blob in rows)
        return [(key, [Span(start, end) for start, end, _ in sentences]) for key, sentences in spans]

    def vectors(self, ids: Sequence[int]) -> list[np.ndarray]:
        """What the embedder made of passages, in the order asked: float16, (any number of rows, dimensions)."""
        dimensions = self.number("dimensions")
        sql = "SELECT id, vectors FROM passages JOIN embeddings ON key = embedding WHERE id IN ({})"
        found = dict(self._by_id(sql, ids))
        return [np.frombuffer(found[number], np.float16).reshape(-1, dimensions) for number in ids]

    def passage_vectors(self, ids: Sequence[int]) -> np.ndarray:
        """The vectors of passages themselves, in the order asked: float32, (passages, dimensions)."""
        return np.array([matrix[0] for matrix in self.vectors(ids)], dtype=np.float32)

    def unreached(self) -> Unreached:
        """The passages that Chroma's graph does not lead to."""
        rows = self._rows(_UNREACHED)
        ids = [number for number, _ in rows]
        return Unreached(ids, [source for _, source in rows], self.passage_vectors(ids))

    def layout(self) -> Layout:
        """Where every passage, sentence and word stands."""
        return layout_of(self._rows(_LAYOUT), dict(self._rows("SELECT word, id FROM vocabulary")))

    def _meta(self, name: str, default: int | None = None) -> str:
        rows = self._rows("SELECT value FROM meta WHERE name = ?", (name,))
        if not rows and default is None:
            raise sqlite3.DatabaseError(f"there is no {name} in it")
        return str(rows[0][0] if rows else default)

    def _rows(self, sql: str, values: Iterable[Any] = ()) -> list[Any]:
        with self._lock:
            return self._connection.execute(sql, tuple(values)).fetchall()

    def _by_id(self, sql: str, ids: Sequence[int]) -> Iterator[Any]:
        numbers = [int(number) for number in ids]
        for start in range(0, len(numbers), _VARIABLES):
            batch = numbers[start : start + _VARIABLES]
            yield from self._rows(sql.format(",".join("?" * len(batch))), batch)


def create_schema(connection: sqlite3.Connection) -> None:
    """Makes the tables of an empty generation."""
    connection.executescript(_SCHEMA)


def packed(document: Document) -> str:
    """A document's structure as JSON."""
    return json.dumps(
        {
            "blocks": [astuple(block) for block in document.blocks],
            "sections": [astuple(section) for section in document.sections],
            "pages": [astuple(page) for page in document.pages],
            "language": document.language,
            "author": document.author,
            "date": document.date,
        }
    )


def _unpacked(structure: str) -> dict[str, Any]:
    fields = json.loads(structure)
    return {
        **fields,
        "blocks": tuple(Block(*block) for block in fields["blocks"]),
        "sections": tuple(Section(*section) for section in fields["sections"]),
        "pages": tuple(Page(*page) for page in fields["pages"]),
    }
