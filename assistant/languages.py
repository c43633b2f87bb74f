"""Which languages an embedding model knows."""

from __future__ import annotations

from typing import Final

from assistant.settings import DEFAULT_MODEL

_KNOWN: Final = {DEFAULT_MODEL: frozenset({"en"})}
"""By the model's name; of others, nothing is known."""


def unknown_language(model: str, language: str) -> str:
    """Says what it means that a model does not know a document's language.

    Args:
        model: The embedding model's name.
        language: The document's, as an ISO 639-1 code.

    Returns:
        A line for the reader; "" where the model knows the language, or where it is not known what it knows.
    """
    known = _KNOWN.get(model)
    if known is None or not language or language in known:
        return ""
    return (
        f"This document is in a language ({language}) that the embedding model does not know: it is found by its words "
        "alone. ASSISTANT_MODEL may name a multilingual model."
    )
