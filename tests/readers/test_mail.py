from email.message import EmailMessage

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


def test_attached_files_are_named(parsed: Parse, message: EmailMessage) -> None:
    message.add_attachment(b"...", maintype="application", subtype="pdf", filename="plan.pdf")
    assert "Attachment: plan.pdf" in parsed("a.eml", message.as_bytes()).lines()


def test_file_that_is_no_mail_is_reported(parsed: Parse) -> None:
    with pytest.raises(DocumentError, match=r"a\.eml is damaged, or is not an e-mail"):
        parsed("a.eml", "The ferry sails.")
