"""The page's server under many clients who ask at once, beside a bare `Assistant.ask`, and how soon the page is there.

python benchmarks/web.py [--rounds 3] [--visits 5]

Two tables in Markdown. The page is opened in a real browser, each time with nothing cached.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from gradio_client import Client
from playwright.sync_api import Browser, sync_playwright
from rich import box
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

Ask = Callable[[str], str]
"""Puts a question; gives back which question was answered."""


def main() -> None:
    """Measures, and prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="how often each client asks all of the questions")
    parser.add_argument("--visits", type=int, default=5, help="how often the page is opened")
    arguments = parser.parse_args()
    headings = "asking", "questions a second", "median s", "95% s", "99% s", "lost", "out of order"
    asking, opening = (
        Table(*headings, box=box.MARKDOWN),
        Table("opening the page", "median s", "worst s", box=box.MARKDOWN),
    )
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant(documents=PROJECT / "documents", index=Path(folder) / "index")
        page = build(assistant)
        page.launch(server_port=0, prevent_thread_lock=True, quiet=True)
        assistant.ask(QUESTIONS[0])
        for what, seconds in visit(page.address, arguments.visits).items():
            opening.add_row(what, f"{median(seconds):.2f}", f"{max(seconds):.2f}")
        questions = list(QUESTIONS * arguments.rounds)
        asking.add_row("bare Assistant.ask", *measure([lambda question: assistant.ask(question).question], questions))
        for count in CLIENTS:
            clients = [over_http(Client(page.address, verbose=False)) for _ in range(count)]
            asking.add_row(f"{count} over HTTP", *measure(clients, questions))
        page.close()
    console = Console(width=120)
    console.print(asking, opening)


def visit(address: str, times: int) -> dict[str, list[float]]:
    """Opens the page in a browser.

    Returns:
        By what was waited for, the seconds since the address was entered.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        seen = [_visit(browser, address) for _ in range(times)]
        browser.close()
    return {what: [each[what] for each in seen] for what in seen[0]}


def _visit(browser: Browser, address: str) -> dict[str, float]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.get_by_label("Your question").fill("")
    usable = page.evaluate("performance.now()")
    page.locator(".example").first.wait_for()
    whole = page.evaluate("performance.now()")
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    context.close()
    return {"first paint": paint / 1000, "a usable field": usable / 1000, "example questions": whole / 1000}


def over_http(client: Client) -> Ask:
    """A client of the page's server."""
    return lambda question: str(client.predict(question=question, api_name="/ask")["question"])


def measure(clients: list[Ask], questions: list[str]) -> list[str]:
    """Lets some clients ask at once, each one question after the other.

    Args:
        clients: Each asks all of the questions.
        questions: In the order in which they are asked.

    Returns:
        The cells of the table: questions a second, percentiles in seconds, questions lost and out of order.
    """
    began = perf_counter()
    with ThreadPoolExecutor(len(clients)) as pool:
        runs = list(pool.map(lambda ask: _one(ask, questions), clients))
    took = perf_counter() - began
    seconds = np.concatenate([seconds for seconds, _ in runs])
    lost = sum(len(questions) - len(answered) for _, answered in runs)
    swapped = sum(answered != questions[: len(answered)] for _, answered in runs)
    percentiles = np.percentile(seconds, [50, 95, 99])
    return [f"{len(seconds) / took:.1f}", *(f"{value:.3f}" for value in percentiles), str(lost), str(swapped)]


def _one(ask: Ask, questions: list[str]) -> tuple[list[float], list[str]]:
    seconds, answered = [], []
    for question in questions:
        began = perf_counter()
        answered.append(ask(question))
        seconds.append(perf_counter() - began)
    return seconds, answered


if __name__ == "__main__":
    main()
