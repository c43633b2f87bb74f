"""Evidence → an answer in the chat model's words, of which only those stand that the evidence supports."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, Literal

from assistant.answering.chat_model.cache import ReplyCache
from assistant.answering.chat_model.connection import Connection
from assistant.answering.chat_model.context import HISTORY_SHARE, PER_MESSAGE, Numbered, Place, count_tokens, fit, trim
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

QUOTED_INSTEAD: Final = "The answer is quoted from the documents instead."

NOTHING_STANDS: Final = "The documents do not support what the chat model wrote."

_DECLINES: Final = re.compile(
    r"\b((do|does|did|can|could|am|is|are)( not|n['’]t)|cannot|unable to|not (able to|sure))\b.{0,40}\b(answer|know|say"
    r"|mention|specif|provide|contain|include|state|find|found|have (any |enough )?information|help|given|available)"
    r"|\bno (information|mention|evidence|answer|details?)\b|\bi['’]?m sorry\b|\bi apologi[sz]e\b|\bunknown\b\.?$",
    re.IGNORECASE,
)
"""How a chat model says that it does not know."""

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
        model = f"{self.name} at {self._connection.where}"
        reply = self._cache.get(model, prompt)
        cached = reply is not None
        if reply is None:
            reply = ""
            for piece in self._connection.reply(prompt):
                reply += piece
                yield _with(draft, _unverified(so_far(reply), given), document)
        answer = self._verified(draft, quoted, reply, given, document)
        if answer.writer == self.name and not cached:
            self._cache.put(model, prompt, reply)
        yield answer

    def _verified(
        self, draft: Answer, quoted: Answer, reply: str, given: Sequence[Numbered], document: Callable[[str], Document]
    ) -> Answer:
        verified = [(one, support(one, given)) for one in without_stump(sentences(reply))]
        declines = [bool(found.problem and _DECLINES.search(one.text)) for one, found in verified]
        told = [pair for pair, declined in zip(verified, declines, strict=True) if not declined]
        if declines[:1] == [True] or (any(declines) and not any(found.places for _, found in told)):
            return replace(draft, text=REFUSAL, answered=False)
        if not any(found.places for _, found in told):
            return replace(quoted, note=f"{NOTHING_STANDS} {QUOTED_INSTEAD}")
        return _with(draft, told, document, unsupported=self._settings.unsupported)

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
    document: Callable[[str], Document],
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
    citations = tuple(_cite(place, number, document) for place, number in numbers.items())
    return replace(draft, text=text, citations=citations, statements=tuple(statements))


def _cite(place: Place, number: int, document: Callable[[str], Document]) -> Citation:
    return cite(document(place.passage.source), place.span, number, place.text)


def _markdown(statement: Statement) -> str:
    words = _harmless(statement.text)
    if statement.unsupported:
        return f"~~{words}~~"
    return " ".join((words, *(f"[{number}]" for number in statement.citations)))


def _harmless(text: str) -> str:
    """Words as Markdown that shows just them: nothing becomes a link, a list or an entity."""
    return _ACTIVE.sub(r"\\\g<0>", escape(text))
