from email.message import EmailMessage
from pathlib import Path

import pytest

from assistant.errors import DocumentError

from .conftest import Parse


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
