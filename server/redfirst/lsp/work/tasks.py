"""What is running for the person, and how it is stopped."""

from __future__ import annotations

import asyncio
import logging
import os
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Hashable, Iterable

T = TypeVar("T")

_AT_ONCE: Final = max(2, os.cpu_count() or 1)  # more would only slow the editor down

_log = logging.getLogger(__name__)


class Stopped(Exception):  # noqa: N818  # nothing went wrong
    """The work was stopped by newer work on the same thing, or because somebody asked for it."""


class Tasks:
    """One run for each thing (a spec) at a time; a newer one takes the place of the older.

    What a person asked for outranks what a save set off: that waits until the other is over. Work
    is stopped by cancelling it, and counts as running until it has tidied up after itself.
    """

    def __init__(self, at_once: int = _AT_ONCE) -> None:
        self._asked: defaultdict[Hashable, set[asyncio.Task[Any]]] = defaultdict(set)
        self._set_off: defaultdict[Hashable, set[asyncio.Task[Any]]] = defaultdict(set)
        self._places = asyncio.Semaphore(at_once)

    async def ask(self, thing: Hashable, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """The result of `work`, which replaces everything that runs for `thing`.

        Whoever is cancelled while waiting cancels the work. `Stopped` when it was stopped.
        """
        older = {*self._asked[thing], *self._set_off[thing]}
        task = asyncio.create_task(self._replacing(older, work))
        _keep(self._asked[thing], task)
        try:
            return await task
        except asyncio.CancelledError:
            waiting = asyncio.current_task()
            if waiting is not None and waiting.cancelling():
                raise
            raise Stopped from None

    def set_off(
        self, thing: Hashable, work: Callable[[], Coroutine[Any, Any, None]]
    ) -> asyncio.Task[None]:
        """Work that nobody waits for, behind what was asked for; it replaces what was set off."""
        before = partial(_ended, self._asked[thing])
        older = set(self._set_off[thing])
        task = asyncio.create_task(self._replacing(older, work, before))
        _keep(self._set_off[thing], task)
        task.add_done_callback(_log_failure)
        return task

    async def close(self) -> None:
        """Stop everything, and wait until nothing of it is left."""
        tasks = [task for group in self._groups() for task in group]
        for task in tasks:
            task.cancel()
        await _ended(tasks)

    async def _replacing(
        self,
        older: Iterable[asyncio.Task[Any]],
        work: Callable[[], Coroutine[Any, Any, T]],
        before: Callable[[], Coroutine[Any, Any, None]] | None = None,
    ) -> T:
        for task in older:
            task.cancel()
        await _ended(older)
        if before is not None:
            await before()
        async with self._places:
            return await work()

    def _groups(self) -> Iterable[set[asyncio.Task[Any]]]:
        return (*self._asked.values(), *self._set_off.values())


def _keep(group: set[asyncio.Task[Any]], task: asyncio.Task[Any]) -> None:
    group.add(task)
    task.add_done_callback(group.discard)


def _log_failure(task: asyncio.Task[Any]) -> None:
    """Nobody asks how such work ended, and what went wrong with it must not get lost."""
    error = None if task.cancelled() else task.exception()
    if error is not None:
        _log.error("Work in the background failed", exc_info=error)


async def _ended(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Wait for the end of tasks, whatever it is; leaving early does not end them."""
    waiting = set(tasks)
    if waiting:
        await asyncio.wait(waiting)
