"""The pane with the chat: the conversation, and the field to ask in."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.events import Dependency
from starlette.concurrency import iterate_in_threadpool

from assistant import feedback
from assistant.checks import LONGEST_QUESTION, check_question
from assistant.errors import QuestionError
from assistant.settings import EXTRACTIVE
from assistant.web.chat import converse
from assistant.web.choice import Choice
from assistant.web.conversations import Conversation, turn_as_markdown
from assistant.web.examples import examples
from assistant.web.markup import render
from assistant.web.page import AT_ONCE, PART, QUIET, Page
from assistant.web.problems import in_words, told

if TYPE_CHECKING:
    from assistant.assistant import Assistant


@dataclass(frozen=True, slots=True)
class Chat:
    """The pane, as the rest of the page uses it.

    Attributes:
        events: What happens in it.
        conversation: What is open, for the browser to keep.
        html: What shows it.
        asked: The event of asking, which can be cancelled.
    """

    events: ChatEvents
    conversation: gr.JSON
    html: gr.HTML
    asked: Dependency

    def show_after(self, event: Dependency, *, new: bool = False) -> None:
        """Shows the conversation once an event is over, unless it is another one by then: examples take seconds.

        Args:
            event: The event.
            new: Whether to show only a new one, whose welcome depends on which documents there are.
        """
        found = gr.JSON(None, visible=False)
        show = self.events.greet if new else self.events.show
        # While one is found, another one may be opened: "once", which is Gradio's way, would leave that out.
        event.then(show, [self.conversation], [found], trigger_mode="multiple", **QUIET).then(
            None,
            [found, self.conversation, self.html],
            [self.html],
            js="(found, conversation, shown) => page.shown(found, conversation, shown)",
        )


def add_chat(page: Page, assistant: Assistant, conversation: gr.JSON, chosen: gr.State) -> Chat:
    """Adds the pane to the page that is being built.

    Args:
        page: The page.
        assistant: Who answers.
        conversation: What is open, for the browser to keep.
        chosen: Each visitor's `Choice` of documents to ask.
    """
    events = ChatEvents(page, assistant)
    chat = gr.HTML(
        welcome(waiting=True),
        elem_id="conversation",
        js_on_load=f"page.chat(element, trigger, server, {LONGEST_QUESTION})",
        server_functions=[turn_markdown],
        **PART,
    )
    writer = gr.Radio(
        [(writer_label(name), name) for name in assistant.writers],
        value=assistant.writers[-1],
        label="Answers",
        visible=len(assistant.writers) > 1,
        interactive=True,
        elem_id="writer",
    )
    gr.HTML(render("above"), elem_id="above", **PART)
    with gr.Row(elem_id="composer"):
        question = gr.Textbox(
            label="Your question",
            placeholder="Ask the documents",
            elem_id="question",
            max_lines=8,
            autofocus=True,
            interactive=True,
        )
        ask = gr.Button("Ask", elem_id="ask", min_width=0)
        stop = gr.Button("Stop", elem_id="stop", min_width=0)  # in the place of "Ask" while a turn is busy: style.css

    # One event for all, so that a question that is asked right after a stop can't be taken for the one that is stopped.
    asked = gr.on(
        [question.submit, ask.click, chat.example_select, chat.retry, chat.edit],
        events.ask,
        [question, conversation, chosen, writer],
        [conversation, chat, question],
        concurrency_limit=AT_ONCE,
        concurrency_id="ask",
        **QUIET,
    )
    stop.click(None, cancels=[asked])
    undone = chat.undo(events.undo, [conversation, question], [conversation, question], **QUIET)
    noted = gr.JSON(None, visible=False)
    chat.like(events.like, [conversation], [noted], trigger_mode="multiple", **QUIET).success(
        None, [noted, conversation], [conversation], js="(noted, conversation) => page.noted(noted, conversation)"
    )
    restored = page.load(None, None, [conversation], js="() => page.restored()")
    page.load(None, None, [writer], js=f"() => page.restoredWriter({json.dumps(assistant.writers)})")
    writer.input(None, [writer], None, js="(writer) => page.keepWriter(writer)")
    pane = Chat(events, conversation, chat, asked)
    for event in (asked, undone, restored):  # what was asked is answered, failed or stopped
        pane.show_after(event)
    return pane


class ChatEvents:
    """What happens when something in the pane is used."""

    def __init__(self, page: Page, assistant: Assistant) -> None:
        """Takes the page, which knows whether documents may be changed, and who answers."""
        self._page = page
        self._assistant = assistant

    async def ask(
        self, text: str, data: Any, choice: Choice, writer: str, event: gr.EventData
    ) -> AsyncIterator[tuple[Any, ...]]:
        """Puts the question in the field, or one of the chat: a suggested one, or one in the place of a turn.

        What came after that turn is forgotten. However long an answer takes to write, this can be cancelled at once.
        """
        with told():
            opened, field = Conversation.load(data), ""
            if isinstance(event.target, gr.HTML):
                text, field = event.question, gr.skip()
                opened = opened if event.turn is None else opened.before(event.turn)
            parts = converse(self._assistant, opened, check_question(text), choice, writer)
            last = next(parts)
            yield last.dump(), self._conversation(last, busy=True), field
            async for last in iterate_in_threadpool(parts):
                yield gr.skip(), self._conversation(last, busy=True), gr.skip()
            yield last.dump(), gr.skip(), gr.skip()

    def undo(self, data: Any, field: str) -> tuple[Any, Any]:
        """Takes the last question back, into the field unless something is being typed there."""
        with told():
            opened = Conversation.load(data)
            last = len(opened.turns) - 1
            return opened.before(last).dump(), gr.skip() if field.strip() else opened.turn(last).question

    def like(self, data: Any, event: gr.EventData) -> dict[str, Any]:
        """Notes a thumb, or that it is withdrawn, and tells which one was noted."""
        with told():
            if self._assistant.in_memory:
                raise QuestionError("These documents are texts in memory: there is no folder to note that in.")
            opened = Conversation.load(data)
            answer = opened.turn(event.turn).answer
            liked = None if event.liked is None else bool(event.liked)
            if answer is not None:
                feedback.save(self._assistant.settings, answer, liked=liked)
            return {"conversation": opened.id, "turn": event.turn, "liked": liked}

    def show(self, data: Any) -> dict[str, Any]:
        """A conversation with its HTML; that of an empty one is a welcome."""
        return {"conversation": data, "html": self._html(data)}

    def greet(self, data: Any) -> dict[str, Any] | None:
        """As `show`, of an empty conversation; None of others."""
        return None if (data or {}).get("turns") else self.show(data)

    def _html(self, data: Any) -> str:
        try:
            opened = Conversation.load(data)
            return self._conversation(opened) if opened.turns else self._welcome()
        except Exception as error:  # noqa: BLE001 - it is said, and logged where it is unexpected
            return welcome(problem=in_words(error))

    def _welcome(self) -> str:
        if self._assistant.index.documents:
            return welcome(examples=examples(self._assistant))
        return welcome(empty=True, changeable=not self._page.unchangeable)

    def _conversation(self, conversation: Conversation, *, busy: bool = False) -> str:
        return conversation_html(conversation, busy=busy, rated=not self._assistant.in_memory)


def turn_markdown(wanted: dict[str, Any]) -> str:
    """A question of a conversation and its answer, for the clipboard."""
    with told():
        return turn_as_markdown(Conversation.load(wanted["conversation"]).turn(wanted["turn"]))


def welcome(
    *,
    waiting: bool = False,
    empty: bool = False,
    changeable: bool = False,
    examples: tuple[str, ...] = (),
    problem: str = "",
) -> str:
    """What stands in the pane before the first question.

    Args:
        waiting: Whether the documents are still being read.
        empty: Whether there are no documents.
        changeable: Whether documents can be added from the page.
        examples: Questions to begin with.
        problem: Why no question can be answered.
    """
    shown = {"waiting": waiting, "empty": empty, "changeable": changeable, "examples": examples, "problem": problem}
    return render("welcome", **shown)


def conversation_html(conversation: Conversation, *, busy: bool = False, rated: bool = True) -> str:
    """A conversation as HTML.

    Args:
        conversation: What to show.
        busy: Whether its last question is being answered.
        rated: Whether it can be noted what a reader thinks of an answer.
    """
    return render("conversation", turns=conversation.turns, busy=busy, rated=rated)


def writer_label(writer: str) -> str:
    """Who writes the answers, as a person would say it."""
    return "Quotes from the documents" if writer == EXTRACTIVE else f"Written by {writer}"
