"""Which libraries read PDF and HTML best: the ones that could have been chosen, on real files.

    pip install pypdf pdfminer.six trafilatura readability-lxml
    python benchmarks/reader_libraries.py pdf FILE.pdf:FOLDER_OF_ITS_HTML ...
    python benchmarks/reader_libraries.py html FOLDER:XPATH_OF_THE_MAIN_CONTENT ...

PDF: of the sentences of a book's HTML edition, the share that stand whole in the text of its PDF edition, letters and
digits compared. HTML: of the words of the element that holds a page's main content, the share that are found (recall),
and the share of the words found that are of it (precision); means over the pages.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from io import BytesIO
from pathlib import Path
from statistics import mean
from time import perf_counter
from typing import cast
from unicodedata import normalize

from lxml import html
from lxml.html import HtmlElement
from pypdfium2 import PdfDocument
from rich.console import Console
from rich.table import Table

from assistant.hyphens import join_hyphens
from assistant.readers.limits import Limits
from assistant.readers.parsing import parse

SHORTEST_SENTENCE = 40
"""Letters and digits: shorter ones stand anywhere."""

FEWEST_WORDS = 150
"""Of the main content: with fewer, a page is a list of links."""

MOST_PAGES = 40
"""Of each folder."""


def main(kind: str, pairs: Sequence[str]) -> None:
    """Measures the libraries for a format, and prints a table.

    Args:
        kind: "pdf" or "html".
        pairs: What to read, and what to compare it with.
    """
    table = Table("files", "library", *(["sentences whole"] if kind == "pdf" else ["recall", "precision"]), "seconds")
    for pair in pairs:
        left, _, right = pair.partition(":")
        for row in compare_pdf(Path(left), Path(right)) if kind == "pdf" else compare_html(Path(left), right):
            table.add_row(Path(left).name, *row)
    Console().print(table)


def compare_pdf(path: Path, edition: Path) -> Iterator[tuple[str, ...]]:
    """Library, share of sentences that are whole, seconds."""
    pages = [html.document_fromstring(page.read_bytes()) for page in sorted(edition.glob("*.html"))]
    paragraphs = [str(paragraph.xpath("string()")) for page in pages for paragraph in page.iter("p")]
    sentences = {key(part) for text in paragraphs for part in re.split(r"(?<=[.!?:])\s", " ".join(text.split()))}
    wanted = [sentence for sentence in sentences if len(sentence) >= SHORTEST_SENTENCE]
    data = path.read_bytes()
    for name, read in {
        "assistant": assistant_pdf,
        "pypdfium2": pdfium,
        "pypdf": pypdf,
        "pdfminer.six": pdfminer,
    }.items():
        start = perf_counter()
        text = key(join_hyphens(read(data).replace("\r\n", "\n").replace("\ufffe", "-\n")))
        seconds = perf_counter() - start
        yield name, f"{mean(sentence in text for sentence in wanted):.3f}", f"{seconds:.1f}"


def compare_html(folder: Path, main_content: str) -> Iterator[tuple[str, ...]]:
    """Library, recall, precision, seconds."""
    pages: list[tuple[str, Counter[str]]] = []
    for path in sorted(folder.glob("*.html")):
        page = re.sub(r"\A\s*<\?xml[^>]*>", "", path.read_text(errors="replace"))
        for element in cast(list[HtmlElement], html.document_fromstring(page).xpath(main_content))[:1]:
            wanted = words(element.text_content())
            if wanted.total() >= FEWEST_WORDS:
                pages.append((page, wanted))
    pages = pages[:: max(1, len(pages) // MOST_PAGES)]
    readers: dict[str, Callable[[str], str]] = {
        "assistant": assistant_html,
        "trafilatura": trafilatura,
        "trafilatura, favour recall": trafilatura_recall,
        "readability-lxml": readability,
    }
    for name, read in readers.items():
        start = perf_counter()
        found = [words(read(page)) for page, _ in pages]
        seconds = perf_counter() - start
        common = [(got & wanted).total() for got, (_, wanted) in zip(found, pages, strict=True)]
        recall = mean(both / wanted.total() for both, (_, wanted) in zip(common, pages, strict=True))
        precision = mean(both / max(1, got.total()) for both, got in zip(common, found, strict=True))
        yield name, f"{recall:.3f}", f"{precision:.3f}", f"{seconds:.1f}"


def key(text: str) -> str:
    """The letters and digits of a text, be they raised or not."""
    return "".join(character for character in normalize("NFKC", text).casefold() if character.isalnum())


def words(text: str) -> Counter[str]:
    """How often each word stands in a text."""
    return Counter(re.findall(r"\w+", text.casefold()))


def assistant_pdf(data: bytes) -> str:
    """The text that is searched here."""
    return parse(data, "a.pdf", ".pdf", Limits()).text


def pdfium(data: bytes) -> str:
    """The text as PDFium gives it."""
    return "\n".join(page.get_textpage().get_text_range() for page in PdfDocument(data))


def pypdf(data: bytes) -> str:
    """The text as pypdf gives it."""
    pages = import_module("pypdf").PdfReader(BytesIO(data)).pages
    return "\n".join(page.extract_text() for page in pages)


def pdfminer(data: bytes) -> str:
    """The text as pdfminer.six's layout analysis gives it."""
    return str(import_module("pdfminer.high_level").extract_text(BytesIO(data)))


def assistant_html(page: str) -> str:
    """The text that is searched here."""
    return parse(page.encode(), "a.html", ".html", Limits()).text


def trafilatura(page: str) -> str:
    """The main content by trafilatura."""
    extract = import_module("trafilatura").extract
    return extract(page, include_tables=True, include_comments=False) or ""


def trafilatura_recall(page: str) -> str:
    """The main content by trafilatura, when asked to leave out less."""
    extract = import_module("trafilatura").extract
    return extract(page, include_tables=True, include_comments=False, favor_recall=True) or ""


def readability(page: str) -> str:
    """The main content by readability-lxml."""
    summary = import_module("readability").Document(page).summary()
    return str(html.document_fromstring(summary).xpath("string()"))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
