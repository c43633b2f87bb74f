"""The embedding model: sentence-transformers behind LangChain's ``Embeddings`` interface."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from langchain_core.embeddings import Embeddings

from assistant.model_files import fingerprint, model_folder, refused, unreadable
from assistant.settings import DEFAULT_MODEL
from assistant.types import EmbeddedText

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

logger = logging.getLogger(__name__)

_CHOOSING: Final = threading.Lock()

BATCH = 32
"""Passages in one forward pass."""


@dataclass(frozen=True, slots=True)
class TextTokens:
    """A text as the model sees it, special tokens included.

    Attributes:
        ids: The tokens' numbers in the vocabulary.
        tokens: The tokens as they are written there.
        offsets: Where each one's characters begin and end in the text: int64, (tokens, 2); 0, 0 for special ones.
        vectors: What the model makes of them: float32, (tokens, dimensions).
    """

    ids: tuple[int, ...]
    tokens: tuple[str, ...]
    offsets: np.ndarray
    vectors: np.ndarray

    def within(self, start: int, end: int) -> np.ndarray:
        """The vectors of the tokens that have a part in a stretch: float32, (tokens, dimensions); there may be none.

        Args:
            start: Its first character, 0-based.
            end: The one after its last.
        """
        return np.asarray(self.vectors[(self.offsets[:, 0] < end) & (self.offsets[:, 1] > start)])


class Embedder(Embeddings):
    """Embeds questions and passages.

    The weights are loaded at the first use. Safe to call from several threads: they take turns.

    Attributes:
        name: The model's name or folder.
        fingerprint: Tells one model's vectors from another's.
    """

    def __init__(self, name: str = DEFAULT_MODEL) -> None:
        """Chooses a model; nothing is loaded yet.

        Args:
            name: The packaged model's name, or a sentence-transformers name or folder.

        Raises:
            SettingsError: Its files cannot be read.
        """
        self.name = name
        self.fingerprint = fingerprint(name)
        # The tokenizer's truncation and padding are state that threads must not share.
        self._turn = threading.RLock()
        self._loaded: SentenceTransformer | None = None

    def load(self) -> None:
        """Loads the weights now.

        Raises:
            SettingsError: The model cannot be loaded.
        """
        self._model()

    @property
    def precision(self) -> str:
        """What passages are computed in: bfloat16 or float32, by this machine's processor."""
        return "bfloat16" if has_fast_bfloat16() else "float32"

    def encode_passages(self, passages: Sequence[EmbeddedText]) -> list[np.ndarray]:
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
            return [self._encode([p.text, *(p.text[a:b] for a, b in p.sentences)]).astype(np.float16) for p in passages]
        texts = self.token_vectors([passage.text for passage in passages])
        return [_passage_and_sentences(passage, text) for passage, text in zip(passages, texts, strict=True)]

    def token_vectors(self, texts: Sequence[str]) -> list[TextTokens]:
        """The tokens of texts with their vectors, as they come out of the model."""
        with self._turn, _fastest():
            model = self._model()
            outputs = model.encode_document(
                list(texts), batch_size=BATCH, output_value=None, show_progress_bar=False, prompt=""
            )
            encoded = model.tokenizer(
                list(texts), truncation=True, max_length=model.max_seq_length, return_offsets_mapping=True
            )
            return [
                TextTokens(
                    ids=tuple(ids),
                    tokens=tuple(model.tokenizer.convert_ids_to_tokens(ids)),
                    offsets=np.array(offsets, dtype=np.int64).reshape(-1, 2),
                    vectors=output["token_embeddings"][: len(ids)].float().cpu().numpy(),
                )
                for ids, offsets, output in zip(encoded["input_ids"], encoded["offset_mapping"], outputs, strict=True)
            ]

    def token_ids(self, texts: Sequence[str]) -> list[list[int]]:
        """The numbers of texts' tokens in the vocabulary, without special tokens."""
        if not texts:
            return []  # which the tokenizer cannot take
        with self._turn:
            encoded = self._model().tokenizer(list(texts), add_special_tokens=False)
            return [list(ids) for ids in encoded["input_ids"]]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of texts, each of unit length."""
        return [[float(x) for x in vector] for vector in self._encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question, of unit length."""
        with self._turn:
            vector = self._model().encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return [float(x) for x in vector]

    def _encode(self, texts: list[str]) -> np.ndarray:
        with self._turn, _fastest():
            vectors = self._model().encode_document(texts, batch_size=BATCH, show_progress_bar=False)
        return unit(np.asarray(vectors, dtype=np.float32))

    def _model(self) -> SentenceTransformer:
        with self._turn:
            if self._loaded is None:
                self._loaded = _load(self.name)
            return self._loaded


def shared_embedder(name: str) -> Embedder:
    """The process's one embedder of a name: a model is loaded once, however many ask for it at once.

    Where other weights have taken the place of a model's, it is loaded anew: an index must not be told that its vectors
    are of the new ones while they are made with the old.

    Raises:
        SettingsError: The model's files cannot be read.
    """
    with _CHOOSING:
        return _chosen_embedder(name, fingerprint(name))


@lru_cache(maxsize=4)
def _chosen_embedder(name: str, _fingerprint: str) -> Embedder:
    return Embedder(name)


def _load(name: str) -> SentenceTransformer:
    # Threads that spin at OpenMP's barriers starve each other wherever the processor is shared.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    try:
        model = SentenceTransformer(str(model_folder(name)), device="cpu", local_files_only=True)
    except unreadable() as error:
        raise refused(name, error) from error
    logger.debug("Loaded the embedding model %s", name)
    return model


def _pools_by_mean(model: SentenceTransformer) -> bool:
    """Whether a text's vector is the mean of its tokens', so that a sentence's may be the mean of its own."""
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    poolings = [module for module in model if isinstance(module, Pooling)]
    plain = all(isinstance(module, Transformer | Pooling | Normalize) for module in model)
    means = all(pooling.pooling_mode == "mean" for pooling in poolings)
    return plain and means and bool(getattr(model.tokenizer, "is_fast", False)) and not model.prompts.get("document")


def _passage_and_sentences(passage: EmbeddedText, text: TextTokens) -> np.ndarray:
    vector = text.vectors.mean(axis=0)
    own = [text.within(start, end) for start, end in passage.sentences]
    rows = [vector, *(tokens.mean(axis=0) if len(tokens) else vector for tokens in own)]
    return unit(np.array(rows, dtype=np.float32)).astype(np.float16)


def unit(vectors: np.ndarray) -> np.ndarray:
    """Vectors of the same directions and length 1, those of length 0 left as they are: float32, of the same shape."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
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
