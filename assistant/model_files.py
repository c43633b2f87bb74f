"""Where a model's files are on this machine. Nothing is looked for elsewhere."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_MARKS: Final = ("modules.json", "config.json")
"""What a model's folder begins with: a sentence-transformers one, any other."""

_OWNER: Final = "sentence-transformers"
"""Whose models are known by their last name alone."""


def model_folder(name: str) -> Path:
    """The folder of a model.

    Args:
        name: A folder, or the name of a model that was once fetched from the Hugging Face hub and is in its cache.

    Raises:
        FileNotFoundError: It is not on this machine.
    """
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
