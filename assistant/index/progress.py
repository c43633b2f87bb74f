"""How far a build has come."""

from __future__ import annotations

from typing import Literal, Protocol

Stage = Literal["read", "embed", "store", "check", "publish"]


class Progress(Protocol):
    """Called as a build goes on; what it raises ends the build.

    The index then stays as it was, unless the third step of "publish" was done: from there on the new one answers.
    """

    def __call__(self, stage: Stage, done: int, total: int) -> None:
        """Takes note of a step.

        Args:
            stage: "read" counts documents; "embed", "store" and "check" count passages; "publish" counts steps. Where a
                stage has nothing to do, it is passed over.
            done: How many are done.
            total: How many there are, 1 or more.
        """


def silent(stage: Stage, done: int, total: int) -> None:
    """Takes note of nothing."""
