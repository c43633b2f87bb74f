"""The drawer of conversations. The browser keeps them; the server only shows and exports what it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.web.chat_pane import ChatEvents
from assistant.web.conversations import Conversation, as_markdown
from assistant.web.markup import render
from assistant.web.page import PART, QUIET
from assistant.web.problems import told

if TYPE_CHECKING:
    from assistant.assistant import Assistant


def add_conversations(assistant: Assistant, conversation: gr.JSON, chat: gr.HTML) -> None:
    """Adds the drawer to the page that is being built."""
    events = ChatEvents(assistant)

    def opened(event: gr.EventData) -> tuple[Any, str]:
        return event.conversation, events.show(event.conversation)

    drawer = gr.HTML(
        render("conversations"),
        js_on_load="page.conversations(element, trigger, server)",
        server_functions=[conversation_markdown],
        **PART,
    )
    drawer.select(opened, None, [conversation, chat], **QUIET)
    conversation.change(None, [conversation], None, js="(conversation) => page.keep(conversation)")


def conversation_markdown(data: Any) -> str:
    """A conversation, for a file."""
    with told():
        return as_markdown(Conversation.load(data))
