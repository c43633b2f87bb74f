"""Whether an index is of the folder and the model that questions are asked with."""

from __future__ import annotations

from pathlib import Path

from assistant.index.folder import place_of
from assistant.index.recipe import Recipe


def of_another_folder(place: str, index: Path, documents: Path) -> str:
    """Why an index is not that of a documents folder, in words; "" where it is.

    Args:
        place: Where its documents folder lies, as `folder.place_of` tells it.
        index: The index folder.
        documents: The documents folder that is asked.
    """
    if place == place_of(documents, index):
        return ""
    return f"was built from the documents in {(index / place).resolve()}, not from {documents.resolve()}"


def of_another_model(recipe: Recipe, model: str, fingerprint: str) -> str:
    """Why questions cannot be compared with an index, in words; "" where they can.

    Args:
        recipe: What its vectors were made with.
        model: The name of the model that embeds questions.
        fingerprint: Tells that one's vectors.
    """
    if recipe.fingerprint == fingerprint:
        return ""
    if recipe.model == model:
        return f"was built with other files of the embedding model {model}, or by another version of this program"
    return f"was built with another embedding model, {recipe.model}"
