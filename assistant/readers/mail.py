"""E-mails: who wrote when to whom about what, the message itself, and what is attached to it."""

from __future__ import annotations

import logging
import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from itertools import groupby
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
    attachments = list(message.iter_attachments())
    draft.title = message.get("Subject")
    draft.author = message.get("From")
    draft.date = message.get("Date")
    if attachments:
        draft.page("message")
    draft.heading(draft.title or "", 1)
    for name in _SHOWN:
        if name in message:
            draft.add(f"{name}: {message[name]}", "list")
    _add_body(message, draft)
    for attachment in attachments:
        _add_attachment(attachment, draft)


def _add_body(message: EmailMessage, draft: Draft) -> None:
    """The message, as plain text if it has it so."""
    for kind in ("plain", "html"):
        body = message.get_body((kind,))
        data = body.get_payload(decode=True) if body else None
        if body and isinstance(data, bytes) and data.strip():
            if kind == "html":
                add_elements(parse_html(data, draft.source), draft)
            else:
                _add_text(decode(data, draft.source, body.get_content_charset()), draft)
            return


def _add_text(text: str, draft: Draft) -> None:
    """Plain text; the lines of what it answers are put together to paragraphs, each with the marks of a quote."""
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


def _add_attachment(attachment: EmailMessage, draft: Draft) -> None:
    name = attachment.get_filename() or attachment.get_content_type()
    suffix, data = PurePosixPath(name).suffix.lower(), attachment.get_payload(decode=True)
    if attachment.get_content_type() == "message/rfc822":
        forwarded = attachment.get_content()
        name, suffix, data = forwarded.get("Subject") or name, ".eml", forwarded.as_bytes()
    draft.page(name)
    draft.heading(f"Attachment: {name}", 2)
    if suffix in EXTRACTED.keys() | TEXTS.keys() and isinstance(data, bytes):
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
        if page and block.start >= page.start:
            draft.page(f"{document.source}, {page.label}")
            page = next(pages, None)
        words = document.text[block.start : block.end]
        if section := levels.get(block.start):
            draft.heading(section.heading, section.level + 2)
        else:
            draft.add(words, "paragraph" if block.kind == "heading" else block.kind)
