from base64 import b64encode
from email.message import EmailMessage
from pathlib import Path

import pytest

from assistant.errors import DocumentError

from .conftest import Parse
from .test_pdf import drawn, minimal_pdf


@pytest.fixture
def message() -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Ada Quist <ada@harbour.example>"
    message["To"] = "Bo Lind <bo@harbour.example>"
    message["Subject"] = "Die Fähre – und die Brücke"
    message["Date"] = "Mon, 18 Mar 2024 09:30:00 +0100"
    message.set_content("Hello Bo,\n\nthe ferry carried 412,000 people in 2023.\n\nAda\n")
    return message


def test_subject_sender_and_date_are_kept(parsed: Parse, message: EmailMessage) -> None:
    reading = parsed("a.eml", message.as_bytes())
    assert reading.document.title == "Die Fähre – und die Brücke"
    assert reading.document.author == "Ada Quist <ada@harbour.example>"
    assert reading.document.date == "2024-03-18T09:30:00+01:00"
    assert "To: Bo Lind <bo@harbour.example>" in reading.lines()


def test_message_is_read(parsed: Parse, message: EmailMessage) -> None:
    reading = parsed("a.eml", message.as_bytes())
    assert "the ferry carried 412,000 people in 2023." in reading.lines("paragraph")
    assert reading.heading("412,000") == "Die Fähre – und die Brücke"


def test_plain_text_goes_before_html(parsed: Parse, message: EmailMessage) -> None:
    message.add_alternative("<p>The same as a web page</p>", subtype="html")
    reading = parsed("a.eml", message.as_bytes())
    assert "412,000" in reading.text
    assert "web page" not in reading.text


def test_message_in_html_is_read(parsed: Parse, message: EmailMessage) -> None:
    message.set_content("<p>The <b>ferry</b> sails.</p>", subtype="html")
    assert "The ferry sails." in parsed("a.eml", message.as_bytes()).lines("paragraph")


def test_html_is_read_where_the_plain_text_is_blank(parsed: Parse, message: EmailMessage) -> None:
    message.set_content(" \n")
    message.add_alternative("<p>The ferry sails.</p>", subtype="html")
    assert "The ferry sails." in parsed("a.eml", message.as_bytes()).lines("paragraph")


def test_text_on_both_sides_of_a_picture_is_the_message(parsed: Parse, message: EmailMessage) -> None:
    message.make_mixed()
    message.attach(part("image/png", b"...", 'inline; filename="ferry.png"'))
    message.attach(part("text/plain", b"It was full every day."))
    message.attach(part("application/pdf", b"...", 'inline; filename="plan.pdf"'))
    message.attach(part("text/html", b"<p>So we need a bridge.</p>"))
    reading = parsed("a.eml", message.as_bytes())
    for words in ("412,000", "It was full every day.", "So we need a bridge."):
        assert reading.page(words) == "message"
        assert reading.heading(words) == "Die Fähre – und die Brücke"
    assert reading.lines("heading")[1:] == ["Attachment: ferry.png", "Attachment: plan.pdf"]


def test_web_page_with_files_in_it_is_read_to_its_end(parsed: Parse) -> None:
    inner = EmailMessage()
    inner["Content-Type"] = "multipart/mixed"
    for inside in (
        part("text/html", b"<p>The ferry sails.</p>"),
        part("text/csv", b"Month;People\nMay;41200\n", 'inline; filename="people.csv"'),
        part("text/html", b"<p>The bridge stands.</p>"),
    ):
        inner.attach(inside)
    outer = EmailMessage()
    outer["Subject"] = "Crossing"
    outer["Content-Type"] = "multipart/alternative"
    outer.attach(part("text/plain", b" "))
    outer.attach(inner)
    reading = parsed("a.eml", outer.as_bytes())
    assert reading.lines("paragraph") == ["The ferry sails.", "The bridge stands."]
    assert reading.page("Month: May; People: 41200") == "people.csv, People, row 2"


def test_files_within_a_web_page_are_read_with_the_plain_text(parsed: Parse) -> None:
    page = EmailMessage()
    page["Content-Type"] = "multipart/mixed"
    page.attach(part("text/html", b"<p>The ferry sails.</p>"))
    page.attach(part("text/csv", b"Month;People\nMay;41200\n", 'inline; filename="people.csv"'))
    page.attach(part("image/png", b"...", 'inline; filename="ferry.png"'))
    outer = EmailMessage()
    outer["Subject"] = "Crossing"
    outer["Content-Type"] = "multipart/alternative"
    outer.attach(part("text/plain", b"The ferry sails in plain text."))
    outer.attach(page)
    assert parsed("a.eml", outer.as_bytes()).lines() == [
        "Crossing",
        "The ferry sails in plain text.",
        "Attachment: people.csv",
        "Month: May; People: 41200",
    ]


def test_message_that_has_a_name_is_still_the_message(parsed: Parse) -> None:
    mail = part('text/plain; name="body"', b"The ferry sails.")
    mail["Subject"] = "Crossing"
    assert parsed("a.eml", mail.as_bytes()).lines() == ["Crossing", "The ferry sails."]


