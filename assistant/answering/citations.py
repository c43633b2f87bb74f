"""Words of a document → a citation, checked."""

from __future__ import annotations

from assistant.errors import UnverifiedError
from assistant.places import Places
from assistant.types import Citation, Document, Span


def cite(document: Document, span: Span, number: int, quote: str) -> Citation:
    """Cites words of a document.

    Args:
        document: Where they stand.
        span: Where in its text.
        number: The citation's mark.
        quote: The words as the answer has them.

    Raises:
        UnverifiedError: The document has other words there, or none.
    """
    if not 0 <= span.start < span.end <= len(document.text) or document.text[span.start : span.end] != quote:
        raise UnverifiedError(
            f"{document.source} does not say {quote!r} at {span.start}–{span.end}; re-index it with `assistant index`."
        )
    place = Places(document).passage([span])
    return Citation(
        number=number,
        quote=quote,
        source=place.source,
        start=place.start,
        end=place.end,
        title=place.title,
        heading=place.heading,
        paragraph=place.paragraph,
        kind=place.kind,
        page=place.page,
        page_label=place.page_label,
        author=document.author,
        date=document.date,
    )
