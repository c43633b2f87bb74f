"""Damaged and hostile files, made from the good ones of `tests/data`: contents by name."""

import random
import re
import tomllib
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from assistant.readers import SUFFIXES

Files = Iterator[tuple[str, bytes]]

TEXT_OF = {
    "study-pandoc.docx": ("word/document.xml", "ninety"),
    "talk-pandoc.pptx": ("ppt/slides/slide2.xml", "412,000"),
    "budget.xlsx": ("xl/sharedStrings.xml", "Crew"),
    "study-pandoc.epub": ("EPUB/text/ch001.xhtml", "412,000"),
}
"""Of each kind of archive, the member that has the text, and a word of it."""

LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "haha"}">' for n in range(12))
"""Ten times ten times ten ... laughs: https://en.wikipedia.org/wiki/Billion_laughs_attack."""

PDF_OBJECTS = {
    "page-tree": ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 9/Kids[2 0 R]/Parent 2 0 R>>"],
    "page-of-itself": [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 3 0 R/MediaBox 3 0 R/Contents 3 0 R>>",
    ],
    "outline": [
        "<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 6 0 R/Resources<</Font<</F 7 0 R>>>>>>",
        "<</First 5 0 R/Last 5 0 R>>",
        "<</Title(Round)/Parent 4 0 R/First 5 0 R/Next 5 0 R/Dest[3 0 R/Fit]>>",
        "<</Length 42>>stream\nBT/F 12 Tf 20 100 Td(The ferry sails.)Tj ET \nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ],
    "form": [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        "<</Length 5>>stream\n/X Do\nendstream",
        "<</Subtype/Form/BBox[0 0 9 9]/Length 5/Resources<</XObject<</X 5 0 R>>>>>>stream\n/X Do\nendstream",
    ],
    "length": ["<</Type/Catalog/Pages 2 0 R>>", "<</Length 2 0 R>>stream\n\nendstream"],
}
"""Objects of PDF files that lead back to themselves."""

ENCRYPTED = 1
"""The bit among the flags of an archive's member."""


def damaged_files(data: Path) -> Files:
    """Every one of them; what a name begins with tells what is wrong.

    Args:
        data: The good files.
    """
    good = {path.name: path.read_bytes() for path in sorted(data.iterdir()) if path.suffix in SUFFIXES}
    for name, content in good.items():
        for part in (0.2, 0.5, 0.95):
            yield f"truncated-{part}-{name}", content[: int(part * len(content))]
        yield f"wrong-bytes-{name}", _with_wrong_bytes(content, 30)
    for suffix in sorted(SUFFIXES):
        yield f"empty{suffix}", b""
        yield f"blank{suffix}", b" \n"
        yield f"random{suffix}", random.Random(suffix).randbytes(3000)
        for name in ("columns.pdf", "study-pandoc.docx", "budget.xlsx", "study-pandoc.html"):
            if not name.endswith(suffix):
                yield f"misnamed-{name}{suffix}", good[name]
    yield from _archives({name: good[name] for name in TEXT_OF})
    yield from _nested()
    yield from ((f"cycle-{name}.pdf", pdf(objects)) for name, objects in PDF_OBJECTS.items())
    yield "password.pdf", good["protected.pdf"]
    for language, entry in tomllib.loads((data / "encodings.toml").read_text(encoding="utf-8")).items():
        for encoding in entry["encodings"]:
            yield f"encoding-{language}-{encoding}.txt", entry["text"].encode(encoding, "ignore")
    yield "sound.mp3", b"ID3\x04" + bytes(100)
    yield "laughs.html", _with_entity(b"<html><p>haha</p></html>", "haha", LAUGHS)
    yield "laughs.svg", _with_entity(b"<svg>haha</svg>", "haha", LAUGHS)
    yield "no-ending", b"The ferry sails."


def _archives(good: dict[str, bytes]) -> Files:
    for name, content in good.items():
        member, word = TEXT_OF[name]
        suffix = Path(name).suffix
        with ZipFile(BytesIO(content)) as archive:
            xml = archive.read(member)
        for kind, changed in {
            "laughs": _with_entity(xml, word, LAUGHS),
            "entity": _with_entity(xml, word, '<!ENTITY e11 SYSTEM "file:///etc/passwd">'),
            "hollow": b"",
            "deep": b"<a>" * 50_000,
            "bomb": xml + bytes(60_000_000),
        }.items():
            yield f"{kind}{suffix}", with_member(content, member, changed)
        yield f"locked{suffix}", with_member(content, member, xml, flags=ENCRYPTED)
        yield f"liar{suffix}", with_member(content, member, xml + bytes(60_000_000), size=1000)
        yield f"password{suffix}", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


def with_member(content: bytes, changed: str, xml: bytes, flags: int = 0, size: int | None = None) -> bytes:
    """An archive with one member changed.

    Args:
        content: The archive.
        changed: The member's name.
        xml: What it is to say.
        flags: What the directory is to say of it.
        size: What the directory is to say of its size.
    """
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as good, ZipFile(buffer, "w", ZIP_DEFLATED) as made:
        for member in good.namelist():
            made.writestr(member, xml if member == changed else good.read(member))
        entry = made.getinfo(changed)
        entry.flag_bits |= flags
        entry.file_size = entry.file_size if size is None else size
    return buffer.getvalue()


def _with_entity(xml: bytes, word: str, entities: str) -> bytes:
    root = re.sub(rb"<\?xml.*?\?>|<!DOCTYPE[^>]*>", b"", xml).replace(word.encode(), b"&e11;")
    return f'<?xml version="1.0"?><!DOCTYPE x [{entities}]>'.encode() + root


def _nested() -> Files:
    yield "nested.html", b"<div>" * 100_000 + b"word"
    yield "nested-tables.html", b"<table><tr><td>" * 3000 + b"word"
    yield "nested.md", b"> " * 20_000 + b"word"
    yield "nested-brackets.md", b"[" * 50_000
    yield "nested.rst", "".join(f"{' ' * depth}* a\n\n" for depth in range(300)).encode()
    yield "nested.eml", b"From: a@b\n" + b"Content-Type: message/rfc822\n\n" * 3000
    yield "quotes.csv", b'"' * 1_100_000


def pdf(objects: Sequence[str]) -> bytes:
    """A PDF file.

    Args:
        objects: Its objects, the root first.
    """
    content = b"%PDF-1.4\n"
    places = []
    for number, words in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{words}\nendobj\n".encode()
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(
        f"{place:010} 00000 n \n" for place in places
    )
    # The table of objects names itself as the one before it, too.
    trailer = (
        f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R/Prev {len(content)}>>\nstartxref\n{len(content)}\n%%EOF\n"
    )
    return content + (table + trailer).encode()


def _with_wrong_bytes(content: bytes, count: int) -> bytes:
    chance = random.Random(len(content))
    changed = bytearray(content)
    for _ in range(count):
        changed[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(changed)