def test_line_that_a_mailing_list_adds_does_not_hide_the_message(parsed: Parse) -> None:
    outer = EmailMessage()
    outer["Subject"] = "Crossing"
    outer["Content-Type"] = "multipart/mixed"
    outer.attach(part("text/html", b"<p>The ferry sails.</p>"))
    outer.attach(part("text/plain", b"Write to harbour-leave to leave the list."))
    assert parsed("a.eml", outer.as_bytes()).lines("paragraph") == [
        "The ferry sails.",
        "Write to harbour-leave to leave the list.",
    ]


def test_attached_text_file_is_no_part_of_the_message(parsed: Parse, message: EmailMessage) -> None:
    message.add_attachment("The ferry sails.", filename="log.txt")
    reading = parsed("a.eml", message.as_bytes())
    assert reading.page("The ferry sails.") == "log.txt"
    assert reading.heading("The ferry sails.") == "Attachment: log.txt"


def test_message_in_html_is_in_the_encoding_that_the_mail_says(parsed: Parse) -> None:
    mail = part("text/html; charset=windows-1250", "<p>Loď pluje.</p>".encode("cp1250"))
    mail["Subject"] = "Crossing"
    assert parsed("a.eml", mail.as_bytes()).lines("paragraph") == ["Loď pluje."]


@pytest.mark.parametrize("line_end", ["\f", "\v", "\x85", "\u2028"])
def test_lines_are_kept_however_they_end(parsed: Parse, line_end: str) -> None:
    written = f"Subject: Crossing\nContent-Type: text/plain; charset=utf-8\n\nThe ferry{line_end}sails.\n"
    assert parsed("a.eml", written).lines("paragraph") == ["The ferry\nsails."]


def test_answered_mail_is_read_as_a_quote(parsed: Parse, message: EmailMessage) -> None:
    message.set_content(
        "Yes, it is.\n\n>\n\nAda wrote:\n> Dear Bo,\n>\n> is the ferry the one\n> that carried 412,000 people?\n"
        "> > Which ferry?\n\nBo\n"
    )
    assert parsed("a.eml", message.as_bytes()).lines("paragraph") == [
        "Yes, it is.",
        "Ada wrote:",
        "> Dear Bo,",
        "> is the ferry the one\nthat carried 412,000 people?",
        "> > Which ferry?",
        "Bo",
    ]


def test_attached_files_are_read(parsed: Parse, message: EmailMessage, data: Path) -> None:
    content = (data / "study-libreoffice.pdf").read_bytes()
    message.add_attachment(content, maintype="application", subtype="pdf", filename="study.pdf")
    message.add_attachment("Month;People\nMay;41200\n", subtype="csv", filename="people.csv")
    reading = parsed("a.eml", message.as_bytes())
    reading.check()
    assert reading.page("the ferry carried 412,000 people in 2023.") == "message"
    assert reading.page("cost 86 million crowns") == "study.pdf, page 2"
    assert reading.heading("cost 86 million crowns") == "Building"
    assert reading.page("Month: May; People: 41200") == "people.csv, People, row 2"
    assert reading.heading("Month: May; People: 41200") == "Attachment: people.csv"


def test_page_that_only_goes_on_with_a_paragraph_does_not_shift_those_after_it(
    parsed: Parse, message: EmailMessage
) -> None:
    pages = ("The ferry sails to the harbour and", "from there to the island at noon.", "The bridge stands.")
    content = minimal_pdf(*(drawn([(60, words, 700)]) for words in pages))
    message.add_attachment(content, maintype="application", subtype="pdf", filename="plan.pdf")
    reading = parsed("a.eml", message.as_bytes())
    assert "harbour and from there to the island" in reading.text
    assert reading.page("The bridge stands.") == "plan.pdf, page 3"


def test_forwarded_mail_is_read(parsed: Parse, message: EmailMessage) -> None:
    outer = EmailMessage()
    outer["From"] = "Bo Lind <bo@harbour.example>"
    outer.set_content("See below.")
    outer.add_attachment(message)
    reading = parsed("a.eml", outer.as_bytes())
    assert reading.document.author == "Bo Lind <bo@harbour.example>"
    assert "From: Ada Quist <ada@harbour.example>" in reading.lines("list")
    assert reading.page("412,000") == "Die Fähre – und die Brücke"


@pytest.mark.parametrize("name", ["plan.pdf", "plan.dwg"])
def test_attached_file_that_cannot_be_read_is_named(parsed: Parse, message: EmailMessage, name: str) -> None:
    message.add_attachment(b"...", maintype="application", subtype="octet-stream", filename=name)
    reading = parsed("a.eml", message.as_bytes())
    assert reading.lines("heading")[-1] == f"Attachment: {name}"
    assert "damaged" not in reading.text


def test_file_that_is_no_mail_is_reported(parsed: Parse) -> None:
    with pytest.raises(DocumentError, match=r"a\.eml is damaged, or is not an e-mail"):
        parsed("a.eml", "The ferry sails.")


def part(kind: str, content: bytes, disposition: str | None = None) -> EmailMessage:
    """A part of a message, as mail programs write it."""
    made = EmailMessage()
    made["Content-Type"] = kind
    if disposition:
        made["Content-Disposition"] = disposition
    made["Content-Transfer-Encoding"] = "base64"
    made.set_payload(b64encode(content).decode())
    return made
