"""What is said to a program that calls an endpoint that is not there, or one with other arguments than it takes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from gradio.route_utils import FnIndexInferError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

_CALLS: Final = "/gradio_api/call/"
_NAMED: Final = "/gradio_api/call/v2/"
"""Where arguments are given by name."""

_ADVICE: Final = "what can be called, and with what, is told at /?view=api"


async def _no_endpoint(request: Request, error: Exception) -> Response:
    name = request.url.path.rstrip("/").rpartition("/")[2]
    if not _is_call(request, _CALLS) or (isinstance(error, KeyError) and error.args != (f"/{name}",)):
        raise error
    return JSONResponse({"error": f"There is no endpoint {name}; {_ADVICE}."}, 404)


async def _other_arguments(request: Request, error: Exception) -> Response:
    if not _is_call(request, _NAMED):
        raise error
    reason = str(error).partition(". ")[0]
    return JSONResponse({"error": f"{reason}; {_ADVICE}."}, 422)


def _is_call(request: Request, calls: str) -> bool:
    return request.method == "POST" and request.url.path.startswith(calls)


REFUSALS: Final[dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]]] = {
    FnIndexInferError: _no_endpoint,
    KeyError: _no_endpoint,
    TypeError: _other_arguments,
}
"""What answers a call that fails so before it is taken; Gradio has no errors of its own for that, but the first."""
