import pytest

from assistant.readers import document_from_text
from assistant.readers.language import language_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The ferry between the two harbours carried more than four hundred thousand people."),
        ("de", "Die Fähre zwischen den beiden Häfen hat mehr als vierhunderttausend Menschen befördert."),
        ("fr", "Le bac entre les deux ports a transporté plus de quatre cent mille personnes."),
        ("ja", "昨年、二つの港を結ぶフェリーは四十万人以上の乗客を運びました。"),
        ("zh", "去年，连接两个港口的渡轮运送了四十多万名乘客。"),
        ("ar", "نقلت العبّارة بين الميناءين أكثر من أربعمائة ألف شخص في العام الماضي."),
        ("ru", "Паром между двумя гаванями перевёз более четырёхсот тысяч человек."),
    ],
)
def test_language_of_a_sentence_is_told(language: str, text: str) -> None:
    assert language_of(text) == language
    assert document_from_text("a.txt", text).language == language


@pytest.mark.parametrize("text", ["x", "1,2,3", "Tokyo 2024 44%", "Ada Quist", "…"])
def test_text_of_no_language_is_taken_for_english(text: str) -> None:
    assert language_of(text) == "en"


def test_language_of_most_of_a_long_text_counts() -> None:
    english = "The ferry between the two harbours carried more than four hundred thousand people. "
    german = "Die Fähre zwischen den beiden Häfen hat mehr als vierhunderttausend Menschen befördert. "
    assert language_of(english + german * 200) == "de"
