"""Which names of a question are unknown to some texts, in whatever form they have them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from assistant.answering.names.forms import Forms
from assistant.answering.names.named import BLANK, POSSESSIVE, WITHIN_A_NAME, named, together, whole
from assistant.words import content_words, words

_SMALL: Final = re.compile(r"\d{1,2}")
"""A number that a text may spell out, and that a question may count with: "the 3 main reasons"."""

_SHORTEST: Final = re.compile(r"[A-ZÀ-Þ]{2,3}(['’]s)?|(?:[^\W\d_]\.){2,3}")
"""One so short that other words may be spelled like it."""


def unknown_names(question: str, known: Callable[[str], bool], texts: Iterable[str]) -> tuple[str, ...]:
    """A question's names and numbers of which some word is not known, as it spells them, each once.

    Those that follow each other are one name: "Anna Malm". An acronym is known where a text has what it stands for, and
    the other way about: "UN", "United Nations"; "Japanese" is known where a text has "Japan". A small number tells
    nothing, for texts spell it out, nor does one that something is compared with: "over 500".

    Args:
        question: The question.
        known: Whether a normalised word is known.
        texts: What may have a name in another form.
    """
    names = together(named(question), WITHIN_A_NAME)
    unknown = {whole(name): [part for part in name if not _is_known(part.group(), known)] for name in names}
    if not any(unknown.values()):
        return ()
    forms = Forms.of(texts)
    missing = (
        POSSESSIVE.sub("", whole(some))
        for name, parts in unknown.items()
        if parts and not forms.have(name, [part.group() for part in parts])
        for some in together(parts, BLANK)
    )
    return tuple(dict.fromkeys(missing))


def _is_known(part: str, known: Callable[[str], bool]) -> bool:
    if _SHORTEST.fullmatch(part):
        return False  # "UN" is not in "Jong-un"
    return bool(_SMALL.fullmatch(part)) or all(map(known, content_words(words(part))))
