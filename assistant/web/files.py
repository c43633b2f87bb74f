"""The documents' files themselves, for whoever wants to see the original as it was made."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

from assistant.errors import AssistantError
from assistant.index.folder import is_ignored

if TYPE_CHECKING:
    from assistant.assistant import Assistant

FILES: Final = "/files"
"""Where they are served."""
PDF: Final = ".pdf"


def file_route(assistant: Assistant) -> Route:
    """Serves the files of the documents of an index, and no others."""

    def serve(request: Request) -> FileResponse:
        source = request.path_params["source"]
        try:
            assistant.document(source)
            path = file_of(assistant, source)
        except (AssistantError, OSError) as error:
            raise HTTPException(404) from error
        if path is None:
            raise HTTPException(404)
        shown = is_pdf(source)
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-cache"}
        if not shown:  # Chromium opens no PDF in a sandbox
            headers["Content-Security-Policy"] = "sandbox"
        return FileResponse(
            path,
            headers=headers,
            media_type="application/pdf" if shown else "application/octet-stream",
            filename=source.rsplit("/", 1)[-1],
            content_disposition_type="inline" if shown else "attachment",
        )

    return Route(FILES + "/{source:path}", serve)


def file_of(assistant: Assistant, source: str) -> Path | None:
    """Where the file of a document is; None where it is gone, leads out of the folder, or is a text in memory.

    Raises:
        OSError: It cannot be looked at.
    """
    if assistant.in_memory:
        return None
    folder = assistant.settings.documents.resolve()
    path = (folder / source).resolve()
    if not path.is_relative_to(folder) or is_ignored(path, folder, assistant.settings.index.resolve()):
        return None
    return path if path.is_file() else None


def file_url(source: str) -> str:
    """The address of a document's file, relative to the page's."""
    return f"{FILES.removeprefix('/')}/{quote(source)}"


def is_pdf(source: str) -> bool:
    """Whether a browser shows the file, and at a page."""
    return source.lower().endswith(PDF)


def has_changed(path: Path, sha256: str) -> bool:
    """Whether a file has other bytes than those of a digest.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() != sha256
