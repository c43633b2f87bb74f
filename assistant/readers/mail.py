"""E-mails: who wrote when to whom about what, and the message itself."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from assistant.readers import plain_text
from assistant.readers.decoding import decode
from assistant.readers.draft import Draft
from assistant.readers.html_tree import add_elements
from assistant.readers.web_page import parse_html

_SHOWN = ("From", "To", "Cc", "Date")


def read(data: bytes, draft: Draft) -> None:
    """Reads an e-mail; of the files attached to it, the names.

    Args:
        data: The file.
        draft: What is added to.
    """
    message = message_from_bytes(data, policy=default)
    if not any(name in message for name in ("From", "To", "Subject", "Date", "Received")):
        raise ValueError("no header of an e-mail")
    draft.title = message.get("Subject")
    draft.author = message.get("From")
    draft.date = message.get("Date")
    draft.heading(draft.title or "", 1)
    for name in _SHOWN:
        if name in message:
            draft.add(f"{name}: {message[name]}", "list")
    _add_body(message, draft)
    for attachment in message.iter_attachments():
        draft.add(f"Attachment: {attachment.get_filename() or attachment.get_content_type()}", "list")


def _add_body(message: EmailMessage, draft: Draft) -> None:
    body = message.get_body(("plain", "html"))
    if body is None:
        return
    data = body.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return
    if body.get_content_subtype() == "html":
        add_elements(parse_html(data, draft.source), draft)
        return
    text = decode(data, draft.source, body.get_content_charset())
    for block in plain_text.read(draft.source, text, "").blocks:
        words = text[block.start : block.end]
        if block.kind == "heading":
            draft.heading(words, 2)
        else:
            draft.add(words, block.kind)
