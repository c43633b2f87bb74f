"""Replies are kept by all that they depend on, in a file that never grows beyond its bounds."""

from pathlib import Path

import pytest

from assistant.answering.chat_model.cache import ReplyCache
from assistant.answering.chat_model.connection import Prompt

PROMPT: Prompt = (("system", "Answer."), ("user", "Why?"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "answers.sqlite3"


def test_a_reply_is_found_again_by_model_and_words(file: Path) -> None:
    ReplyCache(file, 1).put("model", PROMPT, "Because.")
    cache = ReplyCache(file, 1)
    assert cache.get("model", PROMPT) == "Because."
    assert cache.get("other", PROMPT) is None
    assert cache.get("model", (*PROMPT, ("user", "Really?"))) is None


def test_the_replies_that_were_not_used_for_longest_make_room(file: Path) -> None:
    cache = ReplyCache(file, megabytes=0.003)
    for number in range(3):
        cache.put(f"model {number}", PROMPT, "x" * 1000)
    assert cache.get("model 0", PROMPT)
    cache.put("model 3", PROMPT, "x" * 1000)
    assert [number for number in range(4) if cache.get(f"model {number}", PROMPT)] == [0, 2, 3]


def test_none_are_kept_where_there_is_no_room(file: Path) -> None:
    ReplyCache(file, 0).put("model", PROMPT, "Because.")
    assert not file.exists()


def test_a_damaged_file_is_no_failure(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"no database" * 100)
    cache = ReplyCache(file, 1)
    cache.put("model", PROMPT, "Because.")
    assert cache.get("model", PROMPT) is None
