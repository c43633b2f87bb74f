"""Reads passages with a question in mind: whether each answers it, and in which sentences."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from threading import Lock
from typing import Final

import numpy as np
import torch
from safetensors import safe_open
from tokenizers import Tokenizer
from torch import Tensor
from transformers import DynamicCache, LlamaModel

from assistant.answering.reading.model import (
    ADAPTERS,
    TOKENIZER,
    Heads,
    Place,
    load_base,
    packaged_file,
    sentence_means,
)
from assistant.answering.reading.prompt import passage_tokens, question_tokens
from assistant.embedding import has_fast_bfloat16

logger = logging.getLogger(__name__)

_LOADING: Final = Lock()

UNSEEN: Final = 1e-5
"""Added to the attention before its logarithm is taken, which would be without bounds."""

REMEMBERED: Final = 64
"""Passages and single sentences that are kept as they were read, 6 MB and about 1 MB each, about as many of both:
the next question is often about the same ones."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a passage says to a question.

    Attributes:
        answers: The logarithm of the odds that it answers the question.
        sentences: The same for each of its sentences, given that the passage answers: float32, (sentences,).
        attention: The logarithm of how much each attention head looks at a token of each sentence, in the mean, where
            an answer would begin: float32, (sentences, heads).
    """

    answers: float
    sentences: np.ndarray
    attention: np.ndarray


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage as it was read, before any question: what the question attends to, its sentences, and their states."""

    attended: DynamicCache
    spans: tuple[tuple[int, int], ...]
    sentences: Tensor


class Reader:
    """Reads passages. Safe to use from several threads: they take turns."""

    def __init__(self, model: LlamaModel, heads: Heads, tokenizer: Tokenizer) -> None:
        """Takes the parts of a taught model."""
        self._model, self._heads, self._tokenizer = model, heads, tokenizer
        # What a document says is text, even where it looks like one of the model's own marks.
        tokenizer.encode_special_tokens = True
        self._turn = Lock()
        # The passage comes first, so what is made of it is the same whatever is asked.
        self._read_passage = lru_cache(maxsize=REMEMBERED)(self._passage)

    def read(self, question: str, sentences: Sequence[str], heading: str = "") -> Reading:
        """Reads a passage, then the question.

        Args:
            question: The question.
            sentences: The passage's.
            heading: What they stand under, if anything: they may say too little without it.
        """
        ids = question_tokens(question, self._encode)
        with self._turn, torch.inference_mode():
            passage = self._read_passage(heading, tuple(sentences))
            with ExitStack() as unfinished:
                # Part of the question may be left behind the passage, and would be read with the next one.
                unfinished.callback(self._read_passage.cache_clear)
                state, attention = self._question(ids, passage.attended)
                passage.attended.crop(-len(ids))
                unfinished.pop_all()
            answers, pointers = self._heads(state, passage.sentences)
            looks = (sentence_means(attention, passage.spans) + UNSEEN).log()
        return Reading(float(answers), pointers.numpy(), looks.numpy())

    def _passage(self, heading: str, sentences: tuple[str, ...]) -> _Read:
        tokens, attended = passage_tokens(sentences, self._encode, heading), DynamicCache(config=self._model.config)
        output = self._model(input_ids=torch.tensor([tokens.ids]), past_key_values=attended, use_cache=True)
        states = sentence_means(output.last_hidden_state[0].float(), tokens.sentences)
        return _Read(attended, tokens.sentences, states)

    def _question(self, ids: list[int], attended: DynamicCache) -> tuple[Tensor, Tensor]:
        """Reads a question behind what is attended to, of which it then is a part.

        Returns:
            The last layer's state at its last token: float32, (hidden,); how much that one looks at each of all tokens:
            float32, (tokens, heads of all layers).
        """
        output = self._model(
            input_ids=torch.tensor([ids]), past_key_values=attended, use_cache=True, output_attentions=True
        )
        looks = torch.cat([layer[0, :, -1] for layer in output.attentions])
        return output.last_hidden_state[0, -1].float(), looks.T.float()

    def _encode(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(text, add_special_tokens=False).ids)


def shared_reader() -> Reader | None:
    """The process's one reader, or None where the packaged model is not installed: it is loaded once."""
    with _LOADING:
        return loaded_reader()


@lru_cache(maxsize=1)
def loaded_reader() -> Reader | None:
    """The same, where it is the only thread."""
    file = packaged_file()
    if file is None:
        logger.info("The reading model is not installed: answers are decided on without it.")
        return None
    with as_file(files("assistant.answering.reading")) as folder:
        return _load(file, folder)


def _load(file: Path, folder: Path) -> Reader | None:
    with safe_open(folder / ADAPTERS, "pt") as taught:
        metadata = taught.metadata()
        learned = {name: taught.get_tensor(name) for name in taught.keys()}  # noqa: SIM118
    with file.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != metadata["sha256"]:
            logger.warning("%s is not the model that was taught to read; answers are decided on without it.", file)
            return None
    model = load_base(file, {name: Place(*place) for name, place in json.loads(metadata["places"]).items()})
    weights = dict(model.named_parameters())
    for name in (name.removesuffix(".up") for name in learned if name.endswith(".up")):
        weights[f"{name}.weight"].add_(learned[f"{name}.up"].float() @ learned[f"{name}.down"].float())
    heads = Heads()
    heads.load_state_dict({name.removeprefix("heads."): learned[name] for name in learned if name.startswith("heads.")})
    # The only way of attending that tells where it looked.
    model.set_attn_implementation("eager")
    if has_fast_bfloat16():
        model.bfloat16()
    return Reader(model, heads.eval().requires_grad_(False), Tokenizer.from_file(str(folder / TOKENIZER)))
