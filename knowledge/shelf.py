"""The library as a process holds it: opened once, in a thread, at the first use or before it.

The first opening on a machine makes the index, which takes a while; whoever asks meanwhile is told so instead of being kept waiting.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from kit.errors import Unavailable
from knowledge.search import Library

_log = structlog.get_logger()


class Shelf:
    """`open_library` is called once; after a failure the next use tries again."""

    def __init__(self, open_library: Callable[[], Library], wait_s: float = 5.0) -> None:
        self._open, self._wait_s = open_library, wait_s
        self._opening: asyncio.Task[Library] | None = None

    def begin(self) -> None:
        """Starts opening, and returns at once."""
        if self._opening is None or (self._opening.done() and (self._opening.cancelled() or self._opening.exception() is not None)):
            self._opening = asyncio.create_task(asyncio.to_thread(self._open))

    async def library(self, wait_s: float | None = None) -> Library:
        """Raises Unavailable while the index is being made, or when it cannot be."""
        self.begin()
        assert self._opening is not None
        try:
            return await asyncio.wait_for(asyncio.shield(self._opening), self._wait_s if wait_s is None else wait_s)
        except TimeoutError as error:
            raise Unavailable("articles_are_being_indexed", "the articles are still being read in", retry_after_s=10) from error
        except Exception as error:
            _log.exception("articles_are_away")
            raise Unavailable("articles_are_away", "the articles cannot be read just now", retry_after_s=10) from error
