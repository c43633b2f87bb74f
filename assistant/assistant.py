"""Ties the parts together: documents → index → passages → answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any, Self

from assistant.checks import (
    check_count,
    check_history,
    check_known,
    check_question,
    check_sources,
    check_text,
)
from assistant.errors import QuestionError
from assistant.library import Library
from assistant.settings import EXTRACTIVE, Settings
from assistant.types import Answer, Document, DocumentRecord, IndexInfo, IndexReport, IndexStatus, Message, Passage

if TYPE_CHECKING:
    from assistant.answering.chat_model import Writer
    from assistant.index import Generation, Progress
    from assistant.inquiry import Inquiry
    from assistant.retrieval import Retriever


class Assistant:
    """Answers questions over a folder of documents. Safe to use from several threads.

    Attributes:
        settings: The options in force.
        library: The documents that are asked, and the models that they are asked with.
    """

    def __init__(self, documents: str | Path | None = None, index: str | Path | None = None, **options: Any) -> None:
        """Chooses the folders; nothing is read or built yet.

        Args:
            documents: The folder of documents; else the settings'.
            index: The folder of the index; else the settings'.
            **options: Any other of the settings, by name.

        Raises:
            SettingsError: An option cannot be used.
        """
        self.settings = Settings.load(documents=documents, index=index, **options)
        self.library = Library(self.settings)
        self._chat: Writer | None = None

    @classmethod
    def from_texts(cls, texts: Mapping[str, str], **options: Any) -> Self:
        """The same over texts in memory; leaves nothing on disk.

        Args:
            texts: Text by name; a name that ends in ``.md`` tells that it is Markdown. Empty ones are left out.
            **options: Any of the settings, by name.

        Raises:
            DocumentError: There are texts, and all of them are empty, or one or its name is no text or not Unicode.
            SettingsError: An option cannot be used.
        """
        assistant = cls(**options)
        assistant.library.hold(texts)
        return assistant

    def reindex(
        self, *, full: bool = False, allow_empty: bool = False, progress: Progress | None = None
    ) -> IndexReport:
        """Brings the index up to date with the documents; questions go on being answered meanwhile.

        Args:
            full: Reads and embeds everything again.
            allow_empty: Lets a folder without documents empty the index.
            progress: Told how far it has come.

        Raises:
            IndexingError: There are no documents, another build goes on, or the index cannot be written.
            SettingsError: The embedding model, or another one that the settings name, cannot be loaded.
        """
        return self.library.build(full=full, allow_empty=allow_empty, progress=progress)

    def retrieve(self, question: str, k: int = 5, sources: Iterable[str] | None = None) -> list[Passage]:
        """Finds the passages that fit a question best.

        Args:
            question: The question.
            k: How many passages at most.
            sources: The documents to search; None for all.

        Returns:
            Passages that do not overlap, best first.

        Raises:
            QuestionError: The question or k cannot be used.
            IndexingError: There is no index and none can be built.
            SettingsError: The embedding model, or another one that the settings name, cannot be loaded.
        """
        text, count, chosen = check_question(question), check_count(k), check_sources(sources)
        generation = self.library.open()
        return self.library.searcher().search(generation, text, count, check_known(chosen, generation.records))

    def ask(
        self,
        question: str,
        history: Iterable[Message] | None = None,
        sources: Iterable[str] | None = None,
        writer: str | None = None,
    ) -> Answer:
        """Answers a question from the documents, every sentence cited, or says that they do not answer it.

        Args:
            question: The question; it may build on the conversation.
            history: The conversation before it, oldest first; None for a new one.
            sources: The documents to ask; None for all.
            writer: Who writes the answer, one of `writers`; None for the last of them.

        Raises:
            QuestionError: The question cannot be used.
            IndexingError: There is no index and none can be built.
            SettingsError: The embedding model, or another one that the settings name, cannot be loaded.
        """
        *_, answer = self.stream(question, history, sources, writer)
        return answer

    def stream(
        self,
        question: str,
        history: Iterable[Message] | None = None,
        sources: Iterable[str] | None = None,
        writer: str | None = None,
    ) -> Iterator[Answer]:
        """The same while it is written; closing the iterator stops the chat model that writes it.

        Args:
            question: The question; it may build on the conversation.
            history: The conversation before it, oldest first; None for a new one.
            sources: The documents to ask; None for all.
            writer: Who writes the answer, one of `writers`; None for the last of them.

        Yields:
            The answer as far as it has come, its sentences not verified yet; last, the whole and verified one.

        Raises:
            QuestionError: The question cannot be used.
            IndexingError: There is no index and none can be built.
            SettingsError: The embedding model, or another one that the settings name, cannot be loaded.
        """
        from assistant.answering import courtesies, extractive
        from assistant.inquiry import find
        from assistant.intent import courtesy

        text, messages, chosen = check_question(question), check_history(history), check_sources(sources)
        generation, chat = self.library.open(), self._writer(writer)
        if said := courtesy(text):
            yield courtesies.answer(text, said, generation.records(), generation.info)
            return
        inquiry = self._inquiry(generation, check_known(chosen, generation.records))
        found = find(text, messages, inquiry, chat)
        quoted = extractive.answer(
            question=text,
            searched_for=found.searched_for,
            passages=found.passages,
            evidence=found.evidence,
            document=generation.document,
            mentioned=generation.mentions,
            index=generation.info,
            caution=self.settings.caution,
            unmentioned=found.unmentioned,
            asked=len(chosen) if chosen else None,
            similar=generation.similar,
        )
        quoted = replace(quoted, note=quoted.note or found.note)
        if chat and quoted.answered:
            yield from chat.write(quoted, found.evidence, messages, generation.document)
        else:
            yield quoted

    @property
    def writers(self) -> tuple[str, ...]:
        """Who can write an answer: "extractive", which quotes, and the chat model where the settings name one."""
        return (EXTRACTIVE, self.settings.chat_model) if self.settings.chat_model else (EXTRACTIVE,)

    def consider(self, question: str) -> list[Passage]:
        """The passages in which an answer is looked for: as `retrieve` finds them, with all that stands around.

        Args:
            question: The question; it must stand alone.

        Raises:
            QuestionError: The question cannot be used.
            IndexingError: There is no index and none can be built.
            SettingsError: The embedding model, or another one that the settings name, cannot be loaded.
        """
        return self._inquiry(self.library.open()).consider(check_question(question))

    def document(self, source: str) -> Document:
        """A document as it was indexed: the text that offsets point into, and its structure.

        Raises:
            QuestionError: The source is no Unicode text.
            DocumentError: It is not in the index.
            IndexingError: There is no index and none can be built.
        """
        return self.library.open().document(check_text(source, "The path of a document"))

    def documents(self) -> tuple[DocumentRecord, ...]:
        """What the index knows of each file, good or failed.

        Raises:
            IndexingError: There is no index and none can be built.
        """
        return self.library.open().records()

    @property
    def in_memory(self) -> bool:
        """Whether the documents are texts in memory, of which there are no files."""
        return self.library.in_memory

    @property
    def index(self) -> IndexInfo:
        """Which index answers now.

        Raises:
            IndexingError: There is no index and none can be built.
        """
        return self.library.open().info

    def as_retriever(self, k: int = 5) -> Retriever:
        """A LangChain retriever over the same documents, sync and async, for other people's chains.

        Raises:
            QuestionError: k cannot be used.
        """
        from assistant.retrieval import Retriever

        return Retriever(find=self.retrieve, k=check_count(k))

    def prepare(self) -> None:
        """Loads what the first question would wait for: the models, and the index where there is one.

        Raises:
            IndexingError: The index cannot be used.
            SettingsError: A model cannot be loaded.
        """
        self.library.load()

    def status(self) -> IndexStatus:
        """The state of the index beside the documents as they are now.

        Raises:
            IndexingError: There is no index.
        """
        from assistant.index import status

        self.library.check_folder()
        return status(self.settings)

    def rollback(self) -> IndexInfo:
        """Goes back to the index before this one.

        Raises:
            IndexingError: There is none.
        """
        from assistant.index import rollback

        self.library.check_folder()
        return rollback(self.settings)

    def watch(self, stop: Event | None = None, *, allow_empty: bool = False) -> Iterator[IndexReport]:
        """Follows the documents folder and re-indexes after each burst of changes, until it is stopped.

        Args:
            stop: Ends it when set.
            allow_empty: Lets a folder without documents empty the index.
        """
        from assistant.index import watch

        self.library.check_folder()
        yield from watch(self.settings, partial(self.reindex, allow_empty=allow_empty), stop)

    def _inquiry(self, generation: Generation, sources: frozenset[str] | None = None) -> Inquiry:
        from assistant.inquiry import Inquiry

        return Inquiry(generation, self.library.searcher(), self.library.reader(), sources)

    def _writer(self, name: str | None) -> Writer | None:
        """The chat model that is to write, or None where the answer is to be quoted."""
        chosen = self.writers[-1] if name is None else name
        if chosen not in self.writers:
            raise QuestionError(f"{chosen!r} does not write answers here; choose one of: {', '.join(self.writers)}.")
        if chosen == EXTRACTIVE:
            return None
        from assistant.answering.chat_model import CACHE_FILE, ReplyCache, Writer

        if self._chat is None:
            megabytes = 0.0 if self.library.in_memory else self.settings.cache_megabytes
            self._chat = Writer(self.settings, ReplyCache(self.settings.index / CACHE_FILE, megabytes))
        return self._chat


def retrieve(question: str, k: int = 5) -> list[Passage]:
    """Finds the passages that fit a question best, over the default folders: the shortest way.

    Args:
        question: The question.
        k: How many passages at most.

    Returns:
        Passages that do not overlap, best first.

    Raises:
        QuestionError: The question or k cannot be used.
        IndexingError: There is no index and none can be built.
    """
    return _default().retrieve(question, k)


@lru_cache(maxsize=1)
def _default() -> Assistant:
    return Assistant()
