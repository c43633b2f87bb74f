"""The page as a server, as whoever launches it knows it."""

import logging
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.web import build


def test_a_page_that_cannot_answer_yet_is_served_and_says_why(
    working_folder: Path, analysis: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (working_folder / "model").mkdir()
    page = build(Assistant(documents=analysis.parent, index="index", model="model"))
    with caplog.at_level(logging.WARNING):
        page.launch(server_port=0, prevent_thread_lock=True, quiet=True)
        page.close()
    assert "No question can be answered yet" in caplog.text
    assert "ASSISTANT_MODEL" in caplog.text
