"""A cross-encoder that reads the question and a passage together: slower, and better where the model is a good one."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.errors import SettingsError
from assistant.model_files import model_folder, unreadable
from assistant.types import Passage

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder


class Reranker:
    """Scores passages by what a cross-encoder makes of them. Safe to use from several threads: they take turns."""

    def __init__(self, name: str) -> None:
        """Chooses a model; it is loaded at the first use.

        Args:
            name: A sentence-transformers cross-encoder's name or folder.
        """
        self.name = name
        self._turn = threading.Lock()
        self._loaded: CrossEncoder | None = None

    def scores(self, question: str, passages: Sequence[Passage]) -> list[float]:
        """What the model makes of each passage: the higher, the better, on a scale of its own.

        Raises:
            SettingsError: The model cannot be loaded.
        """
        if not passages:
            return []
        pairs = [(question, passage.text) for passage in passages]
        with self._turn:
            return [float(score) for score in self._model().predict(pairs, show_progress_bar=False)]

    def load(self) -> None:
        """Loads the model now.

        Raises:
            SettingsError: It cannot be loaded.
        """
        with self._turn:
            self._model()

    def _model(self) -> CrossEncoder:
        if self._loaded is None:
            self._loaded = _load(self.name)
        return self._loaded


@lru_cache(maxsize=2)
def shared_reranker(name: str) -> Reranker:
    """The process's one reranker of a name."""
    return Reranker(name)


def _load(name: str) -> CrossEncoder:
    from sentence_transformers import CrossEncoder

    try:
        model: CrossEncoder = CrossEncoder(str(model_folder(name)), device="cpu", num_labels=1, local_files_only=True)
    except unreadable() as error:
        raise SettingsError(
            f"The reranker {name!r} cannot be loaded ({error}); nothing is downloaded here: set ASSISTANT_RERANKER to "
            "a cross-encoder on this machine, by name or folder, or leave it out."
        ) from error
    return model
