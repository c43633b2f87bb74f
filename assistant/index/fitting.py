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


def of_another_model(recipe: Recipe, fingerprint: str) -> str:
    """Why questions cannot be compared with an index, in words; "" where they can.

    Args:
        recipe: What its vectors were made with.
        fingerprint: Tells the vectors of the model that embeds questions.
    """
    return "" if recipe.fingerprint == fingerprint else f"was built with another embedding model, {recipe.model}"
