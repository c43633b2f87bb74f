"""What of the evidence and the conversation the chat model is given, fitted to its window by tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import dropwhile
from typing import Final, NamedTuple

from assistant.answering.evidence import ScoredSentence, quote
from assistant.embedding import shared_embedder
from assistant.settings import DEFAULT_MODEL
from assistant.types import Message, Passage, Span

HISTORY_SHARE: Final = 0.25
"""How much of the window the conversation may take."""

MOST: Final = 16
"""Sentences that are given at most: more of them help a model less than they confuse it."""

PER_MESSAGE: Final = 8
"""Tokens that a chat format puts around a message."""

PER_SENTENCE: Final = 6
"""Tokens of a sentence's number and line, and of its share in the line that names its document."""

WIDEST_GAP: Final = 4
"""Characters that may lie between a sentence and the next."""

_MARK: Final = re.compile(r"\s*\[\d+\]")


class Place(NamedTuple):
    """A sentence of a passage."""

    passage: Passage
    span: Span

    @property
    def text(self) -> str:
        """Its words, verbatim."""
        return self.passage.quote(self.span)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A sentence that the model may cite.

    Attributes:
        number: What the model cites it by, from 1.
        passage: The passage that it is from.
        span: Where it stands in the document's text.
        text: Its words, verbatim.
        before: The sentence before it in the same section, where that was found too.
    """

    number: int
    passage: Passage
    span: Span
    text: str
    before: Place | None = None

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.passage, self.span)


def fit(sentences: Sequence[ScoredSentence], tokens: int, most: int = MOST) -> tuple[Numbered, ...]:
    """Chooses the sentences to give: the best first, each with its neighbours, as long as there is room.

    Args:
        sentences: All that were found.
        tokens: How much room there is.
        most: How many sentences, at most.

    Returns:
        At least one, in reading order, the document with the best sentence first.
    """
    order = sorted(range(len(sentences)), key=lambda index: -sentences[index].score)
    chosen: dict[int, int] = {}
    for best in order:
        group = [
            index for index in (best, best - 1, best + 1) if index not in chosen and _beside(sentences, index, best)
        ]
        costs = {index: count_tokens(quote(sentences[index])) + PER_SENTENCE for index in group}
        full = len(chosen) + len(group) > most or sum(chosen.values()) + sum(costs.values()) > tokens
        if chosen and full:
            break
        chosen |= costs
    sources = list(dict.fromkeys(sentences[index].passage.source for index in order))
    reading = sorted(chosen, key=lambda index: (sources.index(sentences[index].passage.source), sentences[index].span))
    return tuple(
        Numbered(number, one.passage, one.span, quote(one), _before(sentences, index))
        for number, index in enumerate(reading, start=1)
        for one in (sentences[index],)
    )


def trim(history: Sequence[Message], tokens: int) -> tuple[Message, ...]:
    """The end of a conversation, as much of it as there is room for; a message is there whole or not at all.

    It begins with the user: some chat formats refuse a conversation that the assistant begins.

    Args:
        history: The conversation, oldest first.
        tokens: How much room there is.
    """
    kept: list[Message] = []
    for message in reversed(history):
        words = _MARK.sub("", message["content"]).strip()
        tokens -= count_tokens(words) + PER_MESSAGE
        if tokens < 0:
            break
        if words:
            kept.insert(0, {"role": message["role"], "content": words})
    return tuple(dropwhile(lambda message: message["role"] == "assistant", kept))


@lru_cache(maxsize=2048)
def count_tokens(text: str) -> int:
    """How many tokens a text is for a chat model, rather more than less.

    A chat model's own tokenizer is not at hand without asking its maker's server. The embedding model's stands in for
    it; digits count once more, as many models read them one by one, and so does what is not ASCII.
    """
    pieces = len(shared_embedder(DEFAULT_MODEL).token_ids([text])[0])
    return pieces + sum(character.isdigit() or not character.isascii() for character in text)


def _beside(sentences: Sequence[ScoredSentence], index: int, best: int) -> bool:
    return 0 <= index < len(sentences) and sentences[index].passage is sentences[best].passage


def _before(sentences: Sequence[ScoredSentence], index: int) -> Place | None:
    one = sentences[index]
    earlier = (
        Place(other.passage, other.span)
        for other in sentences
        if (other.passage.source, other.passage.heading) == (one.passage.source, one.passage.heading)
        and 0 <= one.span.start - other.span.end <= WIDEST_GAP
    )
    return max(earlier, key=lambda place: place.span, default=None)
