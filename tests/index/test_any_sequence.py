"""Whatever happened to the documents and the builds before, the index is the one that a first build would make."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from assistant.embedding import Embedder
from assistant.errors import IndexingError
from assistant.index import Generation, has_index, rollback
from assistant.settings import Settings
from assistant.types import Document, Passage

from .conftest import Library, contents
from .test_crash import BuildingProcess, building

__all__ = ["building"]

SOURCES = st.sampled_from(["a.txt", "b.md", "sub/c.txt", "sub/d.md"])
PARAGRAPHS = st.sampled_from(
    [
        "Cats sleep through most of the day.",
        "Dogs bark at strangers.",
        "Bees dance to tell where the flowers are.",
        "# On eels\n\nEels cross an ocean to lay their eggs.",
        "## Prices\n\nA kilogram of honey was 12 euros in 2024.",
        "The committee met in Geneva. It adjourned after two hours.",
        "Nothing was decided.",
    ]
)
TEXTS = st.lists(PARAGRAPHS, min_size=1, max_size=4).map("\n\n".join)
QUESTIONS = ("What do bees do?", "How much was honey?", "Where did the committee meet?")


@dataclass(frozen=True)
class Snapshot:
    """All that a generation answers from."""

    documents: dict[str, Document]
    passages: dict[int, Passage]
    vectors: np.ndarray
    scores: list[list[float]]
    nearest: list[float]

    @classmethod
    def of(cls, generation: Generation, embedder: Embedder) -> "Snapshot":
        contents(generation)
        ids = generation.layout.ids.tolist()
        passages = generation.passages(ids)
        questions = [embedder.embed_query(question) for question in QUESTIONS]
        nearest = [(question, generation.nearest(question, 1, None)) for question in questions]
        return cls(
            {source: generation.document(source) for source in generation.layout.sources},
            dict(zip(ids, passages, strict=True)),
            np.concatenate([np.zeros((0, 384)), *generation.vectors(ids)]),
            [generation.lexicon.scores([word]).tolist() for word in ("bee", "honey", "eel", "12")],
            [float(vectors[0] @ question) for question, ids in nearest for vectors in generation.vectors(ids)],
        )

    def same_as(self, other: "Snapshot") -> bool:
        """Whether the answers are the same; what was embedded beside a passage moves its vector by some 0.0007."""
        mine, theirs = (replace(one, vectors=np.zeros(0), nearest=[]) for one in (self, other))
        same_numbers = self.vectors.shape == other.vectors.shape and len(self.nearest) == len(other.nearest)
        return (
            repr(mine) == repr(theirs)
            and same_numbers
            and np.allclose(self.vectors, other.vectors, atol=0.005)
            and np.allclose(self.nearest, other.nearest, atol=0.005)
        )


class AnySequence(RuleBasedStateMachine):
    """Adds, edits, renames, deletes, builds, crashes and goes back, in any order."""

    embedder: Embedder
    building: BuildingProcess

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.library = self.at("index")
        self.library.documents.mkdir()
        self.files: dict[str, str] = {}
        self.generations: dict[str, Snapshot] = {}
        self.scratches = 0

    def at(self, index: str) -> Library:
        folder = Path(self.folder.name)
        options = Settings.load(documents=folder / "documents", index=folder / index, lock_timeout=0)
        return Library(options, self.embedder)

    def teardown(self) -> None:
        self.folder.cleanup()

    def from_scratch(self) -> Snapshot:
        """What a first build over the same files gives."""
        self.scratches += 1
        library = self.at(f"scratch-{self.scratches}")
        library.build(allow_empty=True)
        return Snapshot.of(library.open(), self.embedder)

    def now(self) -> Snapshot:
        """What the index answers from."""
        return Snapshot.of(self.library.open(), self.embedder)

    @rule(source=SOURCES, text=TEXTS, age=st.sampled_from([0, 60]))
    def write(self, source: str, text: str, age: float) -> None:
        self.files[source] = text
        self.library.write(source, text, age)

    @precondition(lambda self: self.files)
    @rule(data=st.data(), new=SOURCES)
    def rename(self, data: st.DataObject, new: str) -> None:
        old = data.draw(st.sampled_from(sorted(self.files)))
        self.files[new] = self.files.pop(old)
        (self.library.documents / new).parent.mkdir(exist_ok=True)
        (self.library.documents / old).rename(self.library.documents / new)

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        source = data.draw(st.sampled_from(sorted(self.files)))
        del self.files[source]
        (self.library.documents / source).unlink()

    @rule()
    def build(self) -> None:
        if not self.files:
            with pytest.raises(IndexingError):
                self.library.build()
            return
        report = self.library.build()
        assert not self.library.build().published
        self.generations[report.generation] = self.now()
        assert self.generations[report.generation].same_as(self.from_scratch())

    @precondition(lambda self: self.files)
    @rule(step=st.integers(1, 70))
    def crash(self, step: int) -> None:
        outcome = self.building.build(self.library, kill=step)
        assert outcome == "killed" or outcome.isdigit()
        if has_index(self.library.index):
            name, snapshot = self.library.open().info.generation, self.now()
            unchanged = name in self.generations and snapshot.same_as(self.generations[name])
            assert unchanged or snapshot.same_as(self.from_scratch())
            self.generations[name] = snapshot

    @rule()
    def go_back(self) -> None:
        try:
            name = rollback(self.library.settings).generation
        except IndexingError:
            return
        assert self.now().same_as(self.generations[name])

    @invariant()
    def answers_are_those_of_the_generation(self) -> None:
        if has_index(self.library.index):
            assert self.now().same_as(self.generations[self.library.open().info.generation])


def test_any_sequence_of_changes_builds_and_crashes(embedder: Embedder, building: BuildingProcess) -> None:
    machine = type("AnySequence", (AnySequence,), {"embedder": embedder, "building": building})
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        machine,
        settings=settings(max_examples=10, stateful_step_count=12, suppress_health_check=checks),
    )
