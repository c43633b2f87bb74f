"""The same search as a LangChain retriever, for other people's chains."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever

from assistant.types import Passage


class Retriever(BaseRetriever):
    """Finds passages; sync and async, in chains and alone.

    Attributes:
        find: Finds the passages for a question and a number of them.
        k: How many passages at most.
    """

    find: Callable[[str, int], list[Passage]]
    k: int = 5

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain's signature
    ) -> list[LangChainDocument]:
        return [_document(passage) for passage in self.find(query, self.k)]


def _document(passage: Passage) -> LangChainDocument:
    fields = asdict(passage)
    text = fields.pop("text")
    return LangChainDocument(page_content=text, metadata=fields, id=f"{passage.source}:{passage.start}-{passage.end}")
