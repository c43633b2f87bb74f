"""What stands before Gradio: a login for MCP and the files, which its own leaves open, and no unwanted visits."""

from __future__ import annotations

import base64
from collections.abc import Callable
from secrets import compare_digest
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.loopback import is_loopback
from assistant.web.files import FILES

MCP: Final = "/gradio_api/mcp"
UPLOAD: Final = "/gradio_api/upload"

_ELSEWHERE: Final = (
    "This page is served to its own machine alone, as 127.0.0.1 or localhost. "
    "To reach it by another name, start it with a login (ASSISTANT_AUTH=name:password)."
)
_ANOTHER_SITE: Final = (
    "This page does not answer to other websites. "
    "If it stands behind a reverse proxy, let that pass on the Host that it was asked for."
)


class Guard:
    """Middleware that turns away what must not reach the page."""

    def __init__(self, app: ASGIApp, *, login: tuple[str, str] | None, refused: Callable[[], str], local: bool) -> None:
        """Stands before an application.

        Args:
            app: What it guards.
            login: The name and password that MCP clients must send (HTTP Basic), and without which no file is sent to
                whoever is not logged in to the page; None lets all in.
            refused: Tells why uploads are refused now, or "".
            local: Whether only this machine is served, and by its own names: a website that has its name lead here
                (DNS rebinding) would else read the documents through its visitor's browser.
        """
        self._app = app
        self._login = login
        self._refused = refused
        self._local = local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request itself, or passes it on."""
        if scope["type"] == "http":
            send = _unframed(send)
            path, headers = scope["path"], Headers(scope=scope)
            if self._local and not is_loopback(_host(headers)):
                return await PlainTextResponse(_ELSEWHERE, 421)(scope, receive, send)
            if _is_of_another_site(headers):
                return await PlainTextResponse(_ANOTHER_SITE, 403)(scope, receive, send)
            if self._login and path.startswith(MCP) and not self._is_known(headers):
                asked = {"WWW-Authenticate": 'Basic realm="Cited answers"'}
                return await PlainTextResponse("A login is needed.", 401, asked)(scope, receive, send)
            if self._login and path.startswith(FILES) and not (self._is_known(headers) or _is_in(scope)):
                return await PlainTextResponse("A login is needed.", 401)(scope, receive, send)
            if path.startswith(UPLOAD) and (reason := self._refused()):
                return await PlainTextResponse(reason, 403)(scope, receive, send)
        return await self._app(scope, receive, send)

    def _is_known(self, headers: Headers) -> bool:
        scheme, _, credentials = headers.get("authorization", "").partition(" ")
        try:
            given = base64.b64decode(credentials, validate=True)
        except ValueError:  # no base64, or not even ASCII
            return False
        return scheme.lower() == "basic" and compare_digest(given, ":".join(self._login or ()).encode())


def _unframed(send: Send) -> Send:
    """Sends what no other website can show in a frame of its own.

    Its visitor would else see that website, and click on this one. Browsers name no origin when they fill a frame.
    """

    async def send_unframed(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["X-Frame-Options"] = "SAMEORIGIN"
        await send(message)

    return send_unframed


def _host(headers: Headers) -> str:
    """The name by which the page is asked for, without the port; "" where there is none."""
    try:
        return urlsplit(f"//{headers.get('host', '')}").hostname or ""
    except ValueError:  # brackets that do not close
        return ""


def _is_of_another_site(headers: Headers) -> bool:
    """Whether another website sends the request, through the browser of someone who visits it.

    Gradio lets such a website read what comes back, but for a few names of the host; and a file can be uploaded by one
    without its leave. Programs send no origin.
    """
    origin = headers.get("origin")
    # What a browser says of itself, and no script can: it holds behind a reverse proxy that renames the host too.
    if origin is None or headers.get("sec-fetch-site") == "same-origin":
        return False
    return origin.lower().partition("://")[2] != headers.get("host", "").lower()


def _is_in(scope: Scope) -> bool:
    """Whether a browser has logged in to the page, as Gradio tells it."""
    app, cookies = scope["app"], HTTPConnection(scope).cookies
    names = (f"access-token-{app.cookie_id}", f"access-token-unsecure-{app.cookie_id}")
    return any(app.tokens.get(cookies.get(name)) is not None for name in names)
