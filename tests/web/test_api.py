"""The JSON API and the MCP tools that the page's server has for programs."""

import asyncio
import json
import re
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

from assistant import Assistant

QUESTION = "How many eggs does a queen bee lay a day?"
ENDPOINTS = {"ask", "retrieve", "document", "status"}
DOCS = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")


def documented(language: str, url: str) -> list[str]:
    """The code of that language in docs/api.md, for this server."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", DOCS, flags=re.MULTILINE | re.DOTALL)
    return [block.replace("http://127.0.0.1:7860/", url).replace("http://127.0.0.1:7860", url) for block in blocks]


@pytest.mark.parametrize("block", range(2))
def test_what_the_docs_show_in_python_works(url: str, block: int, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(documented("python", url)[block], "docs/api.md", "exec"), {})
    assert "Kim Yo-jong" in capsys.readouterr().out


def test_what_the_docs_show_in_a_shell_works(url: str) -> None:
    (block,) = documented("sh", url)
    shown = subprocess.run(["sh", "-c", block], capture_output=True, text=True, check=True, timeout=120)
    assert "event: complete" in shown.stdout
    assert "Kim Yo-jong" in shown.stdout


@pytest.mark.parametrize(
    ("call", "arguments", "status", "reason"),
    [
        ("call/v2/ask", {}, 422, "required argument: question"),
        ("call/v2/ask", {"question": QUESTION, "sorces": []}, 422, "`sorces`"),
        ("call/v2/answer", {"question": QUESTION}, 404, "no endpoint answer"),
        ("call/answer", {"data": [QUESTION]}, 404, "no endpoint answer"),
    ],
)
def test_a_call_that_cannot_be_made_is_told_why(
    url: str, http: httpx.Client, call: str, arguments: dict[str, Any], status: int, reason: str
) -> None:
    answered = http.post(f"{url}gradio_api/{call}", json=arguments)
    assert answered.status_code == status
    assert reason in answered.json()["error"]


def test_the_types_of_results_are_told(url: str, http: httpx.Client) -> None:
    endpoints = http.get(f"{url}gradio_api/info").json()["named_endpoints"]
    results = {name: endpoint["returns"][0]["type"] for name, endpoint in endpoints.items()}
    answer = results["/ask"]
    assert answer["properties"]["citations"]["items"] == {"$ref": "#/$defs/Citation"}
    assert answer["$defs"]["Citation"]["properties"]["start"]["type"] == "integer"
    assert results["/retrieve"]["type"] == "array"
    assert set(results["/status"]["properties"]) == {"index", "documents"}
    assert "text" in results["/document"]["properties"]


def test_an_answer_comes_with_citations_that_stand_in_the_document(client: Client) -> None:
    answer = client.predict(question=QUESTION, api_name="/ask")
    assert answer["answered"]
    assert answer["citations"]
    for citation in answer["citations"]:
        text = client.predict(source=citation["source"], api_name="/document")["text"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_the_last_thing_that_ask_streams_is_the_whole_answer(client: Client, shared_assistant: Assistant) -> None:
    *_, last = client.submit(question=QUESTION, api_name="/ask")
    assert last["text"] == shared_assistant.ask(QUESTION).text


def test_a_follow_up_is_understood_from_its_history(client: Client) -> None:
    history = [
        {"role": "user", "content": QUESTION},
        {"role": "assistant", "content": "A queen bee lays about 1,500 eggs a day in early summer. [1]"},
    ]
    answer = client.predict(question="And in which season?", history=history, api_name="/ask")
    assert answer["searched_for"] != "And in which season?"


def test_only_the_documents_named_are_asked(client: Client) -> None:
    passages = client.predict(question=QUESTION, sources=["japan-north-korea-summit.txt"], api_name="/retrieve")
    assert {passage["source"] for passage in passages} == {"japan-north-korea-summit.txt"}


def test_retrieve_gives_as_many_passages_as_are_asked_for_best_first(client: Client) -> None:
    passages = client.predict(question=QUESTION, k=2, api_name="/retrieve")
    assert len(passages) == 2
    assert passages[0]["score"] >= passages[1]["score"]


def test_the_status_names_the_index_and_its_documents(client: Client) -> None:
    status = client.predict(api_name="/status")
    assert {record["source"] for record in status["documents"]} == {"bees.md", "japan-north-korea-summit.txt"}
    assert status["index"]["index"]["documents"] == 2


@pytest.mark.parametrize(
    ("arguments", "endpoint", "said"),
    [
        ({"question": "  "}, "/ask", "question is empty"),
        ({"question": "x" * 2001}, "/ask", "2,001 characters"),
        ({"question": QUESTION, "k": 0}, "/retrieve", "k is 0"),
        ({"source": "../../etc/passwd"}, "/document", "etc/passwd"),
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(
    client: Client, arguments: dict[str, Any], endpoint: str, said: str
) -> None:
    with pytest.raises(AppError, match=said):
        client.predict(**arguments, api_name=endpoint)


def test_only_what_changes_nothing_is_public(url: str, http: httpx.Client) -> None:
    paths = http.get(f"{url}gradio_api/openapi.json").json()["paths"]
    called = {path.split("/call/")[1].removeprefix("v2/").split("/")[0] for path in paths if "/call/" in path}
    assert called == ENDPOINTS


def test_plain_http_is_enough(url: str, http: httpx.Client) -> None:
    event = http.post(f"{url}gradio_api/call/v2/ask", json={"question": QUESTION}).json()["event_id"]
    stream = http.get(f"{url}gradio_api/call/ask/{event}").text
    data = stream.split("event: complete\ndata: ")[1].splitlines()[0]
    assert json.loads(data)[0]["answered"]


def test_an_mcp_client_finds_the_tools_and_asks(url: str) -> None:
    async def ask() -> tuple[dict[str, str], str]:
        async with (
            streamable_http_client(f"{url}gradio_api/mcp/") as (read, write, _),
            ClientSession(read, write, timedelta(minutes=2)) as session,
        ):
            await session.initialize()
            tools = {tool.name: tool.description or "" for tool in (await session.list_tools()).tools}
            result = await session.call_tool("ask", {"question": QUESTION})
            return tools, str(result.content)

    tools, said = asyncio.run(ask())
    assert set(tools) == ENDPOINTS
    assert all(len(description) > 40 for description in tools.values())
    assert "1,500 eggs" in said


def test_eight_who_ask_at_once_are_all_answered_each_with_their_own(client: Client) -> None:
    facts = {QUESTION: "1,500 eggs", "How much honey does a colony eat in a winter?": "12 kilograms"}
    jobs = [(client.submit(question=question, api_name="/ask"), fact) for question, fact in [*facts.items()] * 4]
    for job, fact in jobs:
        assert fact in job.result()["text"]
