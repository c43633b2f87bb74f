"""What goes wrong → words for the user; the log has the rest."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import gradio as gr

from assistant.errors import AssistantError

_LOG: Final = logging.getLogger(__name__)

UNEXPECTED: Final = "Something went wrong in the assistant, not in what you did; its log says what. Try again."


def in_words(error: Exception) -> str:
    """What to tell the user of an error; one that has no words for them is logged."""
    if isinstance(error, AssistantError):
        return str(error)
    _LOG.error("Something in the web chat failed.", exc_info=error)
    return UNEXPECTED


@contextmanager
def told() -> Iterator[None]:
    """Hands what goes wrong to Gradio, in words, which shows them.

    Raises:
        gradio.Error: Something went wrong.
    """
    try:
        yield
    except Exception as error:
        raise gr.Error(in_words(error), print_exception=False) from error
