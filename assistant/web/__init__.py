"""The web chat: answers on the left, the original with the cited words on the right."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

# Read when Gradio is imported, and with it the hub's client, which otherwise asks the hub what to call itself.
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_OFFLINE", "1")

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
