"""Who may reach the page: by which names, with a login where one is set, and a warning where others can come."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest
from gradio.utils import get_upload_folder
from gradio_client.exceptions import AuthenticationError
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from assistant import Assistant

from ..conftest import serving
from .conftest import PATIENCE, connect

LOGIN = ("ada", "lovelace:1815")


@pytest.fixture(scope="module")
def guarded(shared_assistant: Assistant) -> Iterator[str]:
    settings = shared_assistant.settings
    with serving(Assistant(settings.documents, settings.index, auth=":".join(LOGIN))) as page:
        yield page.address


@pytest.mark.parametrize(
    "path", ["config", "gradio_api/info", "gradio_api/openapi.json", "gradio_api/mcp/schema", "gradio_api/queue/status"]
)
def test_without_the_login_nothing_is_told(guarded: str, http: httpx.Client, path: str) -> None:
    assert http.get(guarded + path).status_code == 401


def test_without_the_login_nothing_is_answered(guarded: str, http: httpx.Client) -> None:
    assert http.post(f"{guarded}gradio_api/call/v2/ask", json={"question": "How many eggs?"}).status_code == 401
    assert http.post(f"{guarded}gradio_api/mcp/", json={}).status_code == 401
    with pytest.raises(AuthenticationError):
        connect(guarded)


def test_with_the_login_the_api_answers(guarded: str) -> None:
    client = connect(guarded, auth=LOGIN)
    assert client.predict(question="How many eggs does a queen bee lay a day?", api_name="/ask")["answered"]


def test_with_the_login_the_mcp_tools_answer(guarded: str) -> None:
    async def ask() -> str:
        async with (
            # The first call loads the model, while the server sends a sign of life every 15 seconds: the 5 that httpx
            # waits by default are too short, and the MCP client never tells the caller that it gave up.
            httpx.AsyncClient(auth=LOGIN, timeout=PATIENCE) as http,
            streamable_http_client(f"{guarded}gradio_api/mcp/", http_client=http) as (read, write, _),
            ClientSession(read, write, timedelta(minutes=2)) as session,
        ):
            await session.initialize()
            result = await session.call_tool("ask", {"question": "How many eggs does a queen bee lay a day?"})
            return str(result.content)

    assert "1,500 eggs" in asyncio.run(ask())


@pytest.mark.parametrize("credentials", ["", "Basic !", "Basic YWRhOndyb25n", "Bearer YWRhOmxvdmVsYWNlOjE4MTU="])
def test_other_credentials_do_not_open_the_mcp_tools(guarded: str, http: httpx.Client, credentials: str) -> None:
    headers = {"Authorization": credentials}
    assert http.post(f"{guarded}gradio_api/mcp/", headers=headers, json={}).status_code == 401


def test_serving_others_without_a_login_is_warned_of(
    shared_assistant: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    with serving(shared_assistant, server_name="0.0.0.0") as page:
        assert "ASSISTANT_AUTH" in caplog.text
        assert "served to other machines too" in page.unchangeable


def test_others_change_documents_where_that_is_allowed(shared_assistant: Assistant) -> None:
    settings = shared_assistant.settings
    with serving(Assistant(settings.documents, settings.index, readonly=False), server_name="0.0.0.0") as page:
        assert page.unchangeable == ""


@pytest.mark.parametrize("name", ["localhost", "chat.localhost:7860", "127.0.0.1:1", "[::1]:7860"])
def test_a_page_for_this_machine_is_reached_by_its_names(url: str, http: httpx.Client, name: str) -> None:
    assert http.get(url, headers={"Host": name}).status_code == 200


@pytest.mark.parametrize("name", ["example.org", "example.org:7860", "127.0.0.1.example.org", "a_b", "[::1", ""])
def test_a_website_whose_name_leads_here_reads_nothing(url: str, http: httpx.Client, name: str) -> None:
    refused = http.get(f"{url}config", headers={"Host": name})
    assert refused.status_code == 421
    assert "ASSISTANT_AUTH" in refused.text


def test_with_a_login_the_page_may_have_any_name(guarded: str, http: httpx.Client) -> None:
    data = dict(zip(("username", "password"), LOGIN, strict=True))
    login = http.post(f"{guarded}login", data=data, headers={"Host": "example.org"})
    assert login.status_code == 200


def upload(http: httpx.Client, url: str, headers: dict[str, str]) -> tuple[int, bool]:
    """Sends a file of a new name: the status of the reply, and whether it has arrived."""
    name = f"{uuid4()}.txt"
    files = {"files": (name, b"Words.", "text/plain")}
    status = http.post(f"{url}gradio_api/upload", files=files, headers=headers).status_code
    return status, any(Path(get_upload_folder()).rglob(name))


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "chat.localhost", "[::1]"])
@pytest.mark.parametrize("origin", ["http://example.org", "https://example.org:{port}", "http://127.0.0.1:1", "null"])
def test_another_website_reads_nothing_and_leaves_nothing_here(
    url: str, http: httpx.Client, name: str, origin: str
) -> None:
    port = urlsplit(url).port
    headers = {"Host": f"{name}:{port}", "Origin": origin.format(port=port), "Sec-Fetch-Site": "cross-site"}
    assert http.get(f"{url}config", headers=headers).status_code == 403
    assert http.post(f"{url}gradio_api/mcp/", headers=headers, json={}).status_code == 403
    assert upload(http, url, headers) == (403, False)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
def test_the_page_itself_reads_and_uploads_by_each_of_its_names(url: str, http: httpx.Client, name: str) -> None:
    host = f"{name}:{urlsplit(url).port}"
    headers = {"Host": host, "Origin": f"http://{host}"}
    assert http.get(f"{url}config", headers=headers).status_code == 200
    assert upload(http, url, headers) == (200, True)


def test_behind_a_proxy_that_renames_the_host_the_page_itself_is_told_apart(url: str, http: httpx.Client) -> None:
    headers = {"Origin": "https://chat.example.org"}
    assert http.get(f"{url}config", headers={**headers, "Sec-Fetch-Site": "same-origin"}).status_code == 200
    assert http.get(f"{url}config", headers={**headers, "Sec-Fetch-Site": "same-site"}).status_code == 403
    assert http.get(f"{url}config", headers=headers).status_code == 403


@pytest.mark.parametrize("path", ["", "?view=api", "config", "files/bees.md", "files/no.md", "static/no.js"])
def test_another_website_cannot_show_it_in_a_frame(url: str, http: httpx.Client, path: str) -> None:
    assert http.get(url + path).headers["X-Frame-Options"] == "SAMEORIGIN"
    assert http.get(url + path, headers={"Host": "example.org"}).headers["X-Frame-Options"] == "SAMEORIGIN"
