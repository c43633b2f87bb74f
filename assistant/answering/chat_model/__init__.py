"""Answers that a chat model writes, held to the same citations: each sentence stands only with evidence for it."""

from assistant.answering.chat_model.cache import ReplyCache
from assistant.answering.chat_model.writer import CACHE_FILE, Writer

__all__ = ["CACHE_FILE", "ReplyCache", "Writer"]
