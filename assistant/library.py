"""The documents that are asked, and the models they are asked with: a folder and its index, or texts in memory."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import TYPE_CHECKING

from assistant.checks import check_texts
from assistant.errors import IndexingError
from assistant.settings import Settings
from assistant.types import IndexReport

if TYPE_CHECKING:
    from assistant.answering.reading import Reader
    from assistant.embedding import Embedder
    from assistant.index import CurrentIndex, Generation, Progress
    from assistant.retrieval import Searcher


class Library:
    """Hands out the index that answers now. Safe to use from several threads.

    Attributes:
        settings: The options in force.
        may_begin_empty: Whether a folder without documents is given an empty index when it is first asked, as the web
            chat does, to which documents can be added; else that is an error.
    """

    def __init__(self, settings: Settings) -> None:
        """Chooses a folder and its index; nothing is read or built yet."""
        self.settings = settings
        self.may_begin_empty = False
        self._memory: Generation | None = None
        self._current: CurrentIndex | None = None
        self._first_build = Lock()

    def hold(self, texts: Mapping[str, str]) -> None:
        """Has texts in memory in place of the folder.

        Raises:
            DocumentError: There are texts, and all of them are empty, or one or its name is no text or not Unicode.
        """
        from assistant.index import build_in_memory
        from assistant.readers import document_from_text

        documents = [document_from_text(source, text) for source, text in check_texts(texts).items()]
        self._memory = build_in_memory(documents, self.embedder(), self.settings)

    @property
    def in_memory(self) -> bool:
        """Whether the documents are texts in memory, of which there are no files."""
        return self._memory is not None

    def open(self) -> Generation:
        """The index that answers now; it is built where there is none.

        Raises:
            IndexingError: There is none and none can be built, or it is damaged, or of another folder or model.
            SettingsError: The embedding model, or another one that the settings name, cannot be loaded.
        """
        if self._memory is not None:
            return self._memory
        from assistant.index import CurrentIndex, has_index, of_another_model

        with self._first_build:
            if not has_index(self.settings.index):
                self.build(allow_empty=self.may_begin_empty)
            if self._current is None:
                self._current = CurrentIndex(self.settings.index, self.settings.documents)
        generation, embedder = self._current.get(), self.embedder()
        if reason := of_another_model(generation.recipe, embedder.name, embedder.fingerprint):
            embedder.load()  # where there is no such model, its name is what is wrong
            other = "" if generation.recipe.model == embedder.name else ", or set ASSISTANT_MODEL to that one"
            raise IndexingError(
                f"The index in {self.settings.index} {reason}; rebuild it with `assistant index`{other}."
            )
        return generation

    def build(self, *, full: bool = False, allow_empty: bool = False, progress: Progress | None = None) -> IndexReport:
        """Brings the index up to date with the folder; see `Assistant.reindex`."""
        from assistant.index import build

        self.check_folder()
        return build(self.settings, self.embedder, full=full, allow_empty=allow_empty, progress=progress)

    def load(self) -> None:
        """Loads what the first question would wait for: the models, and the index where there is one.

        Raises:
            IndexingError: The index cannot be used.
            SettingsError: A model cannot be loaded.
        """
        from assistant.index import has_index

        searcher = self.searcher()
        searcher.embedder.embed_query("Ready?")
        if searcher.reranker:
            searcher.reranker.load()
        self.reader()
        if not self.in_memory and has_index(self.settings.index):
            self.open()

    def check_folder(self) -> None:
        """Makes sure that there is a folder.

        Raises:
            IndexingError: The documents are texts in memory.
        """
        if self.in_memory:
            raise IndexingError("These documents are texts in memory: there is no folder that their index follows.")

    def searcher(self) -> Searcher:
        """Who finds passages."""
        from assistant.retrieval import Searcher, shared_reranker

        reranker = shared_reranker(self.settings.reranker) if self.settings.reranker else None
        return Searcher(self.embedder(), self.settings.passage_characters, reranker)

    def embedder(self) -> Embedder:
        """What embeds questions and passages."""
        from assistant.embedding import shared_embedder

        return shared_embedder(self.settings.model)

    def reader(self) -> Reader | None:
        """Who reads the best passages; None where none does."""
        from assistant.answering.reading import shared_reader

        return shared_reader() if self.settings.reading else None
