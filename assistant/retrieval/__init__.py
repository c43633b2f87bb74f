"""A question → passages: `search` for the rest of the package, `Retriever` for LangChain chains."""

from assistant.retrieval.query import Query, check_count, check_question, prepare
from assistant.retrieval.retriever import Retriever
from assistant.retrieval.search import search, search_for

__all__ = ["Query", "Retriever", "check_count", "check_question", "prepare", "search", "search_for"]
