"""Teaches the packaged language model to read: whether a passage answers a question, and in which sentence.

    python benchmarks/train_reading.py ../shared/eval

It learns from all folds but the held-out one and the one that ``train_agreement.py`` learns from, writes what it
learned into ``assistant/answering/reading``, and tells how it does on the held-out one. Low-rank adapters (Hu et al.,
"LoRA", 2021) are learned beside the frozen weights. The questions over a passage are packed behind it: each sees the
passage and itself. It learns first from whole texts, then from what the product's retrieval finds, then from single
sentences of that beside some more of both, and at last, five times, from the documents that were written for it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import astuple, dataclass
from math import ceil
from pathlib import Path

import gguf
import numpy as np
import torch
from evidence_examples import CALIBRATION, CUT_OUT, FOLDS, HELD_OUT, find
from reading_packs import Packed, pack, rows_of
from reading_units import (
    WEIGHTS,
    WRITTEN,
    Unit,
    found_units,
    sentence_units,
    units,
    with_follow_ups,
    with_others,
)
from rich.console import Console
from rich.table import Table
from safetensors.torch import save_file
from sklearn.metrics import roc_auc_score
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoTokenizer, LlamaModel

from assistant.answering.reading.model import (
    ADAPTERS,
    CONFIGURATION,
    LAYERS,
    TOKENIZER,
    Heads,
    Place,
    load_base,
    packaged_file,
    sentence_means,
)
from assistant.answering.reading.prompt import Encode
from assistant.embedding import has_fast_bfloat16

logger = logging.getLogger(__name__)

FIRST_TAUGHT = 7
"""The layer from which on there are adapters."""

RANK = 16

TARGET = Path(__file__).parent.parent / "assistant" / "answering" / "reading"

POINTER = 0.5
"""What choosing the sentence counts, for what deciding counts."""

AGAIN = 0.4
"""How much of each part is read once more beside what is new in the last cycles."""

SEED = 0


@dataclass(frozen=True, slots=True)
class Cycle:
    """How to learn from some rows, once through them: a rate that rises for a tenth of the steps, and then falls.

    Attributes:
        rows: The units of each row, in the order in which they are read.
        at_once: Rows that are read between two steps.
        rate: The highest rate.
        kept: How much of what it changes is kept: with half of it, less is forgotten of what was learned before. See
            Wortsman et al., "Robust fine-tuning of zero-shot models" (2022).
    """

    rows: Sequence[list[Unit]]
    at_once: int
    rate: float
    kept: float = 1.0


class Adapted(nn.Module):
    """A frozen linear layer with a low-rank adapter beside it."""

    def __init__(self, base: nn.Linear) -> None:
        """Begins as the layer is."""
        super().__init__()
        self.base = base
        self.down = nn.Parameter(torch.randn(RANK, base.in_features) / base.in_features**0.5)
        self.up = nn.Parameter(torch.zeros(base.out_features, RANK))

    def forward(self, inputs: Tensor) -> Tensor:
        """The layer's output and what was learned."""
        output: Tensor = self.base(inputs) + functional.linear(functional.linear(inputs, self.down), self.up)
        return output


