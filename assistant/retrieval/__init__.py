"""A question → passages: `Searcher` for the rest of the package, `Retriever` for LangChain chains."""

from assistant.retrieval.query import Query, prepare
from assistant.retrieval.reranking import Reranker, shared_reranker
from assistant.retrieval.retriever import Retriever
from assistant.retrieval.search import Searcher

__all__ = ["Query", "Reranker", "Retriever", "Searcher", "prepare", "shared_reranker"]
