"""E-mails: who wrote when to whom about what, the message itself, and what is attached to it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from email import message_from_bytes
from email.message import MIMEPart
from email.policy import default
from itertools import chain, groupby
from pathlib import PurePosixPath

from assistant.errors import DocumentError
from assistant.readers import plain_text
from assistant.readers.decoding import decode
from assistant.readers.draft import Draft
from assistant.readers.formats import EXTRACTED, TEXTS
from assistant.readers.html_tree import add_elements
from assistant.readers.parsing import parse
from assistant.readers.web_page import parse_html
from assistant.types import Document

_LOGGER = logging.getLogger(__name__)

_SHOWN = ("From", "To", "Cc", "Date")
_READABLE = EXTRACTED.keys() | TEXTS.keys()
_QUOTED = re.compile(r"(?:>[^\S\n]?)+")


def read(data: bytes, draft: Draft) -> None:
    """Reads an e-mail, and the files attached to it that can be read; of the others, the names.

    Args:
        data: The file.
        draft: What is added to.
    """
    message = message_from_bytes(data, policy=default)
    if not any(name in message for name in ("From", "To", "Subject", "Date", "Received")):
        raise ValueError("no header of an e-mail")
    parts = list(_parts(message))
    attachments = [part for part in parts if not _is_text(part)]
    draft.title = message.get("Subject")
    draft.author = message.get("From")
    draft.date = message.get("Date")
    if attachments:
        draft.page("message")
    draft.heading(draft.title or "", 1)
    for name in _SHOWN:
        if name in message:
            draft.add(f"{name}: {message[name]}", "list")
    for part in filter(_is_text, parts):
        _add_text(part, draft)
    for attachment in attachments:
        _add_attachment(attachment, draft)


def _parts(message: MIMEPart) -> Iterator[MIMEPart]:
    """What a message is made of, in its order; of several versions of the same, one, and the files of the others."""
    if message.get_content_maintype() != "multipart":
        yield message
        return
    versions = [list(_parts(part)) for part in message.iter_parts()]
    if message.get_content_subtype() == "alternative":
        versions.sort(key=_rank)
        versions[1:] = [list(filter(_is_readable_file, version)) for version in versions[1:]]
    yield from chain.from_iterable(versions)


def _rank(version: Sequence[MIMEPart]) -> int:
    """Plain text goes first, if it has words, then a web page."""
    kinds = {part.get_content_subtype() for part in version if _is_text(part) and _content(part).strip()}
    return 0 if "plain" in kinds else 1 if kinds else 2


def _is_text(part: MIMEPart) -> bool:
    """Whether a part is of the message itself, and no file."""
    is_file = part.get_filename() is not None and part.get_content_disposition() is not None
    return part.get_content_type() in ("text/plain", "text/html") and not is_file


def _is_readable_file(part: MIMEPart) -> bool:
    return not _is_text(part) and _suffix(part.get_filename() or "") in _READABLE


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _content(part: MIMEPart) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _add_text(part: MIMEPart, draft: Draft) -> None:
    content, encoding = _content(part), part.get_content_charset()
    if not content.strip():
        return
    if part.get_content_subtype() == "html":
        add_elements(parse_html(content, draft.source, encoding), draft)
    else:
        _add_plain_text(decode(content, draft.source, encoding), draft)


def _add_plain_text(text: str, draft: Draft) -> None:
    """The lines of what it answers are put together to paragraphs, each with the marks of a quote."""
    for depth, lines in groupby(text.split("\n"), _depth):
        words = "\n".join(_QUOTED.sub("", line, count=1) if depth else line for line in lines)
        for block in plain_text.read(draft.source, words, "").blocks:
            if block.kind == "heading" and not depth:
                draft.heading(words[block.start : block.end], 2)
            else:
                kind = "paragraph" if block.kind == "heading" else block.kind
                draft.add("> " * depth + words[block.start : block.end], kind)


def _depth(line: str) -> int:
    """How many times over a line is quoted."""
    marks = _QUOTED.match(line)
    return marks.group().count(">") if marks else 0


def _add_attachment(attachment: MIMEPart, draft: Draft) -> None:
    name = attachment.get_filename() or attachment.get_content_type()
    suffix, data = _suffix(name), attachment.get_payload(decode=True)
    if attachment.get_content_type() == "message/rfc822":
        forwarded = attachment.get_content()
        name, suffix, data = forwarded.get("Subject") or name, ".eml", forwarded.as_bytes()
    draft.page(name)
    draft.heading(f"Attachment: {name}", 2)
    if suffix in _READABLE and isinstance(data, bytes):
        try:
            _add_document(parse(data, name, suffix, draft.limits), draft)
        except DocumentError as error:
            _LOGGER.info("Attached to %s: %s", draft.source, error)


def _add_document(document: Document, draft: Draft) -> None:
    """Another document as a part of this one, on pages of its own."""
    pages = iter(document.pages)
    page = next(pages, None)
    levels = {section.start: section for section in document.sections}
    for block in document.blocks:
        while page and block.start >= page.start:
            draft.page(f"{document.source}, {page.label}")
            page = next(pages, None)
        words = document.text[block.start : block.end]
        if section := levels.get(block.start):
            draft.heading(section.heading, section.level + 2)
        else:
            draft.add(words, "paragraph" if block.kind == "heading" else block.kind)
