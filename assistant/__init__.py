"""Answers questions over documents; every sentence of an answer is cited to their exact words."""

from assistant.assistant import Assistant, retrieve
from assistant.errors import AssistantError

__all__ = ["Assistant", "AssistantError", "retrieve"]
