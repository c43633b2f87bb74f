"""The drawer of documents: which to ask, and adding, removing and indexing them while the chat goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.utils import get_upload_folder

from assistant.errors import DocumentError
from assistant.readers import SUFFIXES
from assistant.web import documents
from assistant.web.chat_pane import Chat
from assistant.web.choice import Choice, askable
from assistant.web.markup import render
from assistant.web.page import PART, QUIET, Page
from assistant.web.problems import in_words, told
from assistant.web.reports import said

if TYPE_CHECKING:
    from assistant.assistant import Assistant


def add_documents(page: Page, assistant: Assistant, chosen: gr.State, chat: Chat) -> None:
    """Adds the drawer to the page that is being built.

    Args:
        page: The page; it knows whether documents may be changed from it.
        assistant: Who has the documents.
        chosen: Each visitor's `Choice`.
        chat: The pane whose welcome depends on which documents there are.
    """
    events = DocumentEvents(page, assistant)
    drawer = gr.HTML("", js_on_load="page.documents(element, trigger, upload)", **PART)
    # Gradio drops what is done while the same thing is still going on, unless it is told to queue it.
    queued: dict[str, Any] = {**QUIET, "concurrency_limit": 1, "trigger_mode": "multiple"}
    building = {**queued, "concurrency_id": "index"}
    drawer.select(events.tick, [chosen], [drawer], **queued)
    drawer.input(events.only, [chosen], [drawer], **queued)
    for event, change in ((drawer.apply, events.reindex), (drawer.delete, events.remove), (drawer.upload, events.add)):
        built = event(change, [chosen], [drawer], **building)
        built.then(None, None, None, js="() => page.showFirst()")
        chat.show_after(built, new=True)
    page.load(events.open, [chosen], [drawer], **QUIET)


class DocumentEvents:
    """What happens when something in the drawer is used."""

    def __init__(self, page: Page, assistant: Assistant) -> None:
        """Takes the page, which knows whether documents may be changed, and who has them."""
        self._page = page
        self._assistant = assistant

    def open(self, choice: Choice) -> str:
        """Shows all documents."""
        return self._show(choice)

    def tick(self, choice: Choice, event: gr.EventData) -> str:
        """Takes note of whether to ask a document."""
        with told():
            choice.tick(event.source, asked=bool(event.asked), indexed=askable(self._assistant))
            return self._show(choice)

    def only(self, choice: Choice, event: gr.EventData) -> str:
        """Takes note that some documents are to be asked alone, or all are."""
        with told():
            choice.only(event.sources, askable(self._assistant))
            return self._show(choice)

    def reindex(self, choice: Choice) -> Iterator[str]:
        """Brings the index up to date."""
        yield from self._changed(choice, lambda: None)

    def remove(self, choice: Choice, event: gr.EventData) -> Iterator[str]:
        """Deletes a document."""
        settings = self._assistant.settings
        yield from self._changed(choice, lambda: documents.remove(settings, event.source), allow_empty=True)

    def add(self, choice: Choice, event: gr.EventData) -> Iterator[str]:
        """Takes in documents that the page has sent to Gradio's folder for uploads."""
        settings, replace = self._assistant.settings, event.replace
        yield from self._changed(choice, lambda: documents.add(settings, _uploaded(event.files), replace=replace))

    def _changed(self, choice: Choice, change: Callable[[], object], *, allow_empty: bool = False) -> Iterator[str]:
        """Changes the folder and re-indexes it; what goes wrong is said in the drawer."""
        try:
            if self._page.unchangeable:
                raise DocumentError(self._page.unchangeable)
            unread = documents.unread(self._assistant)
            change()
            for news in documents.reindex(self._assistant, allow_empty=allow_empty):
                if isinstance(news, documents.Step):
                    yield self._show(choice, step=news)
                else:
                    yield self._show(choice, report=said(news, unread))
        except Exception as error:  # noqa: BLE001 - it is said, and logged where it is unexpected
            yield self._show(choice, problem=in_words(error))

    def _show(self, choice: Choice, **news: Any) -> str:
        return drawer_html(self._assistant, choice, unchangeable=self._page.unchangeable, **news)


def drawer_html(
    assistant: Assistant,
    choice: Choice,
    *,
    unchangeable: str,
    step: documents.Step | None = None,
    report: str = "",
    problem: str = "",
) -> str:
    """The drawer's list.

    Args:
        assistant: Who has the documents.
        choice: The documents that are asked; those that are not there any more are forgotten.
        unchangeable: Why documents cannot be changed, or "".
        step: How far a build has come, while there is one.
        report: What a build did, after one.
        problem: What went wrong.
    """
    try:
        table = documents.table(assistant)
        choice.keep([row.source for row in table.rows if row.passages])
    except Exception as error:  # noqa: BLE001 - it is said, and logged where it is unexpected
        table = documents.Table((), in_words(error))
    settings = assistant.settings
    return render(
        "documents",
        rows=table.rows,
        chosen=choice.sources,
        unchangeable=unchangeable,
        step=step,
        report=report,
        problem=problem or table.problem,
        most=settings.upload_files,
        megabytes=settings.upload_megabytes,
        suffixes=sorted(SUFFIXES),
    )


def _uploaded(files: Sequence[Mapping[str, str]]) -> list[documents.Upload]:
    """The files of an upload; whoever names others gets none.

    Raises:
        DocumentError: One does not lie in Gradio's folder for uploads.
    """
    folder = Path(get_upload_folder()).resolve()
    arrived = [documents.Upload(Path(file["at"]).resolve(), file["name"]) for file in files]
    if not all(file.path.is_relative_to(folder) and file.path.is_file() for file in arrived):
        raise DocumentError("These files did not arrive; add them again.")
    return arrived
