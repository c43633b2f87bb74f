"""A chat model by its name, through LangChain: what it says, piece by piece, or one kind of error."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import aclosing
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import ValidationError

from assistant.answering.chat_model.failures import (
    KEY_VARIABLES,
    explain,
    missing_key,
    missing_package,
    not_set_up,
    unknown_name,
)
from assistant.answering.chat_model.stream import read
from assistant.errors import ChatModelError
from assistant.loopback import bypass_proxies
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

Prompt = Sequence[tuple[Literal["system", "user", "assistant"], str]]
"""What the model is told: who speaks, and the words."""

PROVIDERS: Final = ("ollama", "openai", "anthropic")
"""Those for which this package has an extra; LangChain knows more."""

THINKING: Final = 4000
"""Tokens that a hosted model may use, beside its reply, to think."""

LONGEST_TOKEN: Final = 12
"""Characters; a reply of more than so many for each token that it may have does not end by itself."""

_CUT: Final = frozenset({"length", "max_tokens"})
_FILTERED: Final = frozenset({"content_filter", "refusal", "safety"})
_ENDS: Final = tuple(".!?:])”\"'’。！？")


class Connection:
    """A chat model that can be asked. Safe to use from several threads.

    Attributes:
        name: The model's name, as the settings have it.
        where: Its server, in words for the reader.
        identity: All that its replies depend on, beside what it is told.
    """

    def __init__(self, settings: Settings) -> None:
        """Chooses the model that the settings name; nothing is imported or asked yet.

        Raises:
            ChatModelError: They name none.
        """
        if settings.chat_model is None:
            raise ChatModelError("No chat model is set; set ASSISTANT_CHAT_MODEL to one, such as ollama:llama3.2.")
        self._settings = settings
        self._provider, self._model_name = _provider_and_name(settings.chat_model, settings.chat_model_url)
        self.name = settings.chat_model
        url = urlsplit(settings.chat_model_url or "")
        # Not the whole URL: it may hold a password.
        self.where = f"{url.hostname}:{url.port}" if url.port else url.hostname or f"the server of {self._provider}"
        host = url.netloc.rpartition("@")[2]
        self.identity = f"{self.name} at {host}{url.path}, {settings.chat_model_reply} tokens"
        self._opening = Lock()
        self._opened: BaseChatModel | None = None

    def reply(self, prompt: Prompt) -> Generator[str, None, bool]:
        """What the model says, piece by piece; closing the iterator stops the model at its server.

        Args:
            prompt: What it is told.

        Yields:
            The next piece; "" now and then while there is none.

        Returns:
            Whether the reply is whole; it is not where it was cut at its greatest length.

        Raises:
            ChatModelError: It cannot be reached, breaks off, does not end, or says nothing.
        """
        reason = ""
        for piece in read(self._pieces(self._open(), prompt)):
            words, reason = piece or ("", reason)
            yield words
        return reason.casefold() not in _CUT

    async def _pieces(self, model: BaseChatModel, prompt: Prompt) -> AsyncGenerator[tuple[str, str], None]:
        """The pieces, each with why the reply ended, as far as that is known."""
        from langsmith import tracing_context

        settings, reply, reason = self._settings, "", ""
        try:
            async with (
                asyncio.timeout(settings.chat_model_seconds),
                asyncio.timeout(settings.chat_model_silence) as silence,
                aclosing(model.astream(list(prompt))) as chunks,  # type: ignore[type-var]
            ):
                # What is asked and answered stays between the user and the model, whatever the environment says.
                with tracing_context(enabled=False):
                    async for chunk in chunks:
                        reply, reason = reply + chunk.text, _reason(chunk) or reason
                        patience = 0.0 if self._endless(reply) else settings.chat_model_silence
                        # Only an exception from within hangs up at once; leaving the loop would leave it to chance.
                        silence.reschedule(asyncio.get_running_loop().time() + patience)
                        yield chunk.text, reason
        except Exception as error:
            if self._endless(reply):
                raise ChatModelError(f"The chat model {self.name} did not come to an end.") from error
            raise explain(error, self.name, self.where) from error
        self._check(reply, reason)

    def _endless(self, reply: str) -> bool:
        return len(reply) > LONGEST_TOKEN * self._settings.chat_model_reply

    def _check(self, reply: str, reason: str) -> None:
        if reason.casefold() in _FILTERED:
            raise ChatModelError(f"The content filter of the chat model {self.name} stopped its reply.")
        if not reply.strip():
            raise ChatModelError(f"The chat model {self.name} said nothing.")
        if self._endless(reply):
            raise ChatModelError(f"The chat model {self.name} did not come to an end.")
        if not reason and not reply.rstrip().endswith(_ENDS):
            raise ChatModelError(f"The chat model {self.name} broke off in the middle of its reply; try again.")

    def _open(self) -> BaseChatModel:
        with self._opening:
            if self._opened is None:
                self._opened = self._load()
            return self._opened

    def _load(self) -> BaseChatModel:
        key = self._key()
        bypass_proxies()  # many a chat model is served on this machine
        try:
            from langchain.chat_models import init_chat_model

            create = partial(init_chat_model, self._model_name, model_provider=self._provider or None)
            return create(**self._options(), **({"api_key": key} if key else {}))
        except ValidationError as error:
            raise not_set_up(self.name, error) from error
        except ImportError as error:
            raise missing_package(self._provider if self._provider in PROVIDERS else "", str(error)) from error
        except ValueError as error:
            raise unknown_name(self.name) from error
        except Exception as error:  # each provider's client has errors of its own
            raise not_set_up(self.name, error) from error

    def _key(self) -> str:
        settings = self._settings
        if settings.chat_model_key is not None:
            return settings.chat_model_key.get_secret_value()
        if self._provider in KEY_VARIABLES and settings.chat_model_url:
            return "none"  # a key that is meant for the provider's own server is not sent to another one
        if self._provider in KEY_VARIABLES and not os.environ.get(KEY_VARIABLES[self._provider]):
            raise missing_key(self._provider)
        return ""

    def _options(self) -> dict[str, Any]:
        settings, url = self._settings, self._settings.chat_model_url
        options: dict[str, Any] = {"max_retries": settings.chat_model_retries}
        if url:
            options["base_url"] = f"{url.rstrip('/')}/v1" if _lacks_path(url) and self._provider == "openai" else url
        if self._provider == "ollama":
            size = {"num_ctx": settings.chat_model_context, "num_predict": settings.chat_model_reply}
            # A model that thinks at length would use its reply up before it answers.
            return options | size | {"temperature": 0.0, "reasoning": False}
        if url and self._provider == "openai":
            # Older servers know this name of the limit only.
            return options | {"extra_body": {"max_tokens": settings.chat_model_reply}, "temperature": 0.0}
        return options | {"max_tokens": settings.chat_model_reply + THINKING}


def _provider_and_name(name: str, url: str | None) -> tuple[str, str]:
    """A model's name in two; a server that is given by its URL is taken for an OpenAI-compatible one."""
    provider, separator, rest = name.partition(":")
    if separator and rest and (provider in PROVIDERS or not url):
        return provider, rest
    return ("openai" if url else ""), name


def _lacks_path(url: str) -> bool:
    return urlsplit(url).path in ("", "/")


def _reason(chunk: AIMessageChunk) -> str:
    """Why the model ended its reply, in its provider's words, or "" where it did not yet."""
    told = chunk.response_metadata
    if chunk.additional_kwargs.get("refusal"):
        return "refusal"
    return str(told.get("finish_reason") or told.get("stop_reason") or told.get("done_reason") or "")
