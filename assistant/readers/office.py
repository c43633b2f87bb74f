"""What Office files and e-books have in common: they are zip archives with XML in them."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from assistant.errors import DocumentError
from assistant.readers.draft import Draft
from assistant.readers.limits import MEGABYTE

_PROPERTIES = "docProps/core.xml"
_ENCRYPTED = 1
"""The bit among a member's flags."""

_DIGITS = 15
"""What office programs keep of a number."""


def figure(value: float) -> str:
    """A number as a cell would show it with room enough: without the noise behind what is kept of it."""
    return f"{value:.{_DIGITS}g}" if abs(value) < 10**_DIGITS else f"{value:.0f}"


def open_archive(data: bytes, draft: Draft) -> ZipFile:
    """Opens an archive, unless it is locked or would expand to too much.

    Args:
        data: The file.
        draft: Knows the limit.

    Raises:
        DocumentError: It has a password, or would be too large.
        zipfile.BadZipFile: It is no archive.
    """
    archive = ZipFile(BytesIO(data))
    if any(member.flag_bits & _ENCRYPTED for member in archive.infolist()):
        raise DocumentError(f"{draft.source} is protected by a password; save it without one.")
    # No member gives more than the directory says, so the sum holds even where the directory lies.
    size = sum(member.file_size for member in archive.infolist()) / MEGABYTE
    if size > draft.limits.unpacked_megabytes:
        raise DocumentError(
            f"{draft.source} unpacks to {size:,.0f} megabytes, and {draft.limits.unpacked_megabytes:,g} are read at "
            "most; split it, or raise ASSISTANT_FILE_UNPACKED_MEGABYTES."
        )
    return archive


def parse_xml(data: bytes) -> etree._Element:
    """The root element of an XML file; entities are left alone, so that they cannot expand.

    Args:
        data: The file.

    Raises:
        etree.XMLSyntaxError: It is not well-formed.
    """
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))


def add_properties(archive: ZipFile, draft: Draft) -> None:
    """Takes the title, author and date from an Office file's properties.

    Args:
        archive: The file.
        draft: What they are given to.
    """
    if _PROPERTIES not in archive.namelist():
        return
    properties = parse_xml(archive.read(_PROPERTIES))
    draft.title = _property(properties, "title")
    draft.author = _property(properties, "creator")
    draft.date = _property(properties, "created") or _property(properties, "modified")


def _property(properties: etree._Element, name: str) -> str | None:
    return properties.findtext(f"{{*}}{name}")
