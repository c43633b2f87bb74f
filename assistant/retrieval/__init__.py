"""A question → passages: `Searcher` for the rest of the package, `Retriever` for LangChain chains."""

from assistant.retrieval.reranking import shared_reranker
from assistant.retrieval.retriever import Retriever
from assistant.retrieval.search import Searcher

__all__ = ["Retriever", "Searcher", "shared_reranker"]