class Taught(nn.Module):
    """The frozen model, its adapters and the heads."""

    def __init__(self, model: LlamaModel) -> None:
        """Puts adapters beside the linear layers of the upper blocks."""
        super().__init__()
        self.heads = Heads()
        self.model = model
        self.adapted: dict[str, Adapted] = {}
        for name, module in list(model.named_modules()):
            parent, _, last = name.rpartition(".")
            if isinstance(module, nn.Linear) and int(parent.split(".")[1]) >= FIRST_TAUGHT:
                self.adapted[name] = Adapted(module)
                setattr(model.get_submodule(parent), last, self.adapted[name])

    def learned(self) -> list[nn.Parameter]:
        """All that is not frozen."""
        return [parameter for parameter in self.parameters() if parameter.requires_grad]

    def forward(self, packed: Packed) -> list[tuple[Tensor, Tensor]]:
        """For each question, the logits of its being answered, and of each sentence's answering it."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_fast_bfloat16()):
            output = self.model(
                input_ids=packed.ids, position_ids=packed.positions, attention_mask=packed.mask, use_cache=False
            )
        states = output.last_hidden_state[0].float()
        return [self.heads(states[last], sentence_means(states, spans)) for last, spans, _, _ in packed.asked]

    def tensors(self) -> dict[str, Tensor]:
        """What was learned, by name."""
        changes = {
            f"{name}.{part}": getattr(layer, part) for name, layer in self.adapted.items() for part in ("up", "down")
        }
        halved = {name: tensor.detach().half().contiguous() for name, tensor in changes.items()}
        return halved | {f"heads.{name}": tensor.detach() for name, tensor in self.heads.state_dict().items()}


def loss_of(logits: list[tuple[Tensor, Tensor]], packed: Packed) -> Tensor:
    """How wrong the decisions are, and, where there is an answer, the choices."""
    total = torch.zeros(())
    for (answer, pointers), (_, _, gold, weight) in zip(logits, packed.asked, strict=True):
        total = total + weight * functional.binary_cross_entropy_with_logits(answer, gold.max())
        if gold.any():
            chosen = -torch.log_softmax(pointers, 0)[gold > 0].logsumexp(0)
            apart = functional.binary_cross_entropy_with_logits(pointers, gold)
            total = total + POINTER * weight * (2 * apart + chosen)
    return total


def cycles(
    folder: Path, data: Sequence[Unit], folds: Collection[int], epochs: float, encode: Encode
) -> Iterator[Cycle]:
    """Whole texts; what retrieval finds, and squad's paragraphs; single sentences; five times the written documents."""
    chance = random.Random(SEED)  # noqa: S311
    own = [unit for unit in data if unit.fold in folds]
    public = [unit for unit in own if unit.set != WRITTEN]
    rows = [row for epoch in range(ceil(epochs)) for row in rows_of(with_others(public, epoch), encode, chance)]
    yield Cycle(rows[: round(len(rows) * epochs / ceil(epochs))], at_once=2, rate=5e-4)
    every, squad = list(find(folder, folds)), [unit for unit in public if unit.set == "squad"]
    founds, of_written = ([one for one in every if one.set.startswith(WRITTEN) == wanted] for wanted in (False, True))
    whole = with_others(squad, ceil(epochs))
    yield Cycle(rows_of(found_units(founds, SEED) + whole, encode, chance), at_once=1, rate=3e-4)
    single = sentence_units(founds, SEED)
    again = [found_units(founds, SEED + 1), with_others(squad, ceil(epochs) + 1)]
    yield Cycle(rows_of(single + _some(again, chance), encode, chance), at_once=1, rate=2e-4)
    pairs = [unit for unit in own if unit.set == WRITTEN]
    for seed, kept in enumerate((1.0, 0.5, 0.5, 0.5, 0.65), SEED + 2):
        new = with_follow_ups(with_others(pairs, seed), seed) + sentence_units(of_written, seed)
        whole = with_follow_ups(with_others(public, seed), seed)
        again = [found_units(of_written, seed), found_units(founds, seed), single, whole]
        yield Cycle(rows_of(new + _some(again, chance), encode, chance), at_once=1, rate=3e-4, kept=kept)


def _some(parts: Sequence[Sequence[Unit]], chance: random.Random) -> list[Unit]:
    """A share of each part."""
    return [unit for part in parts for unit in chance.sample(part, round(AGAIN * len(part)))]


