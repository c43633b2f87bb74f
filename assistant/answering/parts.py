"""Which sentences belong to a part of a text that goes by a number: a clause, a section, an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from assistant.answering.evidence import ScoredSentence, quote
from assistant.answering.surroundings import line_breaks
from assistant.intent import Numbered

SHORTEST_KIND: Final = 3
"""Letters that what a part is called is abbreviated to, at the least: "Art. 12"."""

_NUMBER: Final = re.compile(
    r"[\W_]*(?:(?P<kind>[^\W\d_]+)\.?[^\S\n]+)?(?P<number>\d+(?:\.\d+)*)(?P<mark>[.):\]]*)(?=[\s*_–—-]|\Z)"
)
"""How a heading or a paragraph begins that has a number, with what it calls itself, if anything: "Article 12"."""


def of_part(part: Numbered, sentences: Sequence[ScoredSentence]) -> frozenset[ScoredSentence]:
    """The sentences under a heading that begins with a part's number or, where there are none, in what begins with it.

    What has a further number below it belongs to it: 4.3 to 4.

    Args:
        part: The part.
        sentences: All that were judged, passage by passage.
    """
    headed = [one for one in sentences if any(_is_it(part, heading) for heading in one.passage.heading.split(" › "))]
    return frozenset(headed or _begun(part, sentences))


def _begun(part: Numbered, sentences: Sequence[ScoredSentence]) -> Iterator[ScoredSentence]:
    """Those in paragraphs that begin with its number, and in what stands below them up to the next number."""
    inside = False
    for before, one in zip((None, *sentences), sentences, strict=False):
        follows = before is not None and before.passage is one.passage
        inside = inside and follows
        if not (before and follows) or line_breaks(one, before):
            inside = _begins(part, quote(one), inside=inside)
        if inside:
            yield one


def _begins(part: Numbered, text: str, *, inside: bool) -> bool:
    """Whether a part begins with a paragraph, or goes on in it."""
    found = _NUMBER.match(text)
    if not found or not (found["mark"] or "." in found["number"] or _is_called(part, found)):
        return inside  # "12 people came" begins nothing
    return _is_it(part, text)


def _is_it(part: Numbered, text: str) -> bool:
    found = _NUMBER.match(text)
    if not found or (found["kind"] and not _is_called(part, found)):
        return False
    return f"{found['number']}.".startswith(f"{part.number}.")


def _is_called(part: Numbered, found: re.Match[str]) -> bool:
    """Whether it calls itself what the question does, in whole or abbreviated."""
    kind = (found["kind"] or "").casefold()
    return len(kind) >= SHORTEST_KIND and part.kind.startswith(kind)
