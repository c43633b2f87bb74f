"""What the assistant adds to a chat model: time to the first word over the model's own, and the cost of verifying.

python benchmarks/chat_model.py

The model is the small one of the tests, served on this machine; both sides are asked the same prompt.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

from rich.console import Console
from rich.table import Table

from assistant import Assistant
from assistant.answering.chat_model.connection import Connection, Prompt
from assistant.answering.chat_model.context import fit
from assistant.answering.chat_model.marks import sentences
from assistant.answering.chat_model.prompts import answering
from assistant.answering.chat_model.support import support
from assistant.answering.evidence import judge
from assistant.settings import EXTRACTIVE

PROJECT = Path(__file__).parent.parent
ROUNDS = 2
QUESTIONS = (
    "Why did the DPRK abduct Japanese citizens?",
    "How many Japanese people did North Korea kidnap in total?",
    "What issues divide Japan and North Korea?",
    "Did North Korea rule out talks with Japan?",
)
WRITTEN = (
    "North Korea admitted in 2002 to kidnapping 13 Japanese citizens. Five abductees later returned to Japan. "
    "Kim Jong-un has ninety nuclear warheads. Kishida will travel to Pyongyang in May. "
    "The DPRK pursued these abductions to train spies. The summit is a significant step for the region."
)
OTHER: Prompt = (("system", "You greet people."), ("user", "Good morning!"))
"""Asked in between, so that no side finds its prompt read already."""


def main() -> None:
    """Measures, and prints a table."""
    table = Table("what", "measured", "over", "ratio")
    with tempfile.TemporaryDirectory() as folder, served_model() as url:
        assistant = Assistant(
            PROJECT / "documents",
            folder,
            chat_model="smollm2",
            chat_model_url=url,
            chat_model_reply=50,
            cache_megabytes=0,
            caution="low",
        )
        connection = Connection(assistant.settings)
        assistant.ask(QUESTIONS[0])
        ours, own = [], []
        for question in QUESTIONS * ROUNDS:
            prompt = answering(question, fit(judge(question, assistant.consider(question)).sentences, 3000), ())
            first_piece(connection, OTHER)
            own.append(first_piece(connection, prompt))
            first_piece(connection, OTHER)
            ours.append(first_text(assistant, question))
        table.add_row(
            "first streamed word", f"{median(ours):.3f} s", f"{median(own):.3f} s", f"{median(ours) / median(own):.2f}"
        )
        table.add_row("verifying one sentence", f"{verifying(assistant) * 1000:.1f} ms", "", "")
    Console().print(table)


def first_piece(connection: Connection, prompt: Prompt) -> float:
    """Seconds until the model's own first piece of text."""
    start = perf_counter()
    pieces = connection.reply(prompt)
    next(filter(None, pieces))
    taken = perf_counter() - start
    pieces.close()
    return taken


def first_text(assistant: Assistant, question: str) -> float:
    """Seconds from the question to the first word of the answer, search and evidence included."""
    start = perf_counter()
    answers = assistant.stream(question)
    next(answer for answer in answers if answer.text and answer.writer != EXTRACTIVE)
    taken = perf_counter() - start
    for _ in answers:
        pass
    return taken


def verifying(assistant: Assistant) -> float:
    """Seconds to verify a sentence that was never seen, against evidence as it is given."""
    question = "What do the documents say about North Korea and Japan?"
    given = fit(judge(question, assistant.consider(question)).sentences, 3000)
    taken = []
    for number in range(ROUNDS):
        for one in sentences(WRITTEN.replace(" to ", " also" * number + " to ")):
            start = perf_counter()
            support(one, given)
            taken.append(perf_counter() - start)
    return sum(taken) / len(taken)


@contextmanager
def served_model() -> Iterator[str]:
    """The address of the tests' chat model server, for as long as it runs."""
    command = [sys.executable, str(PROJECT / "tests" / "answering" / "chat_server.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


if __name__ == "__main__":
    main()
