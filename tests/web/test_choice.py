"""Which documents are asked: those that are ticked and still there."""

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.web.choice import Choice
from assistant.web.document_drawer import drawer_html

BEES, CATS, DOGS = "bees.md", "cats.md", "dogs.md"
ALL = [BEES, CATS, DOGS]


def test_what_is_not_ticked_is_left_out_until_it_is_ticked_again() -> None:
    choice = Choice()
    choice.tick(CATS, asked=False, indexed=ALL)
    assert choice.sources == [BEES, DOGS]
    choice.tick(CATS, asked=True, indexed=ALL)
    assert choice.sources is None


def test_a_document_that_is_gone_is_not_chosen_any_more() -> None:
    choice = Choice([BEES, CATS])
    choice.keep([CATS, DOGS])
    assert choice.sources == [CATS]
    choice.keep([DOGS])
    assert choice.sources == []  # and not another one, which was left out


def test_where_only_those_are_left_that_are_chosen_all_are() -> None:
    choice = Choice([BEES, CATS])
    choice.keep([BEES, CATS])
    assert choice.sources is None


def test_only_those_that_the_index_has_are_asked_and_told_of() -> None:
    assistant = Assistant.from_texts({BEES: "A queen lays 1,500 eggs a day.", CATS: "A cat sleeps 15 hours a day."})
    assert Choice([BEES, DOGS]).of(assistant) == [BEES]
    html = drawer_html(assistant, Choice([BEES, DOGS]), unchangeable="")
    assert ">1 of 2</span> documents are asked" in html
    assert html.count(" checked") == 1


@pytest.mark.parametrize(
    ("wanted", "asked"), [([CATS], [CATS]), ([CATS, "gone.md"], [CATS]), ([], None), (["gone.md"], None), (ALL, None)]
)
def test_some_can_be_asked_alone_and_all_again(wanted: list[str], asked: list[str] | None) -> None:
    choice = Choice([BEES])
    choice.only(wanted, ALL)
    assert choice.sources == asked


def test_only_documents_with_words_in_them_are_counted(tmp_path: Path) -> None:
    (tmp_path / BEES).write_text("A queen lays 1,500 eggs a day.", encoding="utf-8")
    (tmp_path / CATS).write_text("A cat sleeps 15 hours a day.", encoding="utf-8")
    (tmp_path / "sound.mp3").write_bytes(b"\0")
    assistant = Assistant(documents=tmp_path, index=tmp_path / "index")
    html = drawer_html(assistant, Choice([BEES]), unchangeable="")
    assert ">1 of 2</span> documents are asked" in html
    assert "sound.mp3" in html
