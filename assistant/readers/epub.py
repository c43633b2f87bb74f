"""E-books: the chapters in the order of the spine (https://www.w3.org/TR/epub-33/#sec-package-doc)."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urldefrag
from zipfile import ZipFile

from lxml import etree, html
from lxml.html import HtmlElement

from assistant.readers.draft import Draft
from assistant.readers.html_tree import add_elements
from assistant.readers.office import open_archive, parse_xml
from assistant.readers.web_page import parse_html

_CONTAINER = "META-INF/container.xml"
_PAGE_TYPES = ("application/xhtml+xml", "text/html")
_CONTENTS_TYPE = "application/x-dtbncx+xml"
_HEADINGS = "//h1 | //h2 | //h3 | //h4 | //h5 | //h6"


def read(data: bytes, draft: Draft) -> None:
    """Reads an e-book.

    Args:
        data: The file.
        draft: What is added to.
    """
    with open_archive(data, draft) as archive:
        package_path = _package_path(parse_xml(archive.read(_CONTAINER)))
        package, folder = parse_xml(archive.read(package_path)), dirname(package_path)
        draft.title, draft.date = (next(_properties(package, name), None) for name in ("title", "date"))
        draft.author = ", ".join(_properties(package, "creator"))
        titles = _titles(archive, package, folder)
        for name in _chapters(package, folder):
            page = archive.read(name)
            if page.strip():
                root = parse_html(page, draft.source)
                if not root.xpath(_HEADINGS) and name in titles:
                    _put_heading(root, titles[name])
                add_elements(root, draft)


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
    contents = {entry.get("href") for entry in package.iterfind("{*}guide/{*}reference[@type='toc']")}
    return [
        _path(folder, item.get("href"))
        for item in spine
        if item.get("media-type") in _PAGE_TYPES and not _is_contents(item) and item.get("href") not in contents
    ]


def _titles(archive: ZipFile, package: etree._Element, folder: str) -> dict[str, str]:
    """What the tables of contents, of EPUB 3 or 2, call each file."""
    titles: dict[str, str] = {}
    for item in package.iterfind("{*}manifest/{*}item"):
        path = _path(folder, item.get("href"))
        if path in archive.namelist() and (_is_contents(item) or item.get("media-type") == _CONTENTS_TYPE):
            for href, title in _entries(archive.read(path)):
                if title.strip():
                    titles.setdefault(_path(dirname(path), href), title)
    return titles


def _entries(contents: bytes) -> Iterator[tuple[str | None, str]]:
    try:
        root = parse_xml(contents)
    except etree.XMLSyntaxError:
        return  # the chapters can be read without
    for link in root.iterfind(".//{*}nav//{*}a"):
        yield link.get("href"), "".join(map(str, link.itertext()))
    for point in root.iterfind(".//{*}navPoint"):
        target = point.find("{*}content")
        if target is not None:
            yield target.get("src"), point.findtext("{*}navLabel/{*}text") or ""


def _is_contents(item: etree._Element) -> bool:
    return "nav" in (item.get("properties") or "").split()


def _path(folder: str, href: str | None) -> str:
    """The name in the archive of what a reference leads to."""
    return normpath(join(folder, unquote(urldefrag(href or "").url)))


def _put_heading(root: HtmlElement, title: str) -> None:
    """Makes the chapter's title its heading, be it there as a paragraph or not."""
    words = " ".join(title.split())
    for element in root.iter("p", "div", "span"):
        if " ".join(element.text_content().split()) == words:
            element.tag = "h1"
            return
    heading = html.Element("h1")
    heading.text = words
    body = root.find("body")
    (root if body is None else body).insert(0, heading)
