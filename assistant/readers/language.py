"""Which language a text is in."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SAMPLE = 1500
"""Characters that are looked at, at the start and again in the middle of a text."""

SURE = 0.7
"""The probability below which a text is taken to be English: it is a name, a number or a table."""


def language_of(text: str) -> str:
    """The language of most of a text.

    Args:
        text: Any text; of a long one, only samples are looked at.

    Returns:
        Its ISO 639-1 code; "en" when in doubt.
    """
    middle = len(text) // 2
    sample = text if len(text) <= 2 * SAMPLE else f"{text[:SAMPLE]}\n{text[middle : middle + SAMPLE]}"
    language, probability = _identifier().classify(sample)
    return language if len(language) == 2 and probability >= SURE else "en"


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
