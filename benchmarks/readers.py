"""How fast each format is read, and how much memory that takes, beside the bare library.

python benchmarks/readers.py

The files are made here, each of about the same text. "bare" is the least that the library must do to give all text,
without blocks, headings or pages. Each measurement has a process of its own, so that the high-water mark of memory is
its own too.
"""

from __future__ import annotations

import csv
import json
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from io import BytesIO, StringIO
from pathlib import Path
from time import perf_counter
from zipfile import ZIP_DEFLATED, ZipFile

from rich.console import Console
from rich.table import Table

PROJECT = Path(__file__).parent.parent
DATA = PROJECT / "tests" / "data"
PARAGRAPHS = 2000
ROWS = 10_000
PAGES = 200
REPEATS = 3


def main() -> None:
    """Measures, and prints a table."""
    table = Table("format", "megabytes", "pages", "seconds", "MB/s", "pages/s", "× bare", "peak MB", "bare peak MB")
    with tempfile.TemporaryDirectory() as folder:
        for name, make in MAKERS.items():
            path = Path(folder, name)
            path.write_bytes(make())
            ours, bare = measured("read", path), measured("bare", path)
            size, pages, seconds = path.stat().st_size / 1e6, int(ours["pages"]), ours["seconds"]
            table.add_row(
                path.suffix[1:],
                f"{size:.2f}",
                str(pages or ""),
                f"{seconds:.2f}",
                f"{size / seconds:.2f}",
                f"{pages / seconds:.0f}" if pages else "",
                f"{seconds / bare['seconds']:.1f}",
                f"{ours['peak']:.0f}",
                f"{bare['peak']:.0f}",
            )
    Console().print(table)


def measured(way: str, path: Path) -> dict[str, float]:
    """Seconds, pages and peak memory in megabytes of one way to read a file, in a process of its own.

    Args:
        way: "read", as the assistant does, or "bare".
        path: The file.
    """
    made = subprocess.run([sys.executable, __file__, way, path], capture_output=True, check=True)
    result: dict[str, float] = json.loads(made.stdout)
    return result


def measure(way: str, path: Path) -> dict[str, float]:
    """The same, in this process; of several times the best one counts, as the first one loads the library."""
    from assistant.readers.limits import Limits
    from assistant.readers.parsing import parse

    data = path.read_bytes()
    times = []
    pages = 0
    for _ in range(REPEATS):
        start = perf_counter()
        if way == "read":
            pages = len(parse(data, path.name, path.suffix, Limits()).pages)
        else:
            BARE[path.suffix](data)
        times.append(perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    return {"seconds": min(times), "pages": pages, "peak": peak}


def paragraphs() -> list[str]:
    """Paragraphs of the project's own sentences, drawn with a fixed seed."""
    chance = random.Random(7)  # noqa: S311 - nothing secret
    text = (PROJECT / "documents" / "japan-north-korea-summit.txt").read_text()
    sentences = [sentence for sentence in text.replace("\n", " ").split(". ") if sentence]
    return [". ".join(chance.sample(sentences, 5)) + "." for _ in range(PARAGRAPHS)]


def make_text() -> bytes:
    """Plain text."""
    return "\n\n".join(paragraphs()).encode()


def make_markdown() -> bytes:
    """Headings and paragraphs."""
    return "".join(f"## Part {n}\n\n{text}\n\n" for n, text in enumerate(paragraphs())).encode()


def make_rst() -> bytes:
    """Headings and paragraphs."""
    return "".join(f"Part {n}\n---------\n\n{text}\n\n" for n, text in enumerate(paragraphs())).encode()


def make_html() -> bytes:
    """A menu, headings and paragraphs."""
    body = "".join(f"<h2>Part {n}</h2><p>{text}</p>" for n, text in enumerate(paragraphs()))
    menu = "".join(f"<li><a href='/{n}'>Entry {n}</a></li>" for n in range(30))
    return f"<html><head><title>Parts</title></head><body><ul>{menu}</ul>{body}</body></html>".encode()


def make_epub() -> bytes:
    """The web page as the chapter of an e-book."""
    return replaced(DATA / "study-pandoc.epub", "EPUB/text/ch001.xhtml", make_html())


def make_docx() -> bytes:
    """A Word document whose body has many paragraphs."""
    name = "word/document.xml"
    with ZipFile(DATA / "study-pandoc.docx") as archive:
        document = archive.read(name).decode()
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs())
    return replaced(DATA / "study-pandoc.docx", name, document.replace("<w:body>", f"<w:body>{body}", 1).encode())


