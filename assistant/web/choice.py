"""Which documents a visitor of the page has chosen to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.assistant import Assistant


@dataclass(slots=True)
class Choice:
    """What a visitor has chosen. It changes in place: what is ticked during a build is not undone by the build's end.

    Attributes:
        sources: The documents to ask, or None for all.
    """

    sources: list[str] | None = None

    def of(self, assistant: Assistant) -> list[str] | None:
        """What is chosen of the documents that can be asked now; None for all."""
        if self.sources is not None:
            self.keep(askable(assistant))
        return self.sources

    def tick(self, source: str, *, asked: bool, indexed: Sequence[str]) -> None:
        """Adds a document, or leaves it out.

        Args:
            source: The document.
            asked: Whether it is to be asked.
            indexed: The documents that can be asked.
        """
        chosen = indexed if self.sources is None else self.sources
        others = [other for other in chosen if other != source]
        self.sources = _settled([*others, source] if asked else others, indexed)

    def only(self, sources: Sequence[str], indexed: Sequence[str]) -> None:
        """Leaves out all others; where none of them can be asked, asks all.

        Args:
            sources: Those to ask.
            indexed: The documents that can be asked.
        """
        self.sources = _settled(sources, indexed) or None

    def keep(self, indexed: Sequence[str]) -> None:
        """Forgets documents that cannot be asked any more; where all others are chosen, all are."""
        self.sources = _settled(self.sources, indexed)


def askable(assistant: Assistant) -> list[str]:
    """The documents that can be asked.

    Raises:
        IndexingError: There is no index and none can be built.
    """
    return [record.source for record in assistant.documents() if record.passages]


def _settled(sources: Sequence[str] | None, indexed: Sequence[str]) -> list[str] | None:
    if sources is None:
        return None
    kept = [source for source in indexed if source in sources]
    return None if kept == list(indexed) else kept
