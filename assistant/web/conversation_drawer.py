"""The drawer of conversations. The browser keeps them; the server only shows and exports what it is sent."""

from __future__ import annotations

import json
from typing import Any

import gradio as gr

from assistant.web.chat_pane import Chat, welcome
from assistant.web.conversations import Conversation, as_markdown
from assistant.web.markup import render
from assistant.web.page import PART
from assistant.web.problems import told


def add_conversations(chat: Chat) -> None:
    """Adds the drawer to the page that is being built.

    Args:
        chat: The pane that shows what is opened.
    """
    drawer = gr.HTML(
        render("conversations"),
        js_on_load="page.conversations(element, trigger, server)",
        server_functions=[conversation_markdown],
        **PART,
    )
    # At once, in the browser: a question that is asked right after belongs to what was opened, while an answer that is
    # still being made belongs to what was open before.
    opened = drawer.select(
        None,
        None,
        [chat.conversation, chat.html],
        js=f"() => page.selected({json.dumps(welcome(waiting=True))})",
        cancels=[chat.asked],
    )
    chat.show_after(opened)
    chat.conversation.change(None, [chat.conversation], None, js="(conversation) => page.keep(conversation)")


def conversation_markdown(data: Any) -> str:
    """A conversation, for a file."""
    with told():
        return as_markdown(Conversation.load(data))
