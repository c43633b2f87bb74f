"""What chat models replied before, in one SQLite file of bounded size."""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from assistant.answering.chat_model.connection import Prompt

logger = logging.getLogger(__name__)

BUSY_SECONDS: Final = 2.0
"""How long to wait for another process that writes."""

_SCHEMA: Final = "CREATE TABLE IF NOT EXISTS replies (key TEXT PRIMARY KEY, reply TEXT, bytes INTEGER, used INTEGER)"
_OVERFLOW: Final = """
    DELETE FROM replies WHERE key IN (
        SELECT key FROM (SELECT key, SUM(bytes) OVER (ORDER BY used DESC, key) AS total FROM replies) WHERE total > ?
    )
"""
_NEXT: Final = "(SELECT COALESCE(MAX(used), 0) + 1 FROM replies)"


class ReplyCache:
    """Replies by all that they depend on: the model and every word that it was told. Safe from several threads.

    What is kept is what the model said; it is verified anew each time. A file that cannot be used is no failure: the
    model is asked.
    """

    def __init__(self, file: Path, megabytes: float) -> None:
        """Chooses a file; it is made at the first reply.

        Args:
            file: The SQLite file.
            megabytes: How much the replies may take together, in millions of bytes; 0 keeps none.
        """
        self._file = file
        self._bytes = int(megabytes * 1_000_000)

    def get(self, model: str, prompt: Prompt) -> str | None:
        """What a model replied to the same before, or None."""
        if not self._bytes or not self._file.exists():
            return None
        key = _key(model, prompt)
        try:
            with self._database() as database:
                # S608: no part of it comes from outside.
                rows = database.execute(f"UPDATE replies SET used = {_NEXT} WHERE key = ? RETURNING reply", (key,))  # noqa: S608
                found = rows.fetchall()
        except (sqlite3.Error, OSError) as error:
            logger.warning("Past answers in %s cannot be read: %s", self._file, error)
            return None
        return str(found[0][0]) if found else None

    def put(self, model: str, prompt: Prompt, reply: str) -> None:
        """Keeps a reply; those that were not used for longest make room for it."""
        if not self._bytes:
            return
        row = (_key(model, prompt), reply, len(reply.encode()))
        try:
            with self._database() as database:
                database.execute(f"INSERT OR REPLACE INTO replies VALUES (?, ?, ?, {_NEXT})", row)  # noqa: S608
                database.execute(_OVERFLOW, (self._bytes,))
        except (sqlite3.Error, OSError) as error:
            logger.warning("The answer cannot be kept in %s: %s", self._file, error)

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(self._file, timeout=BUSY_SECONDS)
        try:
            with database:
                database.execute(_SCHEMA)
                yield database
        finally:
            database.close()


def _key(model: str, prompt: Prompt) -> str:
    told = json.dumps([model, [list(turn) for turn in prompt]], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
