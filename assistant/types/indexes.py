"""What an index is, what a build did to it, and how it stands beside its documents."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class IndexInfo:
    """Which index answered.

    Attributes:
        generation: Its name, such as "0007".
        built: When it was published.
        documents: How many documents it holds.
        passages: How many passages it holds.
    """

    generation: str
    built: datetime
    documents: int
    passages: int


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What a build did.

    Attributes:
        added: Sources that are new.
        updated: Sources whose content changed.
        removed: Sources that are gone.
        renamed: New source by old source, for content that moved.
        unchanged: Sources that were left as they were.
        failed: The reason, by source that could not be read.
        documents: How many documents the index now holds.
        passages: How many passages the index now holds.
        embedded: How many passages were embedded in this build.
        generation: The name of the generation that answers now.
        published: Whether a new generation was made.
        seconds: How long the build took.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: dict[str, str] = field(default_factory=dict)
    unchanged: tuple[str, ...] = ()
    failed: dict[str, str] = field(default_factory=dict)
    documents: int = 0
    passages: int = 0
    embedded: int = 0
    generation: str = ""
    published: bool = False
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """What the index knows of one file.

    Attributes:
        source: The path relative to the documents folder, with ``/``.
        title: The document's title, or "" where it was never read.
        sha256: Hexadecimal digest of the bytes that its passages are from, or "" where it was never read.
        size: The length of the file, in bytes.
        passages: How many passages it has in the index.
        indexed: When its passages were made, or None where it was never read.
        failed: Why the file as it is now cannot be read, or None where it can.
        language: ISO 639-1 code of the language of most of its text, or "" where it was never read.
    """

    source: str
    title: str
    sha256: str
    size: int
    passages: int
    indexed: datetime | None = None
    failed: str | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """The state of the index beside the documents as they are now.

    Attributes:
        index: Which index answers.
        model: The name of its embedding model.
        size: How much room it takes on disk, in bytes, with the generations kept for going back.
        age: How long ago it was published, in seconds.
        added: Sources that are not in the index yet.
        updated: Sources whose content has changed since.
        removed: Sources that are in the index and no longer in the folder.
        failed: The reason, by source that cannot be read, or could not when the index was built.
        rebuild: Why the next build makes the index anew (another model, another folder, damage), or None; what is still
            right in it is not embedded again.
        precision: What its vectors were computed in: bfloat16, float32, or both where it was built on two machines.
        stale: Whether there is anything for a build to do; a file that cannot be read, and what it said before, aside.
    """

    index: IndexInfo
    model: str
    size: int
    age: float
    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    failed: dict[str, str] = field(default_factory=dict)
    rebuild: str | None = None
    precision: str = ""
    stale: bool = field(init=False)

    def __post_init__(self) -> None:
        """Tells whether it is up to date: a field, so that it is told wherever the others are."""
        object.__setattr__(self, "stale", bool(self.added or self.updated or self.removed or self.rebuild))
