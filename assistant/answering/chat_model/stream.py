"""An asynchronous stream, read from an ordinary thread, that ends at its source when the reader stops."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from functools import lru_cache
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final, TypeVar

Item = TypeVar("Item")

TICK: Final = 0.5
"""Seconds after which a reader that waits is given control, so that it can stop."""


def read(source: AsyncGenerator[Item, None]) -> Iterator[Item | None]:
    """Reads an asynchronous generator; closing the iterator cancels what the generator is waiting for.

    Args:
        source: Where the items come from; it runs in a thread of its own.

    Yields:
        The items; None whenever there was none for `TICK` seconds.
    """
    received: SimpleQueue[Item | None] = SimpleQueue()

    async def pump() -> None:
        async with aclosing(source):
            async for item in source:
                received.put(item)

    pumping = asyncio.run_coroutine_threadsafe(pump(), _loop())
    pumping.add_done_callback(lambda _: received.put(None))
    try:
        while not (pumping.done() and received.empty()):
            try:
                item = received.get(timeout=TICK)
            except Empty:
                item = None
            if item is not None or not pumping.done():
                yield item
        pumping.result()
    finally:
        pumping.cancel()


@lru_cache(maxsize=1)
def _loop() -> asyncio.AbstractEventLoop:
    """The process's one loop for chat models: their clients keep connections that belong to a loop."""
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="chat models", daemon=True).start()
    return loop
