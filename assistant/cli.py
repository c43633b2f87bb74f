"""The ``assistant`` command: a thin shell over `Assistant`.

Exit codes: 0 done; 1 an error, said in one line on stderr, or (for ``status``) an index that is out of date; 2 wrong
usage; 3 the documents do not answer the question; 130 interrupted (``serve``: 0).
"""

from __future__ import annotations

import logging
import sys
from importlib.metadata import version
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from assistant import terminal
from assistant.errors import AssistantError
from assistant.labels import printable

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.types import Message

FAILED = 1
NOT_ANSWERED = 3


app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Ask your documents questions; every sentence of an answer is cited to their exact words.",
)

Question = Annotated[str, typer.Argument(help="A question, in your own words.", show_default=False)]
Documents = Annotated[
    str | None,
    typer.Option(metavar="FOLDER", help="The folder of documents; else ASSISTANT_DOCUMENTS, else documents."),
]
Index = Annotated[
    str | None, typer.Option(metavar="FOLDER", help="The folder of the index; else ASSISTANT_INDEX, else index.")
]
Model = Annotated[
    str | None,
    typer.Option(
        help="Who writes the answer: a chat model, as provider:name, or extractive, which quotes the documents; "
        "else ASSISTANT_CHAT_MODEL, else extractive."
    ),
]
Sources = Annotated[
    list[str] | None,
    typer.Option("--source", help="Only this document, by its path in the folder; more than one may be given."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def _show_version(asked: bool) -> None:
    if asked:
        _stdout().print(version("cited-answers"))
        raise typer.Exit


@app.callback()
def options(
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log what is done to stderr.")] = False,
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    """Reads the options that stand before the command."""
    logging.basicConfig(stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    if verbose:
        logging.getLogger("assistant").setLevel(logging.DEBUG)


@app.command()
def index(
    documents: Documents = None,
    index: Index = None,
    full: Annotated[bool, typer.Option("--full", help="Build from scratch.")] = False,
    rollback: Annotated[bool, typer.Option("--rollback", help="Go back to the index before this one.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Go on following the folder until interrupted.")] = False,
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", help="Let a folder without documents empty the index.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the index up to date with the documents."""
    if rollback and (full or watch or allow_empty):
        raise typer.BadParameter("--rollback goes back and builds nothing: give it alone.")
    if watch and as_json:
        raise typer.BadParameter("--watch reports again and again: it has no one JSON document to print.")
    assistant = _open(documents, index)
    if rollback:
        info = assistant.rollback()
        if as_json:
            return _print_json(info)
        return _stdout().print(Text(f"Generation {info.generation} answers again."))
    with terminal.build_progress(_stderr()) as progress:
        report = assistant.reindex(full=full, allow_empty=allow_empty, progress=progress)
    if as_json:
        return _print_json(report)
    terminal.show_report(_stdout(), report)
    if watch:
        _watch(assistant, allow_empty=allow_empty)
    return None


@app.command()
def search(
    question: Question,
    documents: Documents = None,
    index: Index = None,
    k: Annotated[int, typer.Option("-k", help="How many passages.")] = 5,
    source: Sources = None,
    as_json: AsJson = False,
) -> None:
    """Find the passages that fit a question best."""
    passages = _open_built(documents, index).retrieve(question, k, source)
    if as_json:
        _print_json(passages)
    else:
        terminal.show_passages(_stdout(), passages)


@app.command()
def ask(
    question: Question,
    documents: Documents = None,
    index: Index = None,
    model: Model = None,
    source: Sources = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question, with its citations."""
    answer = _open_built(documents, index, model).ask(question, sources=source)
    if as_json:
        _print_json(answer)
    else:
        terminal.show_answer(_stdout(), answer)
    if not answer.answered:
        raise typer.Exit(NOT_ANSWERED)


@app.command()
def chat(documents: Documents = None, index: Index = None, model: Model = None, source: Sources = None) -> None:
    """Talk in the terminal; a question may build on those before it."""
    assistant = _open_built(documents, index, model)
    console = _stdout()
    console.print(Text("Ask a question. An empty line, Ctrl-D or Ctrl-C ends.", style="dim"))
    history: list[Message] = []
    while question := _next_question(console):
        try:
            answer = assistant.ask(question, history, source)
        except AssistantError as error:
            _complain(error)
            continue
        terminal.show_answer(console, answer)
        history += answer.messages


@app.command()
def serve(
    documents: Documents = None,
    index: Index = None,
    model: Model = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=0, max=65535)] = 7860,
    watch: Annotated[bool, typer.Option("--watch", help="Follow the documents folder; else ASSISTANT_WATCH.")] = False,
) -> None:
    """Serve the web chat."""
    from assistant.web import launch

    launch(_open(documents, index, model, watch=watch or None), host=host, port=port)


@app.command()
def feedback(documents: Documents = None, index: Index = None, as_json: AsJson = False) -> None:
    """Show what readers of the web chat thought of its answers."""
    from assistant.feedback import saved

    entries = list(saved(_open(documents, index).settings))
    if as_json:
        _print_json(entries)
    else:
        terminal.show_feedback(_stdout(), entries)


@app.command()
def status(documents: Documents = None, index: Index = None, as_json: AsJson = False) -> None:
    """Show the state of the index; exits with 1 when it is out of date."""
    state = _open(documents, index).status()
    if as_json:
        _print_json(state)
    else:
        terminal.show_status(_stdout(), state)
    if state.stale:
        raise typer.Exit(FAILED)


def main() -> None:
    """Runs the command line."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # where a character cannot be read or shown, the rest still can be
    try:
        app(prog_name="assistant")
    except AssistantError as error:
        _complain(error)
        sys.exit(FAILED)


def _open(documents: str | None, index: str | None, model: str | None = None, **options: Any) -> Assistant:
    from assistant import Assistant

    return Assistant(documents, index, chat_model=model, **options)


def _open_built(documents: str | None, index: str | None, model: str | None = None) -> Assistant:
    """The same with an index: the first one is built before the eyes of who waits for it."""
    from assistant.index import has_index

    assistant = _open(documents, index, model)
    if not has_index(assistant.settings.index):
        with terminal.build_progress(_stderr()) as progress:
            assistant.reindex(progress=progress)
    return assistant


def _watch(assistant: Assistant, *, allow_empty: bool) -> None:
    _stderr().print(Text("Watching the folder; Ctrl-C ends."))
    for report in assistant.watch(allow_empty=allow_empty):
        terminal.show_report(_stdout(), report)


def _next_question(console: Console) -> str:
    """The next line, or "" where there is none."""
    if sys.stdin is None:  # as `<&-` leaves it
        return ""
    try:
        return console.input("\n> ").strip()
    except EOFError:
        return ""


def _print_json(value: Any) -> None:
    from pydantic import TypeAdapter

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # as JSON is, wherever it goes: a quote stays verbatim
    sys.stdout.write(TypeAdapter(Any).dump_json(value, indent=2).decode() + "\n")


def _complain(error: AssistantError) -> None:
    _stderr().print(Text(printable(" ".join(str(error).split())), style="red"), soft_wrap=True)


def _stdout() -> Console:
    return Console(highlight=False)


def _stderr() -> Console:
    return Console(stderr=True, highlight=False)
