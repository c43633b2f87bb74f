"""Words that were broken at the end of a line, put together for the search; what is shown stays as it is."""

from __future__ import annotations

import re

_BROKEN = re.compile(r"(?<=[^\W\d_])(?:[-‐]|\xad)[^\S\n]*\n[^\S\n]*(?=[^\W\d_])")
_SOFT = re.compile("\xad")


def join_hyphens(text: str) -> str:
    r"""Joins the words that a hyphen at the end of a line, or a soft one anywhere, breaks.

    Where a capital letter follows, as in "Anglo-\nSaxon", the hyphen is the word's own and only the line's end goes.

    Args:
        text: Any text; offsets into it do not hold for what is returned.
    """
    if "\n" in text:
        text = _BROKEN.sub(lambda match: "-" if text[match.end()].isupper() else "", text)
    return _SOFT.sub("", text)
