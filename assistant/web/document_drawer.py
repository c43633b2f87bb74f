"""The drawer of documents: which to ask, and adding, removing and indexing them while the chat goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.utils import get_upload_folder

from assistant.errors import DocumentError
from assistant.readers import SUFFIXES
from assistant.web import documents
from assistant.web.markup import render
from assistant.web.page import PART, QUIET, Page
from assistant.web.problems import in_words

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
    drawer = gr.HTML("", js_on_load="page.documents(element, trigger, upload)", **PART)
    # Gradio drops what is done while the same thing is still going on, unless it is told to queue it.
    queued: dict[str, Any] = {**QUIET, "concurrency_limit": 1, "trigger_mode": "multiple"}
    building = {**queued, "concurrency_id": "index"}
    drawer.select(events.tick, None, [chosen, drawer], **queued)
    drawer.apply(events.reindex, [chosen], [drawer], **building)
    drawer.delete(events.remove, [chosen], [drawer], **building)
    drawer.upload(events.add, [chosen], [drawer], **building)
    page.load(events.open, None, [drawer], **QUIET)


class DocumentEvents:
    """What happens when something in the drawer is used."""

    def __init__(self, page: Page, assistant: Assistant) -> None:
        """Takes the page, which knows whether documents may be changed, and who has them."""
        self._page = page
        self._assistant = assistant

    def open(self) -> str:
        """Shows all documents."""
        return self._show(None)

    def tick(self, event: gr.EventData) -> tuple[Chosen, str]:
        """Takes note of which documents to ask."""
        indexed = [row.source for row in documents.rows(self._assistant) if row.passages]
        ticked = [source for source in indexed if source in event.sources]
        sources = None if ticked == indexed else ticked
        return sources, self._show(sources)

    def reindex(self, sources: Chosen) -> Iterator[str]:
        """Brings the index up to date."""
        yield from self._changed(sources, lambda: None)

    def remove(self, sources: Chosen, event: gr.EventData) -> Iterator[str]:
        """Deletes a document."""
        settings = self._assistant.settings
        yield from self._changed(sources, lambda: documents.remove(settings, event.source), allow_empty=True)

    def add(self, sources: Chosen, event: gr.EventData) -> Iterator[str]:
        """Takes in documents that the page has sent to Gradio's folder for uploads."""
        settings, replace = self._assistant.settings, event.replace
        yield from self._changed(sources, lambda: documents.add(settings, _uploaded(event.files), replace=replace))

    def _changed(self, sources: Chosen, change: Callable[[], object], *, allow_empty: bool = False) -> Iterator[str]:
        """Changes the folder and re-indexes it; what goes wrong is said in the drawer."""
        try:
            if not self._page.editable:
                raise DocumentError(
                    "Documents cannot be changed from this page (ASSISTANT_READONLY, or texts in memory)."
                )
            change()
            for news in documents.reindex(self._assistant, allow_empty=allow_empty):
                if isinstance(news, documents.Step):
                    yield self._show(sources, step=news)
                else:
                    yield self._show(sources, report=documents.said(news))
        except Exception as error:  # noqa: BLE001 - it is said, and logged where it is unexpected
            yield self._show(sources, problem=in_words(error))

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
    except Exception as error:  # noqa: BLE001 - it is said, and logged where it is unexpected
        rows, problem = [], problem or in_words(error)
    settings = assistant.settings
    return render(
        "documents",
        rows=rows,
        chosen=chosen,
        editable=editable,
        step=step,
        report=report,
        problem=problem,
        most=settings.upload_files,
        megabytes=settings.upload_megabytes,
        suffixes=sorted(SUFFIXES),
    )


def _uploaded(paths: Sequence[str]) -> list[Path]:
    """The files of an upload; whoever names others gets none.

    Raises:
        DocumentError: One does not lie in Gradio's folder for uploads.
    """
    folder = Path(get_upload_folder()).resolve()
    files = [Path(path).resolve() for path in paths]
    if not all(file.is_relative_to(folder) and file.is_file() for file in files):
        raise DocumentError("These files did not arrive; add them again.")
    return files
