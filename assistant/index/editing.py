"""Writes the SQLite file of a generation that is being built."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Self

import numpy as np

from assistant.errors import DocumentError
from assistant.index.recipe import Recipe
from assistant.index.store import IN_MEMORY, Failure, FileRecord, Store, create_schema, packed
from assistant.splitting import embedded_texts
from assistant.types import Document, EmbeddedText, Passage
from assistant.words import words

KEY_BYTES = 16
"""Of a SHA-256: enough that no two texts of any collection share them."""


class StoreEditor(Store):
    """A store that can be changed, by one thread. Nothing reads its file before it is finished."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Takes over a connection to a store with its tables."""
        super().__init__(connection)
        # A build that fails is thrown away whole, so nothing is spent on undoing half of it.
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        self._vocabulary: dict[str, int] = dict(self._rows("SELECT word, id FROM vocabulary"))
        self._next_word = max(self._vocabulary.values(), default=-1) + 1
        self._unembedded: dict[bytes, EmbeddedText] = {}

    @classmethod
    def create(cls, path: Path | None = None) -> Self:
        """Makes an empty one in a file, or in memory."""
        connection = sqlite3.connect(path or IN_MEMORY, check_same_thread=False)
        create_schema(connection)
        editor = cls(connection)
        editor.note("dimensions", 0)
        editor.note("removed", 0)
        return editor

    @classmethod
    def edit(cls, path: Path) -> Self:
        """Opens a file to change it."""
        return cls(sqlite3.connect(path, check_same_thread=False))

    def put(
        self, document: Document, passages: Sequence[Passage], size: int, changed_ns: int | None, indexed: datetime
    ) -> None:
        """Puts a document in, in place of what stood under its source.

        Args:
            document: What its file says.
            passages: What it was split into.
            size: The file's length in bytes.
            changed_ns: When the file was last changed, or None where that cannot be relied on.
            indexed: When it was read.

        Raises:
            DocumentError: Its text is not valid Unicode.
        """
        try:
            document.text.encode()
        except UnicodeEncodeError as error:
            raise DocumentError(
                f"{document.source} has half a character in it, at {error.start}; take that out of its text."
            ) from error
        self.remove(document.source)
        row = (document.source, document.title, document.text, packed(document), document.sha256)
        cursor = self._connection.execute(
            "INSERT INTO documents (source, title, text, structure, sha256, size, mtime_ns, indexed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, size, changed_ns, indexed.isoformat()),
        )
        occurrences: Counter[bytes] = Counter()
        headings = [section.start for section in document.sections]
        for passage, embedded in zip(passages, embedded_texts(document, passages), strict=True):
            key = embedding_key(embedded)
            section = bisect_right(headings, passage.start)
            self._insert(passage, embedded, cursor.lastrowid, section, key, occurrences[key])
            occurrences[key] += 1

    def remove(self, source: str) -> None:
        """Takes a document out, if it is there; its vectors stay until `finish`."""
        self._connection.execute(
            "DELETE FROM passages WHERE document = (SELECT id FROM documents WHERE source = ?)", (source,)
        )
        self._connection.execute("DELETE FROM documents WHERE source = ?", (source,))

    def remember(self, source: str, file: FileRecord) -> None:
        """Notes the state of a file whose content did not change."""
        self._connection.execute(
            "UPDATE documents SET size = ?, mtime_ns = ? WHERE source = ?", (file.size, file.changed_ns, source)
        )

    def replace_failures(self, failures: Mapping[str, Failure]) -> None:
        """Notes why files could not be indexed, in place of what was noted before."""
        self._connection.execute("DELETE FROM failures")
        rows = [(source, *failure) for source, failure in failures.items()]
        self._connection.executemany("INSERT INTO failures VALUES (?, ?, ?)", rows)

    def unembedded(self) -> dict[bytes, EmbeddedText]:
        """One text for each vector that is missing, by the vector's key."""
        missing = self._unembedded
        return {key: missing[key] for (key,) in self._rows("SELECT DISTINCT embedding FROM passages") if key in missing}

    def put_vectors(self, vectors: Mapping[bytes, np.ndarray], precision: str) -> None:
        """Keeps what the embedder made of passages.

        Args:
            vectors: By key: float16, (rows, dimensions).
            precision: What they were computed in.
        """
        blobs = {key: np.ascontiguousarray(matrix, dtype=np.float16).tobytes() for key, matrix in vectors.items()}
        rows = [(key, precision, blob) for key, blob in blobs.items()]
        self._connection.executemany("INSERT INTO embeddings VALUES (?, ?, ?)", rows)
        self.note("dimensions", next(iter(vectors.values())).shape[1])

    def note_unreached(self, sought: Iterable[int], unreached: Iterable[int]) -> None:
        """Notes to which of the passages that were looked for Chroma's graph does not lead; of others, nothing new."""
        self._connection.executemany("DELETE FROM unreached WHERE passage = ?", [(number,) for number in sought])
        self._connection.executemany("INSERT INTO unreached VALUES (?)", [(number,) for number in unreached])

    def note(self, name: str, value: int | str) -> None:
        """Notes a value under a name."""
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, str(value)))

    def finish(self, recipe: Recipe, built: datetime, folder: str = "") -> None:
        """Drops what nothing refers to any more and makes the rest readable by others.

        Args:
            recipe: What it was made with.
            built: When.
            folder: Where its documents folder lies, as `folder.place_of` tells it; "" where there is none.
        """
        self._connection.execute("DELETE FROM embeddings WHERE key NOT IN (SELECT embedding FROM passages)")
        self._connection.execute("DELETE FROM unreached WHERE passage NOT IN (SELECT id FROM passages)")
        blobs = self._rows("SELECT words FROM passages")
        used = set(np.unique(np.frombuffer(b"".join(blob for (blob,) in blobs), np.uint32)).tolist())
        unused = [(word,) for word in self._vocabulary.values() if word not in used]
        self._connection.executemany("DELETE FROM vocabulary WHERE id = ?", unused)
        self.note("recipe", json.dumps(asdict(recipe)))
        self.note("built", built.isoformat())
        self.note("folder", folder)
        self._connection.commit()

    def _insert(
        self,
        passage: Passage,
        embedded: EmbeddedText,
        document: int | None,
        section: int,
        key: bytes,
        occurrence: int,
    ) -> None:
        context = self._word_ids(embedded.context)
        sentences = [self._word_ids(passage.quote(span)) for span in passage.sentences]
        spans = [(*span, len(ids)) for span, ids in zip(passage.sentences, sentences, strict=True)]
        self._connection.execute(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                passage_id(passage.source, key, occurrence),
                document,
                passage.start,
                section,
                np.array(spans, dtype=np.int32).tobytes(),
                np.concatenate([context, *sentences]).tobytes(),
                key,
            ),
        )
        if not self._rows("SELECT 1 FROM embeddings WHERE key = ?", (key,)):
            self._unembedded[key] = embedded

    def _word_ids(self, text: str) -> np.ndarray:
        found = words(text)
        new = [word for word in dict.fromkeys(found) if word not in self._vocabulary]
        rows = list(zip(new, range(self._next_word, self._next_word + len(new)), strict=True))
        self._vocabulary.update(rows)
        self._next_word += len(new)
        self._connection.executemany("INSERT INTO vocabulary (word, id) VALUES (?, ?)", rows)
        return np.array([self._vocabulary[word] for word in found], dtype=np.uint32)


def embedding_key(embedded: EmbeddedText) -> bytes:
    """What decides a passage's vectors: the text that is embedded, and where its sentences lie in it."""
    sentences = [tuple(span) for span in embedded.sentences]
    return hashlib.sha256(f"{embedded.text}\0{sentences}".encode()).digest()[:KEY_BYTES]


def passage_id(source: str, key: bytes, occurrence: int) -> int:
    """A passage's number, the same in every index over the same documents, whatever was built before.

    Args:
        source: The passage's document.
        key: Its embedding key.
        occurrence: How many passages before it in the document have the same key.

    Returns:
        A positive 63-bit number, as SQLite and numpy hold it; the offsets are not in it, so that a passage that moves
        within its document stays the same one.
    """
    digest = hashlib.sha256(f"{source}\0{occurrence}\0".encode() + key).digest()
    return int.from_bytes(digest[:8]) >> 1
