"""Footnotes of HTML pages, which stand at the end of all: each goes below the paragraph that it belongs to."""

from __future__ import annotations

from lxml.html import HtmlElement

_NOTES = frozenset(("section", "aside", "div", "ol", "li", "p"))
_HOLDERS = frozenset(("p", "li", "dd", "blockquote", "table", "h1", "h2", "h3", "h4", "h5", "h6"))


def is_note(element: HtmlElement) -> bool:
    """Whether an element is marked as a footnote, or as what holds them.

    Args:
        element: Any.
    """
    marks = _marks(element)
    return element.tag in _NOTES and ("footnote" in marks or "endnote" in marks)


def is_note_mark(element: HtmlElement) -> bool:
    """Whether this is the number that leads to a footnote, or the arrow that leads back.

    Args:
        element: Any.
    """
    link = element if element.tag == "a" else element[0] if element.tag == "sup" and len(element) == 1 else None
    if link is None or "#" not in (link.get("href") or ""):
        return False
    if "noteref" in _marks(link) or "footnote-ref" in _marks(link):
        return True
    if not link.get("href").startswith("#"):
        return False
    words = _words(element)
    if element.tag == "sup":
        return words == _words(link)
    raised = "".join(link.xpath("sup//text()"))
    return not any(character.isalnum() for character in words.replace(raised, "", 1))


def place_notes(root: HtmlElement) -> None:
    """Moves each footnote to below what refers to it.

    Args:
        root: A page; changed in place.
    """
    notes = {element.get("id"): element for element in root.iter("li", "aside", "div", "p") if element.get("id")}
    links = [link for link in root.iter("a") if (link.get("href") or "").startswith("#")]
    for link in reversed(links):  # of two notes to one paragraph, the second goes there first
        note = notes.get(link.get("href")[1:])
        if note is None or not any(is_note(holder) for holder in (note, *note.iterancestors())):
            continue
        around = [link, *link.iterancestors()]
        holder = next((element for element in reversed(around) if element.tag in _HOLDERS), None)
        if holder is not None and note not in around and holder not in note.iterancestors():
            note.drop_tree()
            note.tail = None
            note.tag = "aside"
            note.set("class", "footnote")
            holder.addnext(note)


def _marks(element: HtmlElement) -> str:
    """All that an element may be marked by, in lower case."""
    return " ".join(element.get(name) or "" for name in ("id", "role", "class", "epub:type")).lower()


def _words(element: HtmlElement) -> str:
    return "".join(element.xpath(".//text()")).strip()
