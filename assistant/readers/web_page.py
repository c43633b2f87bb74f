"""HTML: the main content of a page, without its menus."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass

from lxml import etree, html
from lxml.html import HtmlElement

from assistant.errors import DocumentError
from assistant.readers.decoding import decode
from assistant.readers.draft import Draft
from assistant.readers.html_properties import add_properties
from assistant.readers.html_tree import add_elements

_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARATIONS = re.compile(r"\A\s*(?:<\?xml[^>]*>)?\s*(?:<!DOCTYPE[^>\[]*\[.*?\]\s*>)?", re.DOTALL | re.IGNORECASE)
"""XML's, which are lost on the parser, or taken for text."""
_AROUND = (
    "//body//*[self::nav or self::footer or self::dialog or self::aside[not(ancestor::article)]"
    " or @role='navigation' or @role='search' or @role='banner' or @role='contentinfo' or @role='complementary'"
    " or @role='dialog' or @role='alertdialog' or @aria-modal='true'"
    " or (self::header and not(ancestor::article or ancestor::main or .//h1))]"
)
_NOTICE = re.compile(
    r"(?:cookies?|consent|gdpr|privacy|onetrust)[-_]?(?:banner|bar|box|consent|dialog|law|manager|message|modal|notice"
    r"|overlay|popup|wall|warning)|breadcrumbs?\b|skip-?(?:link|nav|to)",
    re.IGNORECASE,
)
"""What the elements are called that ask about cookies, tell where a page is, or lead past its menu."""

_NOT_NOTICES = frozenset(("html", "body", "main", "article"))
_MENUS = frozenset(("ul", "ol", "dl", "div", "section", "table", "td"))
_MAIN = "//main | //*[@role='main']"

LONGEST_NOTICE = 3000
"""Characters; an element with more is no mere notice, whatever it is called."""

FEWEST_LINKS = 4
"""Fewer links are no menu."""

LONGEST_ENTRY = 40
"""Characters of a menu's entry on average, at the most."""

MOST_BETWEEN = 4
"""Characters between a menu's entries on average, at the most."""


def read(data: bytes, draft: Draft) -> None:
    """Reads a web page.

    Args:
        data: The file.
        draft: What is added to.
    """
    root = parse_html(data, draft.source)
    add_properties(root, draft)
    for element in root.xpath(_AROUND):
        _drop(element)
    _drop_notices(root)
    _drop_menus(root)
    mains = root.xpath(_MAIN)
    add_elements(mains[0] if len(mains) == 1 else root, draft)


def parse_html(data: bytes, source: str, encoding: str | None = None) -> HtmlElement:
    """The elements of an HTML or XHTML file.

    Args:
        data: The file.
        source: The document's name, for messages.
        encoding: The name of its encoding, where what it came with says; it goes before what the file itself says.

    Raises:
        DocumentError: The bytes are no text, or nested too deeply.
    """
    text = decode(data, source, encoding or _declared(data))
    parser = html.HTMLParser(huge_tree=True)
    root = html.document_fromstring(_DECLARATIONS.sub("", text), parser=parser)
    # Past its limit the parser drops all text without an error.
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise DocumentError(f"{source} has elements nested too deeply to be read; save it in a simpler form.")
    return root


def _declared(data: bytes) -> str | None:
    """The encoding that a page says it is in.

    Not one in which these very words would read otherwise, as UTF-16 often is, left over from before a page was saved
    anew: https://html.spec.whatwg.org/#prescan-a-byte-stream-to-determine-its-encoding.
    """
    if declared := _DECLARED.search(data[:2048]):
        name = declared.group(1).decode()
        with suppress(LookupError, ValueError):  # there is none of that name, or the words are not in it
            if declared.group().decode(name) == declared.group().decode():
                return name
    return None


def _drop_notices(root: HtmlElement) -> None:
    """Takes away what is there for the visit, not for the reader."""
    for element in root.xpath("//body//*[@id or @class]"):
        if _NOTICE.search(f"{element.get('id')} {element.get('class')}") and _is_notice(element):
            _drop(element)


def _is_notice(element: HtmlElement) -> bool:
    words = sum(map(len, element.itertext()))
    return element.tag not in _NOT_NOTICES and words <= LONGEST_NOTICE and not element.xpath(".//h1 | .//article")


def _drop_menus(root: HtmlElement) -> None:
    """Takes away what is hardly more than a row of short links."""
    counts: dict[HtmlElement, _Count] = {}
    elements = [element for element in root.iter(etree.Element) if element is not root]
    for element in reversed(elements):
        count = counts.setdefault(element, _Count())
        count.characters += len((element.text or "").strip())
        if element.tag == "a":
            count.links, count.linked = 1, count.characters
        counts.setdefault(element.getparent(), _Count()).include(count, element.tail)
    for element in elements:
        if element.tag in _MENUS and counts[element].is_menu:
            _drop(element)


@dataclass(slots=True)
class _Count:
    """What is inside an element: links, the characters in them, and all characters."""

    links: int = 0
    linked: int = 0
    characters: int = 0

    def include(self, inner: _Count, tail: str | None) -> None:
        self.links += inner.links
        self.linked += inner.linked
        self.characters += inner.characters + len((tail or "").strip())

    @property
    def is_menu(self) -> bool:
        short = self.linked <= LONGEST_ENTRY * self.links
        return self.links >= FEWEST_LINKS and short and self.characters - self.linked <= MOST_BETWEEN * self.links


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
