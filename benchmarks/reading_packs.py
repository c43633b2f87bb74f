"""Passages packed into rows, each with its questions behind it: a question sees the passage and itself."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from reading_units import Unit
from torch import Tensor

from assistant.answering.reading.prompt import Encode, passage_tokens, question_tokens
from assistant.embedding import has_fast_bfloat16

ROW = 700
"""Tokens that are read together."""


@dataclass(frozen=True, slots=True)
class Packed:
    """Passages in one row, each with its questions behind it.

    Attributes:
        ids: The tokens: int64, (1, tokens).
        positions: Where each stands in what it can see: int64, (1, tokens).
        mask: 0 where a token, by row, sees another, else minus infinity: (1, 1, tokens, tokens).
        asked: For each question: its last token, its passage's sentences as token spans, which of them answer it, and
            its weight.
    """

    ids: Tensor
    positions: Tensor
    mask: Tensor
    asked: list[tuple[int, list[tuple[int, int]], Tensor, float]]


def pack(some: Sequence[Unit], encode: Encode) -> Packed:
    """Puts units into one row."""
    ids: list[int] = []
    positions: list[int] = []
    owners: list[tuple[int, int]] = []
    asked = []
    for number, unit in enumerate(some):
        passage = passage_tokens(unit.sentences, encode, unit.heading)
        spans = [(start + len(ids), end + len(ids)) for start, end in passage.sentences]
        ids += passage.ids
        positions += range(len(passage.ids))
        owners += [(number, -1)] * len(passage.ids)
        for which, question in enumerate(unit.questions):
            own = question_tokens(question.text, encode)
            ids += own
            positions += range(len(passage.ids), len(passage.ids) + len(own))
            owners += [(number, which)] * len(own)
            asked.append((len(ids) - 1, spans, torch.tensor(question.gold, dtype=torch.float32), question.weight))
    owner = torch.tensor(owners)
    same_unit = owner[:, None, 0] == owner[None, :, 0]
    visible = (owner[None, :, 1] == -1) | (owner[:, None, 1] == owner[None, :, 1])
    seen = same_unit & visible & torch.ones(len(ids), len(ids), dtype=torch.bool).tril()
    precision = torch.bfloat16 if has_fast_bfloat16() else torch.float32
    mask = torch.zeros(seen.shape, dtype=precision).masked_fill(~seen, float("-inf"))[None, None]
    return Packed(torch.tensor([ids]), torch.tensor([positions]), mask, asked)


def rows_of(some: Sequence[Unit], encode: Encode, chance: random.Random) -> list[list[Unit]]:
    """The units in a random order, as many together as make about `ROW` tokens."""
    result: list[list[Unit]] = [[]]
    tokens = 0
    for unit in chance.sample(some, len(some)):
        own = len(encode(" ".join((unit.heading, *unit.sentences, *(question.text for question in unit.questions)))))
        if tokens and tokens + own > ROW:
            result.append([])
            tokens = 0
        result[-1].append(unit)
        tokens += own
    return result
