"""Words: the same treatment of questions and documents."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.words import content_words, fold, words


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Kim Yo-jong", "kim yo jong"),
        ("the DPRK’s missiles", "the DPRK's missile"),
        ("São Tomé and Łódź", "sao tome and lodz"),
        ("1,000 abductions", "1000 abduction"),
        ("the U.S. Army", "the US army"),
        ("ＡＢＣ", "abc"),
        ("don’t", "don't"),
        ("sedi-\nmentation", "sedimentation"),
    ],
)
def test_spellings_of_the_same_words_are_the_same(left: str, right: str) -> None:
    assert words(left) == words(right)


def test_numbers_keep_their_decimals() -> None:
    assert words("3.5 of 1,234.5") == ["3.5", "of", "1234.5"]


def test_chinese_and_japanese_are_found_by_pairs_of_characters() -> None:
    assert set(words("京都")) <= set(words("東京都の知事"))
    assert words("首脳会談") == ["首脳", "脳会", "会談"]


@pytest.mark.parametrize(
    ("text", "others"),
    [("दिल्ली में", ["दल", "दिल"]), ("की", ["के", "का", "क"]), ("தமிழ்", ["தமழ"]), ("ガン", ["カン"]), ("กิน", ["กน"])],
)
def test_signs_that_are_part_of_a_letter_tell_words_apart(text: str, others: list[str]) -> None:
    assert words(text)
    assert all(not set(words(text)) & set(words(other)) for other in others)


def test_points_that_a_text_may_leave_out_do_not_matter() -> None:
    assert words("שָׁלוֹם") == words("שלום")
    assert words("كِتَاب") == words("كتاب")


def test_thai_is_found_by_pairs_of_characters() -> None:
    assert set(words("กรุงเทพ")) <= set(words("ไปกรุงเทพวันนี้"))


def test_words_without_meaning_are_left_out() -> None:
    assert content_words(words("When did the five of them return to Japan?")) == words("five return Japan")


@pytest.mark.parametrize("text", ["What does the US want?", "the U.S. position", "the WHO’s advice", "IT for schools"])
def test_an_acronym_is_not_the_word_that_it_is_spelled_like(text: str) -> None:
    assert {"US", "WHO", "IT"} & set(content_words(words(text)))
    assert not {"US", "WHO", "IT"} & set(words(text.upper() + " PLEASE"))


@given(st.text())
def test_any_text_has_words_and_folding_twice_changes_nothing(text: str) -> None:
    assert all(word and not word.isspace() for word in words(text))
    assert fold(fold(text)) == fold(text)


def test_many_threads_stem_alike() -> None:
    texts = [f"abducted {number} citizens repeatedly" for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(words, texts)) == [words(text) for text in texts]


def test_the_thousands_of_a_number_are_not_parted_and_its_decimals_are() -> None:
    assert words("1,500 and 1,234,567.5") == [*words("1500"), *words("and"), *words("1234567.5")]
    assert words("3,5 percent") != words("35 percent")
    assert words("March 5,2024") != words("March 52024")
