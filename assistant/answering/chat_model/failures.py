"""What a chat model's failure means for the person who asked, in one sentence that shows no key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from assistant.errors import ChatModelError

KEY_VARIABLES: Final = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY"}
"""Where a provider's own client looks for the key."""

_UNREACHABLE: Final = ("ConnectError", "APIConnectionError", "ConnectionError", "ConnectionRefusedError", "gaierror")
_CUT_OFF: Final = ("RemoteProtocolError", "ReadError", "IncompleteRead", "ConnectionResetError", "APIError")
_SLOW: Final = ("TimeoutError", "APITimeoutError", "ReadTimeout", "ConnectTimeout", "PoolTimeout")


def explain(error: BaseException, name: str, where: str) -> ChatModelError:
    """Tells what went wrong and what to do about it.

    The provider's own message is left out: some repeat the key, or the whole prompt.

    Args:
        error: What the provider's client raised.
        name: The chat model's name, as provider:name.
        where: Its server's URL, or a name for the provider's own.
    """
    status = next((status for cause in _causes(error) if (status := _status(cause))), None)
    if status is not None:
        return ChatModelError(_by_status(status, name, where))
    kinds = {kind.__name__ for cause in _causes(error) for kind in type(cause).__mro__}
    if kinds.intersection(_SLOW):
        return ChatModelError(
            f"The chat model {name} took too long; try again, or raise ASSISTANT_CHAT_MODEL_SILENCE or "
            "ASSISTANT_CHAT_MODEL_SECONDS."
        )
    if kinds.intersection(_CUT_OFF) and not kinds.intersection(_UNREACHABLE):
        return ChatModelError(f"The chat model {name} broke off in the middle of its reply; try again.")
    if kinds.intersection(_UNREACHABLE):
        return ChatModelError(
            f"The chat model {name} cannot be reached ({where}); start its server, or set ASSISTANT_CHAT_MODEL_URL to "
            "where it is."
        )
    return ChatModelError(
        f"The chat model {name} gave a reply that cannot be read ({type(error).__name__}); check that "
        f"{where} serves it."
    )


def missing_key(provider: str) -> ChatModelError:
    """There is no key for a provider that wants one."""
    return ChatModelError(
        f"The chat model needs a key: set ASSISTANT_CHAT_MODEL_KEY or {KEY_VARIABLES[provider]} to yours."
    )


def unknown_name(name: str) -> ChatModelError:
    """A name that LangChain cannot make a model of."""
    return ChatModelError(
        f"{name!r} names no chat model; set ASSISTANT_CHAT_MODEL to a provider and a name, such as ollama:llama3.2."
    )


def not_set_up(name: str, error: Exception) -> ChatModelError:
    """A provider's client that cannot be made of the settings: it lacks a key, or something else that it asks for.

    Its own message is left out: it may repeat what it was given.

    Args:
        name: The chat model's name, as provider:name.
        error: What the client raised.
    """
    return ChatModelError(
        f"The chat model {name} cannot be set up ({type(error).__name__}); set ASSISTANT_CHAT_MODEL_KEY and what else "
        "its provider asks for."
    )


def missing_package(extra: str, reason: str) -> ChatModelError:
    """A package is not installed.

    Args:
        extra: The extra of this package that brings it, or "" where none does.
        reason: What the import said.
    """
    if extra:
        return ChatModelError(f"The chat model needs more packages: run pip install 'cited-answers[{extra}]'.")
    return ChatModelError(f"The chat model needs another package: {' '.join(reason.split())}.")


def _by_status(status: int, name: str, where: str) -> str:
    match status:
        case 401 | 403:
            return f"{where} refused the key for the chat model {name}; set ASSISTANT_CHAT_MODEL_KEY to a valid one."
        case 404:
            return f"{where} has no chat model {name}; set ASSISTANT_CHAT_MODEL to one that it serves."
        case 400 | 413 | 422:
            return (
                f"{where} refused the question to the chat model {name} ({status}); set ASSISTANT_CHAT_MODEL_CONTEXT "
                "to no more than its context window."
            )
        case 429:
            return f"{where} takes no more questions to the chat model {name} for now; wait, or check your quota."
        case _:
            return f"{where} failed to run the chat model {name} ({status}); look into that server's log."


def _status(error: BaseException) -> int | None:
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) and status >= 400 else None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what led to it."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
