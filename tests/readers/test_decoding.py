import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import DocumentError
from assistant.readers.decoding import decode

PROSE = tomllib.loads((Path(__file__).parents[1] / "data" / "encodings.toml").read_text(encoding="utf-8"))
NOT_TOLD = {
    "utf_7",  # taken for ASCII, for ASCII with a "+" in it looks the same
    "iso8859_16",  # taken for the far more common ISO 8859-2
    "utf_16_le",  # without a byte-order mark; where most characters are ASCII, it is told
    "utf_16_be",
}


@pytest.mark.parametrize("language", PROSE)
def test_text_in_a_legacy_encoding_is_read(language: str) -> None:
    for encoding in set(PROSE[language]["encodings"]) - NOT_TOLD:
        data = PROSE[language]["text"].encode(encoding, "ignore")
        assert decode(data, "a.txt") == data.decode(encoding), encoding


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac_roman"])
def test_a_few_words_in_a_legacy_encoding_are_read(encoding: str) -> None:
    words = "Die Fähre fährt täglich nach Süderby."
    assert decode(words.encode(encoding), "a.txt") == words


def test_text_with_a_damaged_byte_is_read_but_for_that_byte() -> None:
    before, after = PROSE["russian"]["text"].split("залив")
    assert decode(before.encode() + b"\xff" + after.encode(), "a.txt") == f"{before}\ufffd{after}"


def test_text_that_ends_within_a_character_is_read() -> None:
    text = PROSE["russian"]["text"]
    assert decode(text.encode() + "ё".encode()[:1], "a.txt") == f"{text}\ufffd"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark_decides_and_is_no_text(encoding: str) -> None:
    assert decode("Fähre".encode(encoding), "a.txt") == "Fähre"


def test_declared_encoding_goes_before_a_guess() -> None:
    assert decode("Ёлка".encode("koi8_r"), "a.html", declared="koi8-r") == "Ёлка"


@pytest.mark.parametrize("declared", ["no-such-encoding", "base64", "ascii\0"])
def test_encoding_that_there_is_not_is_passed_over(declared: str) -> None:
    assert decode("Fähre".encode(), "a.html", declared=declared) == "Fähre"


def test_line_ends_are_made_one() -> None:
    assert decode(b"a\r\nb\rc\n", "a.txt") == "a\nb\nc\n"


def test_bytes_that_are_no_text_are_named() -> None:
    with pytest.raises(DocumentError, match=r"a\.txt is not text"):
        decode(b"\x00\x01\x02\x03" * 9, "a.txt")


@given(st.text().filter(lambda text: "\0" not in text and not text.startswith("\ufeff")))
def test_utf8_is_read_as_it_is(text: str) -> None:
    assert decode(text.encode(), "a.txt") == text.replace("\r\n", "\n").replace("\r", "\n")


@given(st.binary())
def test_any_bytes_are_text_or_an_error(data: bytes) -> None:
    try:
        text = decode(data, "a.txt")
    except DocumentError as error:
        text = str(error)
    assert "\r" not in text
    assert "\0" not in text
