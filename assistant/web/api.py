"""The same four questions for programs: JSON endpoints and MCP tools, named alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from gradio.events import api
from pydantic import TypeAdapter
from typing_extensions import TypedDict

from assistant.types import Answer, Document, DocumentRecord, IndexStatus, Message, Passage
from assistant.web.problems import told

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.web.page import Page


class State(TypedDict):
    """What `status` tells."""

    index: IndexStatus
    documents: tuple[DocumentRecord, ...]


def add_endpoints(page: Page, assistant: Assistant, *, at_once: int) -> None:
    """Adds ``/ask``, ``/retrieve``, ``/document`` and ``/status`` to the page that is being built.

    Args:
        page: The page.
        assistant: Who answers.
        at_once: How many calls of each are answered at the same time.
    """

    # Gradio makes the endpoint's types, and the tool's description, from these signatures and docstrings.
    def ask(
        question: str, history: list[Message] | None = None, sources: list[str] | None = None
    ) -> Iterator[dict[str, Any]]:
        """Answer a question from the documents, every sentence cited to their exact words, or say that they do not.

        Streams the answer as it grows. Fields: question, text (Markdown with marks like [1]), citations (number,
        quote, source, start, end, title, heading, paragraph, page), answered, passages, searched_for, confidence,
        index. Offsets are characters of the document's text.

        Args:
            question: The question, 2,000 characters at most.
            history: The conversation before it, oldest first: objects with "role" (user or assistant) and "content".
            sources: The documents to ask; leave it out to ask all of them.
        """
        with told():
            for answer in assistant.stream(question, history, sources):
                yield as_json(answer)

    def retrieve(question: str, k: int = 5, sources: list[str] | None = None) -> list[dict[str, Any]]:
        """Find the passages that fit a question best, best first, each with its source, offsets, heading and score.

        Args:
            question: The question, 2,000 characters at most.
            k: How many passages at most.
            sources: The documents to search; leave it out to search all of them.
        """
        with told():
            return [as_json(passage) for passage in assistant.retrieve(question, k, sources)]

    def document(source: str) -> dict[str, Any]:
        """Get a document as it was indexed: the text that offsets point into, its title, sections and pages.

        Args:
            source: The document's path as citations and passages name it.
        """
        with told():
            return dict(as_json(assistant.document(source)))

    def status() -> dict[str, Any]:
        """Tell which index answers, which documents it holds, and which of them failed or have changed since."""
        with told():
            return dict(as_json(State(index=assistant.status(), documents=assistant.documents())))

    given: tuple[tuple[Callable[..., Any], Any], ...] = (
        (ask, Answer),
        (retrieve, list[Passage]),
        (document, Document),
        (status, State),
    )
    for endpoint, result in given:
        added = api(endpoint, api_name=endpoint.__name__, concurrency_limit=at_once)
        # Gradio's own schema of a result knows neither dates nor tuples with names.
        output: Any = page.blocks[added["outputs"][0]]
        output._api_info = TypeAdapter(result).json_schema(mode="serialization")  # noqa: SLF001


def as_json(value: Any) -> Any:
    """A dataclass as what JSON can hold."""
    return TypeAdapter(Any).dump_python(value, mode="json")
