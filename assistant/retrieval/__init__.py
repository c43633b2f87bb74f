"""A question → passages: `search` for the rest of the package, `Retriever` for LangChain chains."""

from assistant.retrieval.query import Query, prepare
from assistant.retrieval.retriever import Retriever
from assistant.retrieval.search import search, search_whole

__all__ = ["Query", "Retriever", "prepare", "search", "search_whole"]
