"""Options from arguments and the environment: what they may be, and what is said of those that cannot be used."""

import traceback
from pathlib import Path
from typing import Any

import pytest

from assistant import Assistant
from assistant.errors import SettingsError
from assistant.settings import Settings


def test_a_folder_may_be_given_from_the_home_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_INDEX", "~/index")
    settings = Assistant(documents="~/papers").settings
    assert (settings.documents, settings.index) == (home / "papers", home / "index")


@pytest.mark.parametrize("folder", ["", "~nobody-of-that-name/papers", "a\0b"])
@pytest.mark.parametrize("name", ["documents", "index"])
def test_a_folder_that_there_cannot_be_is_refused(name: str, folder: str) -> None:
    options: dict[str, Any] = {name: folder}
    with pytest.raises(SettingsError, match=f"ASSISTANT_{name.upper()} cannot be used"):
        Assistant(**options)


def test_an_index_is_not_kept_among_the_documents(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"ASSISTANT_INDEX cannot be used .*: it is the documents folder"):
        Assistant(documents=tmp_path, index=tmp_path / "papers" / "..")
    Assistant(documents=tmp_path, index=tmp_path / "index")


@pytest.mark.parametrize("value", ["inf", "nan", "1e300"])
@pytest.mark.parametrize(
    "name",
    [name for name, field in Settings.model_fields.items() if field.annotation is float],
)
def test_a_limit_is_a_number_that_can_be_kept_to(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"ASSISTANT_{name.upper()}", value)
    with pytest.raises(SettingsError, match=f"ASSISTANT_{name.upper()} cannot be used"):
        Assistant()


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("auth", "swordfish-without-a-colon"),
        ("chat_model_url", "ftp://ada:swordfish@example.org"),
        ("chroma_url", "https://ada:swordfish@example.org"),
    ],
)
def test_no_message_and_no_traceback_shows_a_secret(name: str, secret: str) -> None:
    options: dict[str, Any] = {name: secret}
    with pytest.raises(SettingsError) as refused:
        Assistant(**options)
    assert f"ASSISTANT_{name.upper()} cannot be used" in str(refused.value)
    assert "swordfish" not in "".join(traceback.format_exception(refused.value))


@pytest.mark.parametrize("url", ["http://", "http://:8000", "http://[::1", "http://example.org:0"])
@pytest.mark.parametrize("name", ["chat_model_url", "chroma_url"])
def test_an_address_names_a_server(name: str, url: str) -> None:
    options: dict[str, Any] = {name: url}
    with pytest.raises(SettingsError, match="it must be a URL, such as http://127"):
        Assistant(**options)
