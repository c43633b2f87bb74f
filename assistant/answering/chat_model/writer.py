"""Evidence → an answer in the chat model's words, of which only those stand that the evidence supports."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import cache, partial
from itertools import starmap
from typing import Final, Literal

from assistant.answering.chat_model.cache import ReplyCache
from assistant.answering.chat_model.connection import Connection, Prompt
from assistant.answering.chat_model.context import HISTORY_SHARE, PER_MESSAGE, Numbered, Place, count_tokens, fit, trim
from assistant.answering.chat_model.declining import declines
from assistant.answering.chat_model.follow_up import rewrite
from assistant.answering.chat_model.marks import Written, sentences, so_far, without_stump
from assistant.answering.chat_model.prompts import ANSWERING, answering
from assistant.answering.chat_model.support import Support, support
from assistant.answering.citations import cite
from assistant.answering.evidence import Evidence
from assistant.answering.extractive import REFUSAL, escape
from assistant.errors import ChatModelError
from assistant.settings import Settings
from assistant.types import Answer, Citation, Document, Message, Statement

logger = logging.getLogger(__name__)

CACHE_FILE: Final = "answers.sqlite3"

Cited = Callable[[Place, int], Citation]
"""Cites a place under a number."""

QUOTED_INSTEAD: Final = "The answer is quoted from the documents instead."

NOTHING_STANDS: Final = "The documents do not support what the chat model wrote."

_ACTIVE: Final = re.compile(r":(?=//)|(?<=www)\.|@|&(?=#?\w+;)|^[-+=]|(?<=^\d)[.)]", re.IGNORECASE)


class Writer:
    """Writes answers with the chat model that the settings name. Safe to use from several threads."""

    def __init__(self, settings: Settings, cache: ReplyCache) -> None:
        """Chooses the chat model; nothing is imported or asked yet.

        Args:
            settings: The options in force.
            cache: Where replies are kept.

        Raises:
            ChatModelError: The settings name no chat model.
        """
        self._settings = settings
        self._connection = Connection(settings)
        self._cache = cache

    @property
    def name(self) -> str:
        """The chat model's name."""
        return self._connection.name

    def stand_alone(self, question: str, history: Sequence[Message]) -> str | None:
        """A follow-up as it would be asked without the conversation; None where the model does not manage to say it."""
        try:
            return rewrite(question, trim(history, self._history_tokens()), self._connection)
        except ChatModelError as error:
            logger.warning("The follow-up is searched for as it is: %s", error)
            return None

    def write(
        self,
        quoted: Answer,
        evidence: Evidence,
        history: Sequence[Message],
        document: Callable[[str], Document],
    ) -> Iterator[Answer]:
        """Writes an answer; closing the iterator stops the model.

        Args:
            quoted: The extractive answer, which is given where the model gives none that stands.
            evidence: What the passages say to the question.
            history: The conversation before it, oldest first.
            document: Gives a document by its source.

        Yields:
            The answer as far as it has come, unverified; last, the verified one.
        """
        try:
            yield from self._write(quoted, evidence, trim(history, self._history_tokens()), document)
        except ChatModelError as error:
            logger.warning("%s", error)
            yield replace(quoted, note=f"{error} {QUOTED_INSTEAD}")

    def _write(
        self, quoted: Answer, evidence: Evidence, history: Sequence[Message], document: Callable[[str], Document]
    ) -> Iterator[Answer]:
        given = fit(evidence.sentences, self._evidence_tokens(quoted.searched_for, history))
        prompt = answering(quoted.searched_for, given, history)
        draft = replace(quoted, text="", citations=(), statements=(), writer=self.name)
        # An answer is made anew with each piece of a reply, its citations are not.
        cited = cache(partial(_cite, document))
        model = self._connection.identity
        kept = self._cache.get(model, prompt)
        if kept is not None:
            yield self._verified(draft, quoted, sentences(kept), given, cited)
            return
        reply, whole = yield from self._ask(prompt, draft, given, cited)
        written = sentences(reply) if whole else without_stump(sentences(reply))
        answer = self._verified(draft, quoted, written, given, cited)
        if whole and answer.writer == self.name:
            self._cache.put(model, prompt, reply)
        yield answer

    def _ask(
        self, prompt: Prompt, draft: Answer, given: Sequence[Numbered], cited: Cited
    ) -> Generator[Answer, None, tuple[str, bool]]:
        """Yields the answer as far as it has come; returns the reply, and whether that is whole."""
        reply = ""
        with closing(self._connection.reply(prompt)) as pieces:
            while True:
                try:
                    reply += next(pieces)
                except StopIteration as end:
                    return reply, end.value
                yield _with(draft, _unverified(so_far(reply), given), cited)

    def _verified(
        self,
        draft: Answer,
        quoted: Answer,
        written: Iterable[Written],
        given: Sequence[Numbered],
        cited: Cited,
    ) -> Answer:
        verified = [(one, support(one, given)) for one in written]
        told = [(one, found) for one, found in verified if not (found.problem and declines(one.text))]
        if any(found.places for _, found in told):
            return _with(draft, told, cited, unsupported=self._settings.unsupported)
        if len(told) < len(verified):
            return replace(draft, text=REFUSAL, answered=False)
        return replace(quoted, note=f"{NOTHING_STANDS} {QUOTED_INSTEAD}")

    def _history_tokens(self) -> int:
        return int(HISTORY_SHARE * self._settings.chat_model_context)

    def _evidence_tokens(self, question: str, history: Sequence[Message]) -> int:
        said = [ANSWERING, question, *(message["content"] for message in history)]
        taken = sum(count_tokens(text) + PER_MESSAGE for text in said)
        return self._settings.chat_model_context - self._settings.chat_model_reply - taken


def _unverified(written: Iterable[Written], given: Sequence[Numbered]) -> list[tuple[Written, Support]]:
    """Each sentence with what it cites itself, as far as that was given."""
    places = {one.number: one.place for one in given}
    return [(one, Support(tuple(places[number] for number in one.cited if number in places))) for one in written]


def _with(
    draft: Answer,
    found: Iterable[tuple[Written, Support]],
    cited: Cited,
    unsupported: Literal["mark", "drop"] = "mark",
) -> Answer:
    """An answer of sentences and what supports them; citations are numbered in the order of their marks."""
    numbers: dict[Place, int] = {}
    statements: list[Statement] = []
    text, paragraph = "", -1
    for written, support_ in found:
        if support_.problem and unsupported == "drop":
            continue
        marks = tuple(numbers.setdefault(place, len(numbers) + 1) for place in support_.places)
        statement = Statement(written.text, marks, support_.problem)
        statements.append(statement)
        text += (" " if written.paragraph == paragraph else "\n\n" if text else "") + _markdown(statement)
        paragraph = written.paragraph
    citations = tuple(starmap(cited, numbers.items()))
    return replace(draft, text=text, citations=citations, statements=tuple(statements))


def _cite(document: Callable[[str], Document], place: Place, number: int) -> Citation:
    return cite(document(place.passage.source), place.span, number, place.text)


def _markdown(statement: Statement) -> str:
    words = _harmless(statement.text)
    if statement.unsupported:
        return f"~~{words}~~"
    return " ".join((words, *(f"[{number}]" for number in statement.citations)))


def _harmless(text: str) -> str:
    """Words as Markdown that shows just them: nothing becomes a link, a list or an entity."""
    return _ACTIVE.sub(r"\\\g<0>", escape(text))
