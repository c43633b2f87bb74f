"""The page as a server: its look, its login, its limits, and what it says when it is reached from elsewhere."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import redirect_stdout, suppress
from importlib.resources import files
from io import StringIO
from socket import AF_INET, AF_INET6, SO_REUSEADDR, SOL_SOCKET, socket
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Final

import gradio as gr
from gradio_client import Client
from rich.console import Console
from rich.text import Text
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from assistant.errors import AssistantError
from assistant.loopback import bypass_proxies, is_loopback
from assistant.web.calls import REFUSALS
from assistant.web.files import file_route
from assistant.web.guard import Guard
from assistant.web.reports import said

if TYPE_CHECKING:
    from assistant.assistant import Assistant

_LOG: Final = logging.getLogger(__name__)

TITLE: Final = "Cited answers"
FONTS: Final = ("fontpkg_source_serif_4", "files")
SCRIPTS: Final = ("page.js", "original.js", "chat.js", "conversations.js", "documents.js")
PART: Final[dict[str, Any]] = {"apply_default_css": False}
"""A part of the page brings its own look."""
QUIET: Final[dict[str, Any]] = {"api_visibility": "private", "show_progress": "hidden"}
"""What the page does is no endpoint for programs, and shows its progress itself."""
STATIC: Final = files("assistant.web").joinpath("static")
AT_ONCE: Final = 16
"""Questions that are answered at the same time; further ones wait in line."""


class Page(gr.Blocks):
    """Gradio's page with this project's defaults: whatever launches it gets the same one.

    Attributes:
        unchangeable: Why documents cannot be added, removed and re-indexed from the page, or ""; known once it is
            launched.
    """

    def __init__(self, assistant: Assistant) -> None:
        """Begins a page.

        Args:
            assistant: Who answers.
        """
        super().__init__(title=TITLE, analytics_enabled=False, fill_width=True, delete_cache=(3600, 3600))
        self.settings = assistant.settings
        self._assistant = assistant
        self.unchangeable = self._why_unchangeable(local=True)
        self._closed = Event()
        self._getting_ready: Thread | None = None

    def launch(self, *args: Any, **options: Any) -> Any:
        """Serves the page.

        Args:
            *args: As of `gradio.Blocks.launch`.
            **options: As of `gradio.Blocks.launch`; they go before this project's own.

        Raises:
            AssistantError: The address is not one to serve on, or its port is taken.
        """
        host = (options.get("server_name") or "127.0.0.1").strip("[]")
        port = 7860 if options.get("server_port") is None else options["server_port"]
        local, login = is_loopback(host), self.settings.login
        self.unchangeable = self._why_unchangeable(local=local)
        if not local and login is None:
            _LOG.warning(
                "Anyone who reaches %s can read the documents; ASSISTANT_AUTH=name:password asks for a login.", host
            )
        launched = self._serve(host, port, args, {**self._ours(local=local and login is None), **options})
        if login is not None and self.mcp_server_obj is not None:
            # Gradio's MCP server reaches the endpoints as a client of its own, which has to log in like any other.
            self.mcp_server_obj._client_instance = Client(  # noqa: SLF001
                self.local_url, auth=login, download_files=False, verbose=False, analytics_enabled=False
            )
        self._getting_ready = Thread(target=self._prepare, name="prepare")
        self._getting_ready.start()
        if self.settings.watch:
            Thread(target=self._watch, name="watch", daemon=True).start()
        if not options.get("prevent_thread_lock"):
            where = Text(f"The web chat is at {self.address} (Ctrl-C ends it).")  # no markup: [fd00::5] is an address
            Console(stderr=True, highlight=False).print(where)
            self.block_thread()
        return launched

    def _why_unchangeable(self, *, local: bool) -> str:
        """Why documents cannot be changed from a page that is served to this machine alone, or not; "" if they can."""
        if self._assistant.in_memory:
            return "These documents are texts in memory: there are no files to change."
        if self.settings.readonly:
            return "Documents cannot be changed from this page (ASSISTANT_READONLY)."
        if self.settings.readonly is None and not local:
            return (
                "Documents cannot be changed from this page: it is served to other machines too. "
                "ASSISTANT_READONLY=false lets everyone who reaches it change them."
            )
        return ""

    def _ours(self, *, local: bool) -> dict[str, Any]:
        """This project's own options for Gradio; `local` as of `Guard`."""
        login = self.settings.login
        guard = Middleware(Guard, login=login, refused=lambda: self.unchangeable, local=local)
        routes = [Mount("/fonts", StaticFiles(packages=[FONTS])), file_route(self._assistant)]
        return {
            "head": head(),
            "favicon_path": str(STATIC.joinpath("favicon.svg")),
            "auth": login,
            "app_kwargs": {"middleware": [guard], "routes": routes, "exception_handlers": dict(REFUSALS)},
            "mcp_server": True,
            "show_error": True,
            "max_file_size": int(self.settings.upload_megabytes * 1_000_000),
            "footer_links": ["api"],  # without it there is no page at /?view=api
            "run_history": False,
            "enable_monitoring": False,
            "ssr_mode": False,
            "share": False,
        }

    def _serve(self, host: str, port: int, args: Sequence[Any], options: dict[str, Any]) -> Any:
        self.queue(default_concurrency_limit=AT_ONCE)
        bypass_proxies()  # Gradio asks its own server whether it is up
        try:
            address = {"server_name": f"[{host}]" if ":" in host else host, "server_port": usable_port(host, port)}
            with redirect_stdout(StringIO()):  # Gradio tells of its MCP server even where it is to be quiet
                return super().launch(*args, **{**options, **address, "prevent_thread_lock": True, "quiet": True})
        except OSError as error:
            reason = error.strerror or error
            raise AssistantError(
                f"Port {port} of {host} cannot be served on ({reason}); choose another port, or another address."
            ) from error

    def block_thread(self) -> None:
        """Waits until the page is closed or interrupted."""
        with suppress(KeyboardInterrupt):
            self._closed.wait()
        self.close()

    def close(self, verbose: bool = False) -> None:
        """Ends the page, and what goes on behind it."""
        self._closed.set()
        super().close(verbose)
        if self._getting_ready:
            self._getting_ready.join()  # a program that ends while libraries are being imported ends with their errors

    def _prepare(self) -> None:
        """Sees to it that the first question is answered as fast as any other."""
        try:
            self._assistant.prepare()
        except AssistantError as error:
            _LOG.warning("No question can be answered yet: %s", error)

    def _watch(self) -> None:
        """Keeps the index up to date; the next question is answered from the new one."""
        try:
            for report in self._assistant.watch(self._closed):
                _LOG.info("The documents have changed: %s", said(report))
        except AssistantError as error:
            _LOG.error("The documents are not followed any more: %s", error)

    @property
    def address(self) -> str:
        """Where the page is served, as a URL that ends in ``/``."""
        return str(self.local_url)


def head() -> str:
    """The styles and scripts of the page, all of them in it: nothing is fetched from elsewhere."""
    style = STATIC.joinpath("style.css").read_text(encoding="utf-8")
    script = "\n".join(STATIC.joinpath(name).read_text(encoding="utf-8") for name in SCRIPTS)
    return f"<style>{style}</style>\n<script>{script}</script>"


def usable_port(host: str, port: int) -> int:
    """A port that can be served on: the one asked for, or any where that is 0.

    Raises:
        OSError: The host is no address of this machine, or the port is taken or reserved.
    """
    with socket(AF_INET6 if ":" in host else AF_INET) as listener:
        listener.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        listener.bind((host, port))
        return int(listener.getsockname()[1])
