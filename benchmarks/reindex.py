"""What it costs to keep an index up to date, beside building it: a table in Markdown.

python benchmarks/reindex.py [--documents 1000] [--texts FOLDER]

The documents are made of the sentences of the texts in a folder (Markdown or plain text; the project's own documents
unless told otherwise), drawn with a fixed seed into paragraphs under headings, so that no two passages are alike.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeVar

from assistant import Assistant
from assistant.index import CurrentIndex
from assistant.readers import document_from_text
from assistant.settings import Settings
from assistant.splitting import embedded_texts, split

PROJECT = Path(__file__).parent.parent
PARAGRAPHS = 16
SENTENCES = 5
SECTION = 4
"""Paragraphs under one heading."""

ROUNDS = 3

Result = TypeVar("Result")


@dataclass
class Library:
    """Made-up documents, and an assistant over them."""

    assistant: Assistant
    sentences: list[str]
    chance: random.Random

    @property
    def folder(self) -> Path:
        """Where the documents are."""
        return self.assistant.settings.documents

    @property
    def index(self) -> Path:
        """Where the index is."""
        return self.assistant.settings.index

    def paragraph(self) -> str:
        """A paragraph that no document has yet."""
        return " ".join(self.chance.sample(self.sentences, SENTENCES))

    def write(self, name: str) -> None:
        """Writes a document of its own."""
        parts = [
            f"## Part {number // SECTION + 1}\n\n{self.paragraph()}" if number % SECTION == 0 else self.paragraph()
            for number in range(PARAGRAPHS)
        ]
        (self.folder / name).write_text(f"# Report {name}\n\n" + "\n\n".join(parts) + "\n", encoding="utf-8")

    def add(self) -> None:
        """Writes one more document."""
        self.write(f"new-{self.chance.getrandbits(64)}.md")

    def rename(self) -> None:
        """Gives any document another name."""
        self.some().rename(self.folder / f"renamed-{self.chance.getrandbits(64)}.md")

    def some(self) -> Path:
        """Any one of the documents."""
        return self.chance.choice(sorted(self.folder.iterdir()))

    def edit(self) -> None:
        """Puts another paragraph in the place of one."""
        path = self.some()
        parts = path.read_text(encoding="utf-8").split("\n\n")
        place = self.chance.choice([number for number, part in enumerate(parts) if not part.startswith("#")])
        parts[place] = self.paragraph()
        path.write_text("\n\n".join(parts), encoding="utf-8")

    def texts(self) -> set[str]:
        """All that is embedded in the index as it is now."""
        generation = CurrentIndex(self.index, self.folder).get()
        sources = generation.layout.sources
        documents = [(generation.document(source), list(generation.passages_of(source).values())) for source in sources]
        return {embedded.text for document, passages in documents for embedded in embedded_texts(document, passages)}


def main() -> None:
    """Makes the documents, and measures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--documents", type=int, default=1000, help="how many documents to make")
    parser.add_argument("--texts", type=Path, default=PROJECT / "documents", help="whose sentences to make them of")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant(documents=Path(folder) / "documents", index=Path(folder) / "index")
        library = Library(assistant, sentences_of(options.texts), random.Random(1))  # noqa: S311
        library.folder.mkdir()
        for number in range(options.documents):
            library.write(f"{number:04d}.md")
        measure(library)


def measure(library: Library) -> None:
    """Builds the index, changes the documents in one way after the other, times each build, and prints a table."""
    reindex = library.assistant.reindex
    full, whole = timed(reindex)
    show(f"{full.documents:,} documents, {full.passages:,} passages:\n")
    show_row("build", "passages changed", "passages embedded", "seconds", "of a full build", "goal")
    show_row("---", *["---:"] * 5)
    show_cost("full", (full.passages,), (full.embedded,), whole, whole, "")
    changes: list[tuple[str, Callable[[], object], str]] = [
        ("no change", lambda: None, "under 0.5%"),
        ("one paragraph edited", library.edit, "under 2%"),
        ("one document added", library.add, ""),
        ("one document removed", lambda: library.some().unlink(), ""),
        ("one document renamed", library.rename, ""),
    ]
    for name, change, goal in changes:
        rounds = [one_round(library, change) for _ in range(ROUNDS)]
        changed, embedded, seconds = zip(*rounds, strict=True)
        show_cost(name, changed, embedded, median(seconds), whole, goal)
    folders = ["--documents", str(library.folder), "--index", str(library.index)]
    command = [sys.executable, "-m", "assistant", "index", *folders]
    shell = [timed(lambda: subprocess.run(command, check=True, cwd=PROJECT, capture_output=True))[1] for _ in range(3)]
    show_cost("no change, in a new process", (0,), (0,), median(shell), whole, "")


def show_cost(
    name: str, changed: Iterable[int], embedded: Iterable[int], seconds: float, whole: float, goal: str
) -> None:
    """Shows what one kind of change cost, in each round and beside a full build."""
    counts = [", ".join(map(str, numbers)) for numbers in (changed, embedded)]
    show_row(name, *counts, f"{seconds:.2f}", f"{seconds / whole:.2%}", goal)


def show_row(*cells: str) -> None:
    """Shows a row of a table in Markdown."""
    show(f"| {' | '.join(cells)} |")


def show(line: str) -> None:
    """Shows a line at once: a run takes long."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def one_round(library: Library, change: Callable[[], object]) -> tuple[int, int, float]:
    """How many passages a change made new, how many were embedded for it, and how long that took."""
    before = library.texts()
    change()
    report, seconds = timed(library.assistant.reindex)
    return len(library.texts() - before), report.embedded, seconds


def timed(action: Callable[[], Result]) -> tuple[Result, float]:
    """What an action gives, and its seconds."""
    started = perf_counter()
    result = action()
    return result, perf_counter() - started


def sentences_of(folder: Path) -> list[str]:
    """The sentences of the texts in a folder, each once."""
    found: dict[str, None] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix in (".md", ".txt"):
            document = document_from_text(path.name, path.read_text(encoding="utf-8"))
            for passage in split(document, Settings.load().passage_characters):
                spans = ((start - passage.start, end - passage.start) for start, end in passage.sentences)
                found.update((" ".join(passage.text[start:end].split()), None) for start, end in spans)
    return [sentence for sentence in found if not sentence.startswith("#")]


if __name__ == "__main__":
    main()
