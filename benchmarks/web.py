"""The page's server under many clients who ask at once, beside a bare `Assistant.ask` in the same run.

python benchmarks/web.py
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

import numpy as np
from gradio_client import Client
from rich.console import Console
from rich.table import Table

from assistant import Assistant
from assistant.web import build

PROJECT = Path(__file__).parent.parent
CLIENTS = (1, 8, 32)
QUESTIONS = (
    "How many of the abductees returned to Japan?",
    "Who is Kim Yo-jong?",
    "When was the press conference?",
    "What is the capital of France?",
)
ROUNDS = 3
"""How often each client asks all of the questions, one after the other."""

Ask = Callable[[str], str]
"""Puts a question; gives back which question was answered."""


def main() -> None:
    """Measures, and prints a table."""
    table = Table("asking", "questions a second", "median s", "95% s", "99% s", "lost", "out of order")
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant(documents=PROJECT / "documents", index=Path(folder) / "index")
        page = build(assistant)
        page.launch(server_port=0, prevent_thread_lock=True, quiet=True)
        assistant.ask(QUESTIONS[0])
        table.add_row("bare Assistant.ask", *measure([lambda question: assistant.ask(question).question]))
        for count in CLIENTS:
            clients = [over_http(Client(page.address, verbose=False)) for _ in range(count)]
            table.add_row(f"{count} over HTTP", *measure(clients))
        page.close()
    Console().print(table)


def over_http(client: Client) -> Ask:
    """A client of the page's server."""
    return lambda question: str(client.predict(question=question, api_name="/ask")["question"])


def measure(clients: list[Ask]) -> list[str]:
    """Lets some clients ask at once, each one question after the other.

    Returns:
        The cells of the table: questions a second, percentiles in seconds, questions lost and out of order.
    """
    began = perf_counter()
    with ThreadPoolExecutor(len(clients)) as pool:
        runs = list(pool.map(_one, clients))
    took = perf_counter() - began
    seconds = np.concatenate([seconds for seconds, _ in runs])
    asked = list(QUESTIONS * ROUNDS)
    lost = sum(len(asked) - len(answered) for _, answered in runs)
    swapped = sum(answered != asked[: len(answered)] for _, answered in runs)
    percentiles = np.percentile(seconds, [50, 95, 99])
    return [f"{len(seconds) / took:.1f}", *(f"{value:.3f}" for value in percentiles), str(lost), str(swapped)]


def _one(ask: Ask) -> tuple[list[float], list[str]]:
    seconds, answered = [], []
    for question in QUESTIONS * ROUNDS:
        began = perf_counter()
        answered.append(ask(question))
        seconds.append(perf_counter() - began)
    return seconds, answered


if __name__ == "__main__":
    main()
