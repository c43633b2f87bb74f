"""What a web page says of itself: title, author and date, in its head or as linked data (https://json-ld.org)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from assistant.readers.draft import Draft

_AUTHOR = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author")
_DATE = (
    "article:published_time", "datepublished", "dc.date", "dcterms.date", "dcterms.created",
    "citation_publication_date", "pubdate", "date",
)  # fmt: skip
_LINKED_DATA = "//script[@type='application/ld+json']"


def add_properties(root: HtmlElement, draft: Draft) -> None:
    """Takes the title, author and date from a page.

    Args:
        root: The page.
        draft: What they are given to.
    """
    meta: dict[str, list[str]] = {}
    for element in root.xpath("//meta[@content]"):
        name = element.get("name") or element.get("property") or element.get("itemprop") or ""
        meta.setdefault(name.lower(), []).append(element.get("content"))
    linked = list(_linked_data(root))
    draft.title = "".join(meta.get("og:title", [])[:1]) or root.findtext(".//title") or draft.title
    written = [*(meta.get(name, []) for name in _AUTHOR), *(_names(entry.get("author")) for entry in linked)]
    draft.author = ", ".join(next(filter(None, map(_people, written)), []))
    dates = [
        *(date for name in _DATE for date in meta.get(name, [])),
        *(entry.get("datePublished") for entry in linked),
    ]
    draft.date = next((date for date in dates if date and isinstance(date, str)), None)


def _people(names: list[str]) -> list[str]:
    """The names among them: some pages give addresses of profiles."""
    return [name for name in names if name.strip() and "://" not in name]


def _linked_data(root: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in root.xpath(_LINKED_DATA):
        try:
            entries = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue  # scripts of damaged pages are not ours to mend
        for entry in entries if isinstance(entries, list) else [entries]:
            if isinstance(entry, dict):
                graph = entry.get("@graph")
                yield from (
                    part for part in [entry, *(graph if isinstance(graph, list) else [])] if isinstance(part, dict)
                )


def _names(author: Any) -> list[str]:
    """The names of one author or several, each given as a name or as what is known of a person."""
    entries = author if isinstance(author, list) else [author]
    names = (entry.get("name") if isinstance(entry, dict) else entry for entry in entries)
    return [name for name in names if isinstance(name, str)]
