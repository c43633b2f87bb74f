"""What stands where in the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr

from assistant.web.api import add_endpoints
from assistant.web.chat_pane import add_chat
from assistant.web.choice import Choice
from assistant.web.conversation_drawer import add_conversations
from assistant.web.document_drawer import add_documents
from assistant.web.markup import render
from assistant.web.original_pane import add_original
from assistant.web.page import AT_ONCE, PART, Page

if TYPE_CHECKING:
    from assistant.assistant import Assistant


def build(assistant: Assistant) -> Page:
    """Makes the page; launching it serves it.

    Args:
        assistant: Who answers.
    """
    assistant.library.may_begin_empty = True
    page = Page(assistant)
    with page:
        add_endpoints(page, assistant, at_once=AT_ONCE)  # first: theirs are the names that clients call
        gr.HTML(render("header"), js_on_load="page.header(element)", elem_id="header", **PART)
        conversation = gr.JSON({}, visible=False)
        chosen = gr.State(Choice())  # of which each visitor gets a copy
        with gr.Row(elem_id="panes"):
            with gr.Column(elem_id="chat"):
                chat = add_chat(page, assistant, conversation, chosen)
            with gr.Column(elem_id="original"):
                add_original(assistant)
        with gr.Column(elem_id="conversations", elem_classes="drawer"):
            add_conversations(chat)
        with gr.Column(elem_id="documents", elem_classes="drawer"):
            add_documents(page, assistant, chosen, chat)
    return page
