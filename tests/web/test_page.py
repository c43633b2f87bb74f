"""The page as a server, as whoever launches it knows it."""

import logging
from pathlib import Path

import httpx
import pytest

from assistant import Assistant
from assistant.errors import AssistantError
from assistant.web.page import Page

from ..conftest import serving
from .conftest import connect


def test_a_page_that_cannot_answer_yet_is_served_and_says_why(
    working_folder: Path, analysis: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (working_folder / "model").mkdir()
    assistant = Assistant(documents=analysis.parent, index="index", model="model")
    with caplog.at_level(logging.WARNING), serving(assistant):
        pass
    assert "No question can be answered yet" in caplog.text
    assert "ASSISTANT_MODEL" in caplog.text


def test_a_port_that_is_taken_is_said_in_a_sentence(shared_assistant: Assistant, url: str) -> None:
    port = int(url.rstrip("/").rsplit(":", 1)[1])
    with pytest.raises(AssistantError, match=f"Port {port} .* in use"), serving(shared_assistant, server_port=port):
        pass


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_an_address_that_is_not_of_this_machine_is_named(shared_assistant: Assistant, host: str) -> None:
    said = f"of {host} cannot be served on .*; choose another port, or another address"
    with pytest.raises(AssistantError, match=said), serving(shared_assistant, server_name=host):
        pass


def test_a_page_is_served_by_ipv6_too(shared_assistant: Assistant) -> None:
    with serving(shared_assistant, server_name="::1") as page:
        assert connect(page.address).predict(question="eggs", api_name="/retrieve")
        assert page.unchangeable == ""


def test_a_page_on_this_machine_needs_no_proxy(shared_assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    for variable in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(variable, "example.org")
    with serving(shared_assistant) as page:
        assert connect(page.address).predict(question="eggs", api_name="/retrieve")


def test_whoever_starts_it_is_told_the_whole_address(
    shared_assistant: Assistant, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Page, "address", "http://[fd00::5]:7860/")  # which a terminal's markup would be taken for
    monkeypatch.setattr(Page, "block_thread", lambda _: None)
    with serving(shared_assistant, prevent_thread_lock=False):
        pass
    assert "The web chat is at http://[fd00::5]:7860/ (Ctrl-C ends it)." in " ".join(capsys.readouterr().err.split())


def test_the_page_has_its_own_icon(url: str, http: httpx.Client) -> None:
    icon = http.get(f"{url}favicon.ico")
    assert icon.headers["content-type"].startswith("image/svg+xml")
    assert "#1f5f5b" in icon.text
