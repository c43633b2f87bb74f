"""The web chat: answers on the left, the original with the cited words on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.web.layout import build

if TYPE_CHECKING:
    from assistant.assistant import Assistant

__all__ = ["build", "launch"]


def launch(assistant: Assistant, *, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serves the web chat until it is interrupted.

    Args:
        assistant: Who answers.
        host: The address to listen on.
        port: The port to listen on; 0 for any that is free.

    Raises:
        AssistantError: The port is taken, or a setting cannot be used.
    """
    build(assistant).launch(server_name=host, server_port=port)
