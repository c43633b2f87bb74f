"""How much of a file the readers take on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from assistant.settings import Settings

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost; beyond it the file is reported and left out.

    Attributes:
        megabytes: The file's length, in millions of bytes.
        unpacked_megabytes: What an archive (DOCX, PPTX, XLSX, EPUB) expands to, in millions of bytes.
        pages: Pages or slides.
        characters: Of extracted text.
        seconds: Reading time.
        memory_megabytes: Memory of the process that parses it, in millions of bytes.
    """

    megabytes: float = 100.0
    unpacked_megabytes: float = 500.0
    pages: int = 5000
    characters: int = 20_000_000
    seconds: float = 120.0
    memory_megabytes: int = 4000

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The limits that the settings give."""
        return cls(
            megabytes=settings.file_megabytes,
            unpacked_megabytes=settings.file_unpacked_megabytes,
            pages=settings.file_pages,
            characters=settings.file_characters,
            seconds=settings.file_seconds,
            memory_megabytes=settings.file_memory_megabytes,
        )
