"""Whether one word may be another one, mistyped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import takewhile


def differ_little(one: str, other: str, edits: int) -> bool:
    """Whether so few edits make one word of another: letters added, left out, replaced, or exchanged with the next.

    This is the distance of Damerau (1964), "A Technique for Computer Detection and Correction of Spelling Errors".
    """
    if one == other:
        return True
    if edits == 0 or abs(len(one) - len(other)) > edits:
        return False
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    one, other = one[same:], other[same:]
    rests = [(one[1:], other), (one, other[1:]), (one[1:], other[1:])]
    if one[:2] == other[:2][::-1]:
        rests.append((one[2:], other[2:]))
    return any(differ_little(*rest, edits - 1) for rest in rests)


def alike(word: str, others: Iterable[str], edits: int) -> list[str]:
    """Those of many words, of letters alone, that differ little from one; the first letter is hardly ever mistyped.

    Args:
        word: A word.
        others: What it may be.
        edits: See `differ_little`.
    """
    own = frozenset(word)
    # A regular expression that begins with plain letters goes through a vocabulary many times faster than a loop does.
    letters = f"{{{max(0, len(word) - edits - 1)},{len(word) + edits - 1}}}"
    near = re.findall(rf"\n{re.escape(word[:1])}[^\W\d_]{letters}(?!\w)", "\n".join(("", *others)))
    likely = (other[1:] for other in near if len(own.difference(other)) <= edits)
    return [other for other in likely if differ_little(word, other, edits)]
