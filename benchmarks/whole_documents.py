"""How well questions after whole documents, and after whatever they say on a topic, are told apart and answered.

    python benchmarks/whole_documents.py "held out"     # or "tried": those on which the words that tell were tried

Two large language models, which had seen neither the product nor each other's questions, wrote twelve questions over
each of 22 documents of the written set, with the sentences that answer them:

- overview: what the document is about, its main points, a summary;
- conclusion: how it ends, or what it concludes;
- topic: what it says on something that it speaks of;
- silent: the same, of something that it does not speak of;
- ordinary: worded like one of the first two, and after something particular in it.

Printed is how many of each kind were answered, how many of those with a sentence that the writer had noted, and the
share of noted ones among the sentences given; beside that, the same where all questions are taken for questions after a
fact. An overview, and a conclusion, may have any of the sentences that its writer noted for one.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import mean
from unittest.mock import patch

from rich.console import Console
from rich.table import Table
from written_set import written

from assistant import Assistant, inquiry

QUESTIONS = Path(__file__).with_suffix(".json")
KINDS = ("overview", "conclusion", "topic", "silent", "ordinary")
OF_ALL = ("overview", "conclusion")
"""Kinds of which all questions over a document ask for the same."""


@dataclass(frozen=True, slots=True)
class Item:
    """A question over one document.

    Attributes:
        document: Its source in the written set.
        half: "tried", or "held out".
        kind: One of `KINDS`.
        question: The question.
        sentences: How the sentences begin that answer it, verbatim.
    """

    document: str
    half: str
    kind: str
    question: str
    sentences: list[str]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("half", choices=("tried", "held out"))
    half = parser.parse_args().half
    items = [item for one in json.loads(QUESTIONS.read_text(encoding="utf-8")) if (item := Item(**one)).half == half]
    told_apart = measure(items)
    with patch.object(inquiry, "intent", lambda _: None):
        as_facts = measure(items)
    table = Table(
        "kind", "questions", "answered", "with a noted sentence", "noted of those given", "all taken for facts"
    )
    for kind in KINDS:
        beside = " / ".join(_figures(as_facts[kind]))
        table.add_row(kind, str(len(told_apart[kind])), *_figures(told_apart[kind]), beside)
    Console().print(table)


def measure(items: Iterable[Item]) -> dict[str, list[list[bool]]]:
    """Asks all questions: for each kind, whether each sentence that was given to each question was noted."""
    texts = {source: text for case in written() for source, text in case.texts.items()}
    found: dict[str, list[list[bool]]] = defaultdict(list)
    for document, questions in groupby(items, key=lambda item: item.document):
        asked, text = list(questions), texts[document]
        assistant = Assistant.from_texts({document: text})
        for item in asked:
            same = [other for other in asked if other.kind == item.kind and item.kind in OF_ALL] or [item]
            noted = {text.index(sentence) for other in same for sentence in other.sentences}
            citations = assistant.ask(item.question).citations
            found[item.kind].append([any(one.start <= start < one.end for start in noted) for one in citations])
    return found


def _figures(found: list[list[bool]]) -> tuple[str, str, str]:
    given = [sentences for sentences in found if sentences]
    noted = mean(mean(sentences) for sentences in given) if given else 0.0
    return str(len(given)), str(sum(map(any, given))), f"{noted:.2f}"


if __name__ == "__main__":
    main()