def train(taught: Taught, cycle: Cycle, encode: Encode) -> None:
    """Teaches the model what one cycle has."""
    before = [parameter.detach().clone() for parameter in taught.learned()]
    steps = len(cycle.rows) // cycle.at_once
    optimizer = torch.optim.AdamW(taught.learned(), lr=cycle.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, cycle.rate, total_steps=steps, pct_start=0.1)
    for step in range(steps):
        packs = [pack(row, encode) for row in cycle.rows[step * cycle.at_once : (step + 1) * cycle.at_once]]
        total = sum(weight for packed in packs for *_, weight in packed.asked)
        losses = []
        for packed in packs:
            loss = loss_of(taught(packed), packed) / total
            loss.backward()  # type: ignore[no-untyped-call]
            losses.append(float(loss.detach()))
        nn.utils.clip_grad_norm_(taught.learned(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        if step + 1 < steps:
            schedule.step()
        logger.info("step %d of %d: loss %.3f", step + 1, steps, sum(losses))
    with torch.no_grad():
        for parameter, old in zip(taught.learned(), before, strict=True):
            parameter.lerp_(old, 1 - cycle.kept)


def report(taught: Taught, some: Sequence[Unit], encode: Encode) -> Table:
    """How well answered questions are told from others, and how often the best sentence answers."""
    table = Table("set", "questions", "AUC", "AUC, answered beside cut", "best sentence")
    sure: dict[str, list[float]] = {name: [] for name in WEIGHTS}
    gold: dict[str, list[bool]] = {name: [] for name in WEIGHTS}
    right: dict[str, list[bool]] = {name: [] for name in WEIGHTS}
    for unit in some:
        packed = pack([unit], encode)
        with torch.inference_mode():
            logits = taught(packed)
        for (answer, pointers), (_, _, answers, _) in zip(logits, packed.asked, strict=True):
            sure[unit.set].append(float(answer))
            gold[unit.set].append(bool(answers.any()))
            if answers.any():
                right[unit.set].append(bool(answers[pointers.argmax()]))
    for name in WEIGHTS:
        if right[name]:
            cut = name + CUT_OUT
            answered = [one for one, yes in zip(sure[name], gold[name], strict=True) if yes]
            beside = _area(answered + sure.get(cut, []), [True] * len(answered) + [False] * len(sure.get(cut, [])))
            best = f"{np.mean(right[name]):.3f}"
            table.add_row(name, str(len(sure[name])), _area(sure[name], gold[name]), beside, best)
    return table


def _area(sure: list[float], gold: list[bool]) -> str:
    return f"{roc_auc_score(gold, sure):.3f}" if any(gold) and not all(gold) else "–"


def places(file: Path) -> dict[str, Place]:
    """Where in the packaged model's file each tensor of `LlamaModel`'s first layers stands."""
    reader = gguf.GGUFReader(str(file))
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH.LLAMA, LAYERS)
    found = {tensor.name: tensor for tensor in reader.tensors}
    with torch.device("meta"):
        wanted = [name for name, _ in LlamaModel(CONFIGURATION).named_parameters()]
    result = {}
    for name in wanted:
        tensor = found[str(names.get_name(f"model.{name}", try_suffixes=(".weight",)))]
        rows = 1 if len(tensor.shape) == 1 else int(tensor.shape[1])
        result[name] = Place(int(tensor.data_offset), rows, int(tensor.n_bytes) // rows, int(tensor.tensor_type))
    return result


def main() -> None:
    """Trains, measures and writes what was learned."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("eval", type=Path, help="the folder of question sets")
    parser.add_argument("--save", type=Path, default=TARGET, help="the folder that what was learned is written into")
    parser.add_argument("--epochs", type=float, default=1.5, help="how often it learns from the whole texts")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    file = packaged_file()
    assert file, "the packaged model is not installed: make install"
    if not (options.save / TOKENIZER).exists():
        AutoTokenizer.from_pretrained(str(file.parent), gguf_file=file.name).backend_tokenizer.save(
            str(options.save / TOKENIZER), False
        )
    tokenizer = Tokenizer.from_file(str(options.save / TOKENIZER))

    def encode(text: str) -> list[int]:
        return list(tokenizer.encode(text, add_special_tokens=False).ids)

    where, data = places(file), list(units(options.eval))
    model = load_base(file, where)
    if has_fast_bfloat16():
        model.bfloat16()
    torch.manual_seed(SEED)
    taught = Taught(model)
    folds = [fold for fold in range(FOLDS) if fold not in (HELD_OUT, CALIBRATION)]
    for cycle in cycles(options.eval, data, folds, options.epochs, encode):
        train(taught, cycle, encode)
    metadata = {
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "places": json.dumps({name: astuple(place) for name, place in where.items()}),
    }
    save_file(taught.tensors(), options.save / ADAPTERS, metadata)
    Console(width=120).print(report(taught, [unit for unit in data if unit.fold == HELD_OUT], encode))


if __name__ == "__main__":
    main()
