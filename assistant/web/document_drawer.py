"""The drawer of documents: which to ask, and adding, removing and indexing them while the chat goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.errors import AssistantError, DocumentError
from assistant.readers import SUFFIXES
from assistant.web import documents
from assistant.web.markup import render
from assistant.web.page import PART, QUIET, Page

if TYPE_CHECKING:
    from assistant.assistant import Assistant

Chosen = list[str] | None


def add_documents(page: Page, assistant: Assistant, chosen: gr.State) -> None:
    """Adds the drawer to the page that is being built.

    Args:
        page: The page; it knows whether documents may be changed from it.
        assistant: Who has the documents.
        chosen: The sources to ask, or None for all.
    """
    events = DocumentEvents(page, assistant)
    settings = assistant.settings
    drawer = gr.HTML("", js_on_load="page.documents(element, trigger)", **PART)
    with gr.Column(visible=False, elem_id="adding") as adding:
        replace = gr.Checkbox(label="Replace documents of the same name", elem_id="replace")
        files = gr.File(
            label=f"Add documents: {settings.upload_files} files at most, {settings.upload_megabytes:g} MB each; "
            + " ".join(sorted(SUFFIXES)),
            file_count="multiple",
            elem_id="upload",
            height=140,
        )

    building: dict[str, Any] = {**QUIET, "concurrency_limit": 1, "concurrency_id": "index"}
    drawer.select(events.tick, None, [chosen, drawer], **QUIET)
    drawer.apply(events.reindex, [chosen], [drawer], **building)
    drawer.delete(events.remove, [chosen], [drawer], **building)
    files.upload(events.add, [files, replace, chosen], [files, drawer], **building)
    page.load(events.open, None, [drawer, adding], **QUIET)


class DocumentEvents:
    """What happens when something in the drawer is used."""

    def __init__(self, page: Page, assistant: Assistant) -> None:
        """Takes the page, which knows whether documents may be changed, and who has them."""
        self._page = page
        self._assistant = assistant

    def open(self) -> tuple[str, Any]:
        """Shows all documents, and where to add some if that may be."""
        return self._show(None), gr.update(visible=self._page.editable)

    def tick(self, event: gr.EventData) -> tuple[Chosen, str]:
        """Takes note of which documents to ask."""
        indexed = [row.source for row in documents.rows(self._assistant) if row.passages]
        ticked = [source for source in indexed if source in event.sources]
        sources = None if ticked == indexed else ticked
        return sources, self._show(sources)

    def reindex(self, sources: Chosen) -> Iterator[str]:
        """Brings the index up to date."""
        return self._changed(sources, lambda: None)

    def remove(self, sources: Chosen, event: gr.EventData) -> Iterator[str]:
        """Deletes a document."""
        settings = self._assistant.settings
        return self._changed(sources, lambda: documents.remove(settings, event.source), allow_empty=True)

    def add(self, files: list[str], replace: bool, sources: Chosen) -> Iterator[tuple[None, str]]:
        """Takes documents in; the field is empty afterwards."""
        settings = self._assistant.settings
        for html in self._changed(sources, lambda: documents.add(settings, files, replace=replace)):
            yield None, html

    def _changed(self, sources: Chosen, change: Callable[[], object], *, allow_empty: bool = False) -> Iterator[str]:
        """Changes the folder and re-indexes it; what goes wrong is said in the drawer."""
        try:
            if not self._page.editable:
                raise DocumentError("Documents cannot be changed from this page (ASSISTANT_READONLY).")
            change()
            for news in documents.reindex(self._assistant, allow_empty=allow_empty):
                if isinstance(news, documents.Step):
                    yield self._show(sources, step=news)
                else:
                    yield self._show(sources, report=documents.said(news))
        except AssistantError as error:
            yield self._show(sources, problem=str(error))

    def _show(self, sources: Chosen, **news: Any) -> str:
        return drawer_html(self._assistant, sources, editable=self._page.editable, **news)


def drawer_html(
    assistant: Assistant,
    chosen: Chosen,
    *,
    editable: bool,
    step: documents.Step | None = None,
    report: str = "",
    problem: str = "",
) -> str:
    """The drawer's list.

    Args:
        assistant: Who has the documents.
        chosen: The sources that are asked, or None for all.
        editable: Whether documents may be changed.
        step: How far a build has come, while there is one.
        report: What a build did, after one.
        problem: What went wrong.
    """
    try:
        rows = documents.rows(assistant)
    except AssistantError as error:
        rows, problem = [], problem or str(error)
    return render("documents", rows=rows, chosen=chosen, editable=editable, step=step, report=report, problem=problem)
