"""The errors that this package raises on purpose.

Every message names the thing at fault and what to do about it, in words for the person who asked.
"""


class AssistantError(Exception):
    """The base of every error that a caller may want to catch."""


class SettingsError(AssistantError):
    """A setting has a value that cannot be used."""


class QuestionError(AssistantError):
    """A question, or what was asked for with it, cannot be searched for."""


class DocumentError(AssistantError):
    """A document cannot be read, or is not known."""


class IndexingError(AssistantError):
    """The index cannot be built, opened or changed."""


class ChatModelError(AssistantError):
    """The chat model cannot be reached or used."""


class UnverifiedError(AssistantError):
    """Words that were to be cited do not stand where they were said to."""
