"""Every option of the assistant, its unit and its default."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError

DEFAULT_MODEL = "all-MiniLM-L6-v2"

EXTRACTIVE: Final = "extractive"
"""The writer that quotes the documents: as a chat model's name, it stands for none."""

ENV_FILE: Final = ".env"

MOST_MEGABYTES: Final = 1_000_000
"""The most that a limit may be set to, in millions of bytes. More would not fit the numbers that it is kept with."""

MOST_SECONDS: Final = 86_400
"""The same in seconds: a day."""

_OWN: Final = "Value error, "
"""What pydantic puts before the words of a check."""

SECRET = {("auth",), ("chat_model_key",), ("chat_model_url",), ("chroma_url",)}
"""Settings whose values no message shows: they are secrets, or may hold one."""


class Settings(BaseSettings):
    """The options, from arguments, the environment (``ASSISTANT_*``) or a ``.env`` file, in that order."""

    model_config = SettingsConfigDict(
        env_prefix="ASSISTANT_",
        env_file=ENV_FILE,
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        allow_inf_nan=False,
        hide_input_in_errors=True,  # it may be a secret, and a traceback shows what an error was raised from
    )

    documents: Path = Field(Path("documents"), description="The folder of documents.")
    index: Path = Field(Path("index"), description="The folder that holds the index.")
    model: str = Field(
        DEFAULT_MODEL,
        min_length=1,
        description="The embedding model: the packaged one, or a sentence-transformers name or folder.",
    )
    passage_characters: int = Field(
        700, ge=100, le=5000, description="The length that a passage is filled up to, in characters."
    )
    lock_timeout: float = Field(
        600.0,
        ge=0,
        le=MOST_SECONDS,
        description="How long a build waits for another build of the same index to end, in seconds.",
    )
    chroma_url: str | None = Field(
        None,
        description="The URL of a Chroma server that holds the vectors; without it, they are in the index folder.",
    )
    file_megabytes: float = Field(
        100.0, gt=0, le=MOST_MEGABYTES, description="The largest file that is read, in millions of bytes."
    )
    file_unpacked_megabytes: float = Field(
        500.0,
        gt=0,
        le=MOST_MEGABYTES,
        description="What an archive (DOCX, PPTX, XLSX, EPUB) may expand to, in millions of bytes.",
    )
    file_pages: int = Field(5000, ge=1, description="How many pages or slides a file may have.")
    file_characters: int = Field(20_000_000, ge=1, description="How much text a file may hold, in characters.")
    file_seconds: float = Field(
        120.0, gt=0, le=MOST_SECONDS, description="How long reading one file may take, in seconds."
    )
    file_memory_megabytes: int = Field(
        4000, ge=500, le=MOST_MEGABYTES, description="How much memory reading one file may take, in millions of bytes."
    )
    reranker: str | None = Field(
        None, description="A cross-encoder, by name or folder, that orders the passages anew; without it, none does."
    )
    caution: Literal["low", "balanced", "high"] = Field(
        "balanced",
        description="How sure the assistant must be before it answers: low answers more, high declines more.",
    )
    reading: bool = Field(
        True,
        description="Whether the packaged language model, where it is installed, reads the best passages before it is "
        "decided to answer: questions that have no answer are told better, and an answer takes about a second longer.",
    )

    chat_model: str | None = Field(
        None,
        min_length=1,
        description="The chat model that writes the answers, as provider:name; without it, they are quoted.",
    )
    chat_model_url: str | None = Field(
        None,
        description="The URL of the chat model's server, where it is not the provider's own.",
    )
    chat_model_key: SecretStr | None = Field(
        None, description="The key to the chat model, where it is not in the provider's own variable."
    )
    chat_model_context: int = Field(
        4096, ge=512, description="What the chat model can read and write for one answer, in tokens."
    )
    chat_model_reply: int = Field(
        400, ge=50, validate_default=True, description="How long its answer may be, in tokens."
    )
    chat_model_silence: float = Field(
        60.0,
        gt=0,
        le=MOST_SECONDS,
        description="How long the chat model may say nothing before it is given up, in seconds.",
    )
    chat_model_seconds: float = Field(
        180.0, gt=0, le=MOST_SECONDS, description="How long its answer may take, in seconds."
    )
    chat_model_retries: int = Field(
        2, ge=0, le=10, description="How often a request that failed in passing is sent again."
    )
    unsupported: Literal["mark", "drop"] = Field(
        "mark",
        description="What becomes of a sentence that nothing supports: mark strikes it through, drop leaves it out.",
    )
    cache_megabytes: float = Field(
        20.0,
        ge=0,
        le=MOST_MEGABYTES,
        description="How much room the chat model's past answers may take, in millions of bytes; 0: none kept.",
    )

    auth: SecretStr | None = Field(
        None, description="The login that the web chat, its API and its MCP tools ask for, as name:password."
    )
    readonly: bool | None = Field(
        None,
        description="Whether documents can't be added, removed or re-indexed from the web page; "
        "without it, they can be where the page is served to this machine alone.",
    )
    watch: bool = Field(
        False, description="Whether the web chat follows the documents folder and re-indexes by itself."
    )
    upload_megabytes: float = Field(
        20.0,
        gt=0,
        le=MOST_MEGABYTES,
        description="The largest file that can be added from the web page, in millions of bytes.",
    )
    upload_files: int = Field(20, ge=1, description="How many files can be added from the web page at once.")

    @field_validator("documents", "index", mode="before")
    @classmethod
    def _expand_folder(cls, value: object) -> object:
        if value == "":
            raise ValueError("it must name a folder")
        if "\0" in str(value):
            raise ValueError("no folder has a NUL character in its name")
        try:
            return Path(value).expanduser() if isinstance(value, str | Path) else value
        except RuntimeError as error:
            raise ValueError("nobody of that name has a home folder") from error

    @field_validator("index")
    @classmethod
    def _check_index(cls, value: Path, info: ValidationInfo) -> Path:
        documents = info.data.get("documents")
        if documents is not None and os.path.realpath(documents) == os.path.realpath(value):
            raise ValueError("it is the documents folder; the index needs one of its own")
        return value

    @field_validator("chat_model")
    @classmethod
    def _none_where_extractive(cls, value: str | None) -> str | None:
        return None if value == EXTRACTIVE else value

    @field_validator("auth")
    @classmethod
    def _check_auth(cls, value: SecretStr | None) -> SecretStr | None:
        name, _, password = value.get_secret_value().partition(":") if value else ("-", ":", "-")
        if not (name and password):
            raise ValueError("it must be a name, a colon and a password")
        return value

    @field_validator("chat_model_reply")
    @classmethod
    def _check_chat_model_reply(cls, value: int, info: ValidationInfo) -> int:
        if value > info.data.get("chat_model_context", value * 2) / 2:
            raise ValueError("it must leave half of ASSISTANT_CHAT_MODEL_CONTEXT to what the model reads")
        return value

    @field_validator("chat_model_url")
    @classmethod
    def _check_chat_model_url(cls, value: str | None) -> str | None:
        if value is not None and not _has_server(value):
            raise ValueError("it must be a URL, such as http://127.0.0.1:11434")
        return value

    @field_validator("chroma_url")
    @classmethod
    def _check_chroma_url(cls, value: str | None) -> str | None:
        if value is not None and not _has_server(value):
            raise ValueError("it must be a URL, such as http://127.0.0.1:8000")
        if value is not None and "@" in urlsplit(value).netloc:
            raise ValueError("the index keeps it for all to read, so there must be no name or password in it")
        return value

    @property
    def login(self) -> tuple[str, str] | None:
        """The name and password that the web chat asks for, or None where it asks for none."""
        if self.auth is None:
            return None
        name, _, password = self.auth.get_secret_value().partition(":")
        return name, password

    @classmethod
    def load(cls, **options: Any) -> Self:
        """Reads the settings.

        Args:
            **options: Values that go before the environment's; None stands for "not given".

        Raises:
            SettingsError: A value or the ``.env`` file cannot be used, or there is no such setting; the message names
                it.
        """
        if unknown := options.keys() - cls.model_fields.keys():
            raise SettingsError("; ".join(_no_setting(name, list(cls.model_fields)) for name in sorted(unknown)))
        try:
            return cls(**{name: value for name, value in options.items() if value is not None})
        except ValidationError as error:
            raise SettingsError("; ".join(map(_explain, error.errors()))) from error
        except UnicodeDecodeError as error:
            raise SettingsError(f"{Path(ENV_FILE).absolute()} is not UTF-8 text; save it as such.") from error
        except OSError as error:
            raise SettingsError(f"{Path(ENV_FILE).absolute()} cannot be read ({error.strerror}).") from error


def _has_server(url: str) -> bool:
    """Whether a URL is of the web, and names a host and, if any, a port that there can be."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _no_setting(name: str, settings: list[str]) -> str:
    nearest = get_close_matches(name, settings, n=1)
    advice = f"did you mean {nearest[0]!r}?" if nearest else f"choose one of: {', '.join(settings)}."
    return f"{name!r} is not a setting; {advice}"


def _explain(problem: Any) -> str:
    name = "ASSISTANT_" + "_".join(map(str, problem["loc"])).upper()
    value = "" if problem["loc"] in SECRET else f" ({problem['input']!r})"
    return f"{name} cannot be used{value}: {problem['msg'].removeprefix(_OWN)}"
