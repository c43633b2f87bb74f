"""A cross-encoder orders the passages anew."""

import shutil
from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

from assistant import Assistant
from assistant.errors import SettingsError

TEXTS = {
    "a.txt": "The ferry leaves at noon from the old pier.",
    "b.txt": "The ferry is painted zebra-striped.",
    "c.txt": "The ferry has a kitchen.",
}


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny cross-encoder with weights of our own, which likes the word "zebra" and nothing else."""
    folder = tmp_path_factory.mktemp("cross-encoder")
    tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "zebra"]
    (folder / "vocab.txt").write_text("\n".join(tokens), encoding="utf-8")
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(str(folder))
    config = BertConfig(
        vocab_size=len(tokens),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=8,
    )
    torch.manual_seed(0)
    config.num_labels = 1
    model = BertForSequenceClassification(config)
    question, zebra = ("[CLS] [UNK] [SEP] [UNK] [SEP]", "[CLS] [UNK] [SEP] zebra [SEP]")
    optimiser = torch.optim.Adam(model.parameters(), 0.05)
    for _ in range(60):
        logits = [
            model(torch.tensor([[tokens.index(t) for t in text.split()]])).logits[0, 0] for text in (question, zebra)
        ]
        loss = torch.nn.functional.softplus(logits[0] - logits[1])
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        optimiser.step()
    model.save_pretrained(str(folder))
    return folder


def test_the_cross_encoders_order_is_the_order(cross_encoder: Path) -> None:
    question = "When does the ferry leave?"
    assert Assistant.from_texts(TEXTS).retrieve(question)[0].source == "a.txt"
    passages = Assistant.from_texts(TEXTS, reranker=str(cross_encoder)).retrieve(question, k=2)
    assert passages[0].source == "b.txt"
    assert len(passages) == 2
    assert passages[0].score > passages[1].score


def test_a_reranker_whose_weights_are_cut_short_is_refused_by_name(cross_encoder: Path, tmp_path: Path) -> None:
    shutil.copytree(cross_encoder, tmp_path / "copy")
    weights = tmp_path / "copy" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(SettingsError, match="ASSISTANT_RERANKER"):
        Assistant.from_texts(TEXTS, reranker=str(tmp_path / "copy")).retrieve("ferry")


def test_a_reranker_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="ASSISTANT_RERANKER"):
        Assistant.from_texts(TEXTS, reranker=str(tmp_path)).retrieve("ferry")


def test_it_is_loaded_before_the_first_question(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="ASSISTANT_RERANKER"):
        Assistant.from_texts(TEXTS, reranker=str(tmp_path)).prepare()