def make_pptx() -> bytes:
    """Slides with five lines each."""
    from pptx import Presentation

    presentation = Presentation()
    lines = paragraphs()
    for number in range(PAGES):
        slide = presentation.slides.add_slide(presentation.slide_layouts[1])
        slide.shapes.title.text = f"Slide {number}"
        slide.placeholders[1].text = "\n".join(lines[number * 5 : number * 5 + 5])
    return saved(presentation.save)


def make_xlsx() -> bytes:
    """A sheet with four columns."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Budget")
    for row in rows():
        sheet.append(row)
    return saved(workbook.save)


def make_csv() -> bytes:
    """The same as text."""
    text = StringIO()
    csv.writer(text).writerows(rows())
    return text.getvalue().encode()


def make_pdf() -> bytes:
    """The pages of a paper in two columns, over and over."""
    from pypdfium2 import PdfDocument

    made = PdfDocument.new()
    with PdfDocument(DATA / "columns.pdf") as source:
        for _ in range(PAGES // len(source)):
            made.import_pages(source)
    return saved(made.save)


def make_eml() -> bytes:
    """A long message."""
    message = EmailMessage()
    message["From"], message["Subject"] = "Ada <ada@harbour.example>", "Parts"
    message.set_content("\n\n".join(paragraphs()))
    return message.as_bytes()


def rows() -> list[list[object]]:
    """Cells of a table."""
    return [["Post", "Year", "Amount", "Remark"], *(["Fuel", 2000 + n % 25, n * 7, f"Remark {n}"] for n in range(ROWS))]


def saved(save: Callable[[BytesIO], object]) -> bytes:
    """What is saved."""
    buffer = BytesIO()
    save(buffer)
    return buffer.getvalue()


def replaced(path: Path, member: str, content: bytes) -> bytes:
    """An archive with other content of one member."""
    buffer = BytesIO()
    with ZipFile(path) as archive, ZipFile(buffer, "w", ZIP_DEFLATED) as made:
        for info in archive.infolist():
            made.writestr(info.filename, content if info.filename == member else archive.read(info))
    return buffer.getvalue()


def bare_markdown(data: bytes) -> None:
    """Tokens by markdown-it-py."""
    from markdown_it import MarkdownIt

    MarkdownIt("commonmark").enable("table").parse(data.decode())


def bare_rst(data: bytes) -> None:
    """The tree by docutils."""
    from docutils.core import publish_doctree

    publish_doctree(data.decode()).astext()


def bare_html(data: bytes) -> None:
    """All text by lxml."""
    from lxml import html

    html.document_fromstring(data).xpath("string()")


def bare_epub(data: bytes) -> None:
    """All text of the pages by lxml."""
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith("xhtml"):
                bare_html(archive.read(name))


def bare_docx(data: bytes) -> None:
    """HTML by mammoth."""
    import mammoth

    mammoth.convert_to_html(BytesIO(data))


def bare_pptx(data: bytes) -> None:
    """The text of all shapes by python-pptx."""
    from pptx import Presentation

    for slide in Presentation(BytesIO(data)).slides:
        for shape in slide.shapes:
            _ = shape.text_frame.text if shape.has_text_frame else ""


def bare_xlsx(data: bytes) -> None:
    """All cells by openpyxl."""
    from openpyxl import load_workbook

    for sheet in load_workbook(BytesIO(data), read_only=True, data_only=True).worksheets:
        for _ in sheet.iter_rows(values_only=True):
            pass


def bare_csv(data: bytes) -> None:
    """All cells by the standard library."""
    list(csv.reader(StringIO(data.decode())))


def bare_pdf(data: bytes) -> None:
    """All text by PDFium."""
    from pypdfium2 import PdfDocument

    for page in PdfDocument(data):
        page.get_textpage().get_text_range()


def bare_eml(data: bytes) -> None:
    """The message by the standard library."""
    message_from_bytes(data, policy=default).get_content()


MAKERS = {
    "made.txt": make_text,
    "made.md": make_markdown,
    "made.rst": make_rst,
    "made.html": make_html,
    "made.epub": make_epub,
    "made.docx": make_docx,
    "made.pptx": make_pptx,
    "made.xlsx": make_xlsx,
    "made.csv": make_csv,
    "made.pdf": make_pdf,
    "made.eml": make_eml,
}
BARE: dict[str, Callable[[bytes], object]] = {
    ".txt": bytes.decode,
    ".md": bare_markdown,
    ".rst": bare_rst,
    ".html": bare_html,
    ".epub": bare_epub,
    ".docx": bare_docx,
    ".pptx": bare_pptx,
    ".xlsx": bare_xlsx,
    ".csv": bare_csv,
    ".pdf": bare_pdf,
    ".eml": bare_eml,
}


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.stdout.write(json.dumps(measure(sys.argv[1], Path(sys.argv[2]))))
    else:
        main()
