"""How answers, passages and the state of the index look in a terminal; coloured only where it is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.filesize import decimal
from rich.markdown import Markdown
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from assistant.labels import byline, count, place, printable
from assistant.types import Answer, Citation, IndexReport, IndexStatus, Passage

if TYPE_CHECKING:
    from assistant.index.progress import Progress as BuildProgress
    from assistant.index.progress import Stage

NEAREST = 3
"""Passages offered as reading under a refusal."""


def show_answer(console: Console, answer: Answer) -> None:
    """Shows an answer and the words that it cites, or a refusal and what could be read instead."""
    if answer.note:
        _write(console, answer.note, "dim")
    if answer.searched_for != answer.question:
        _write(console, f"Searched for: {answer.searched_for}", "dim")
    if console.is_terminal:
        console.print(Markdown(printable(answer.text)))
    else:
        _write(console, answer.plain)
    if answer.answered:
        for citation in answer.citations:
            _write(console, "")
            head = f"[{citation.number}] {place(citation)}"
            _show_quote(console, f"{head} ({byline(citation)})" if byline(citation) else head, citation)
    elif answer.passages:
        _write(console, "\nThe nearest passages:")
        show_passages(console, answer.passages[:NEAREST])


def show_passages(console: Console, passages: Sequence[Passage]) -> None:
    """Shows passages, each under its place."""
    for number, passage in enumerate(passages, start=1):
        if number > 1:
            _write(console, "")
        _show_quote(console, f"{number}. {place(passage)}", passage)


def show_report(console: Console, report: IndexReport) -> None:
    """Shows what a build did."""
    outcome = f"Generation {report.generation}" if report.published else "Nothing has changed"
    _write(console, f"{outcome}: {count(report.documents, 'document')}, {count(report.passages, 'passage')}.")
    _show_sources(console, "added", report.added)
    _show_sources(console, "updated", report.updated)
    _show_sources(console, "removed", report.removed)
    _show_sources(console, "renamed", (f"{old} → {new}" for old, new in report.renamed.items()))
    _show_failures(console, report.failed)
    if report.published:
        _write(console, f"{count(report.embedded, 'passage')} embedded in {report.seconds:.1f} s.", "dim")


def show_status(console: Console, status: IndexStatus) -> None:
    """Shows the state of the index, and what is out of date."""
    table = Table.grid(padding=(0, 2))
    for name, value in (
        ("generation", status.index.generation),
        ("documents", f"{status.index.documents:,}"),
        ("passages", f"{status.index.passages:,}"),
        ("model", f"{status.model}, in {status.precision}"),
        ("size", decimal(status.size)),
        ("built", f"{status.index.built.astimezone():%Y-%m-%d %H:%M}, {timedelta(seconds=int(status.age))} ago"),
    ):
        table.add_row(Text(name, style="dim"), Text(printable(value)))
    console.print(table)
    if status.rebuild:
        _write(console, f"The next build makes the index anew: {status.rebuild}", "yellow")
    _show_sources(console, "not indexed yet", status.added)
    _show_sources(console, "changed since", status.updated)
    _show_sources(console, "gone since", status.removed)
    _show_failures(console, status.failed)
    _write(console, "Out of date: run assistant index." if status.stale else "Up to date.", "bold")


def show_feedback(console: Console, entries: Iterable[Mapping[str, Any]]) -> None:
    """Shows what readers thought of answers, oldest first."""
    for entry in entries:
        opinion = "withdrawn" if entry["liked"] is None else "liked" if entry["liked"] else "disliked"
        _write(console, f"{entry['time']} {opinion}: {entry['question']}", "bold")
        _write(console, str(entry["answer"]))


@contextmanager
def build_progress(console: Console) -> Iterator[BuildProgress]:
    """Bars with counts and the time left while an index is built; nothing where the console is no terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        tasks: dict[Stage, TaskID] = {}

        def show(stage: Stage, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield show


def _show_quote(console: Console, head: str, item: Passage | Citation) -> None:
    quote = item.quote if isinstance(item, Citation) else item.text
    _write(console, head, "bold")
    if console.is_terminal:
        console.print(Padding(Text(printable(quote)), (0, 0, 0, 4)))
    else:
        _write(console, quote)


def _show_sources(console: Console, what: str, sources: Iterable[str]) -> None:
    for source in sources:
        _write(console, f"  {what}: {source}")


def _show_failures(console: Console, failed: dict[str, str]) -> None:
    for source, reason in failed.items():
        named = reason if reason.startswith(source) else f"{source}: {reason}"
        _write(console, f"  failed: {named}", "red")


def _write(console: Console, line: str, style: str = "") -> None:
    """One line as it is: not wrapped, for the next program; nothing in it taken for markup."""
    console.print(Text(printable(line), style=style), soft_wrap=True)
