"""E-books: the chapters in the order of the spine (https://www.w3.org/TR/epub-33/#sec-package-doc)."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, join, normpath
from urllib.parse import unquote
from zipfile import ZipFile

from lxml import etree

from assistant.readers.draft import Draft
from assistant.readers.html_tree import add_elements
from assistant.readers.office import open_archive, parse_xml
from assistant.readers.web_page import parse_html

_CONTAINER = "META-INF/container.xml"
_PAGE_TYPES = ("application/xhtml+xml", "text/html")


def read(data: bytes, draft: Draft) -> None:
    """Reads an e-book.

    Args:
        data: The file.
        draft: What is added to.
    """
    with open_archive(data, draft) as archive:
        package_path = _package_path(parse_xml(archive.read(_CONTAINER)))
        package = parse_xml(archive.read(package_path))
        draft.title, draft.date = (next(_properties(package, name), None) for name in ("title", "date"))
        draft.author = ", ".join(_properties(package, "creator"))
        for name in _chapters(package, dirname(package_path)):
            _add_chapter(archive, name, draft)


def _package_path(container: etree._Element) -> str:
    file = container.find("{*}rootfiles/{*}rootfile")
    if file is None or not (path := file.get("full-path")):
        raise ValueError("no package document")
    return path


def _properties(package: etree._Element, name: str) -> Iterator[str]:
    return (entry.text for entry in package.iterfind(f"{{*}}metadata/{{*}}{name}") if entry.text)


def _chapters(package: etree._Element, folder: str) -> list[str]:
    """The names of the chapters' files, in reading order, without the table of contents."""
    items = {item.get("id"): item for item in package.iterfind("{*}manifest/{*}item")}
    spine = [items[ref.get("idref")] for ref in package.iterfind("{*}spine/{*}itemref") if ref.get("idref") in items]
    return [
        normpath(join(folder, unquote(item.get("href", ""))))
        for item in spine
        if item.get("media-type") in _PAGE_TYPES and "nav" not in (item.get("properties") or "").split()
    ]


def _add_chapter(archive: ZipFile, name: str, draft: Draft) -> None:
    page = archive.read(name)
    if page.strip():
        add_elements(parse_html(page, draft.source), draft)
