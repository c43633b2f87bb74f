import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import DocumentError
from assistant.readers.decoding import decode

TEXTS = {
    "cp1252": "Der Fährverkehr zwischen Nordhafen und Süderby kostete – wie man weiß – 86 Millionen „Kronen“. " * 3,
    "iso8859_2": "Prom między portami przewiózł w zeszłym roku ponad czterysta tysięcy pasażerów, żeby było łatwiej. "
    * 3,
    "cp1251": "Паром между двумя гаванями перевёз за прошлый год более четырёхсот тысяч пассажиров и машин. " * 3,
    "koi8_r": "Паром между двумя гаванями перевёз за прошлый год более четырёхсот тысяч пассажиров и машин. " * 3,
    "iso8859_7": "Το πορθμείο μετέφερε πέρυσι περισσότερους από τετρακόσιες χιλιάδες επιβάτες στα δύο λιμάνια. " * 3,
    "shift_jis": "昨年、二つの港を結ぶフェリーは四十万人以上の乗客を運びました。市場の日には行列が長くなります。" * 3,
    "euc_jp": "昨年、二つの港を結ぶフェリーは四十万人以上の乗客を運びました。市場の日には行列が長くなります。" * 3,
    "gb18030": "去年，连接两个港口的渡轮运送了四十多万名乘客。在集市日，排队的时间比过海的时间还长。" * 3,
    "big5": "去年，連接兩個港口的渡輪運送了四十多萬名乘客。在市集日，排隊的時間比過海的時間還長。" * 3,
    "euc_kr": "지난해 두 항구를 잇는 여객선은 사십만 명이 넘는 승객을 실어 날랐다. 장날에는 줄이 더 길다. " * 3,
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_text_in_a_legacy_encoding_is_read(encoding: str) -> None:
    assert decode(TEXTS[encoding].encode(encoding), "a.txt") == TEXTS[encoding]


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
