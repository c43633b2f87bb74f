"""Each provider's own protocol, played by a scripted server: the same answer comes of all of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from assistant import Assistant

if TYPE_CHECKING:
    from tests.conftest import Exchange, ScriptedServer

PIECES = ("The council of Graz placed ", "forty hives on the roofs ", "of its schools [1].")
QUESTION = "How many hives did the council of Graz place on the roofs of its schools?"


def lines(exchange: Exchange, kind: str, text: str) -> None:
    exchange.handler.send_response(200)
    exchange.handler.send_header("Content-Type", kind)
    exchange.handler.end_headers()
    exchange.handler.wfile.write(text.encode())


def ollama(exchange: Exchange) -> None:
    parts = [{"message": {"role": "assistant", "content": piece}, "done": False} for piece in PIECES]
    last = {"message": {"role": "assistant", "content": ""}, "done": True, "done_reason": "stop"}
    said = [{"model": "small", "created_at": "2024-03-28T00:00:00Z"} | part for part in (*parts, last)]
    lines(exchange, "application/x-ndjson", "".join(f"{json.dumps(part)}\n" for part in said))


def anthropic(exchange: Exchange) -> None:
    usage = {"input_tokens": 1, "output_tokens": 1}
    message = {"id": "1", "type": "message", "role": "assistant", "model": "small", "content": [], "usage": usage}
    unended = {"stop_reason": None, "stop_sequence": None}
    block = {"type": "text", "text": ""}
    deltas = [{"index": 0, "delta": {"type": "text_delta", "text": piece}} for piece in PIECES]
    events: list[tuple[str, dict[str, Any]]] = [
        ("message_start", {"message": {**message, **unended}}),
        ("content_block_start", {"index": 0, "content_block": block}),
        *(("content_block_delta", delta) for delta in deltas),
        ("content_block_stop", {"index": 0}),
        ("message_delta", {"delta": {"stop_reason": "end_turn", "stop_sequence": None}, "usage": usage}),
        ("message_stop", {}),
    ]
    said = (f"event: {name}\ndata: {json.dumps({'type': name} | data)}\n\n" for name, data in events)
    lines(exchange, "text/event-stream", "".join(said))


def openai(exchange: Exchange) -> None:
    exchange.say(*PIECES)


@pytest.mark.parametrize(("provider", "script"), [("ollama", ollama), ("anthropic", anthropic), ("openai", openai)])
def test_each_provider_writes_an_answer_piece_by_piece(
    scripted: ScriptedServer,
    notes: dict[str, str],
    provider: str,
    script: Callable[[Exchange], None],
) -> None:
    scripted.play(script)
    name = f"{provider}:small"
    assistant = Assistant.from_texts(notes, chat_model=name, chat_model_url=scripted.url, chat_model_retries=0)
    *drafts, answer = assistant.stream(QUESTION)
    assert (answer.note, answer.writer) == ("", name)
    assert answer.text == "The council of Graz placed forty hives on the roofs of its schools. [1]"
    assert len(drafts) >= len(PIECES)
    assert "forty hives" in json.dumps(scripted.requests[-1])
