"""Processes that stand prepared for the files that were run last, so that the next run of one of
them begins where pytest would collect. Each serves once; another is prepared in its place.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from redfirst.project.stamps import identity, stamps

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine
    from pathlib import Path

    from redfirst.probe import wire
    from redfirst.project.probe_process import ProbeProcess
    from redfirst.project.sandbox import Sandbox
    from redfirst.project.stamps import Identity, Stamp

_PREPARING_LIMIT: Final = 60.0  # seconds

_State = tuple[dict[str, "Stamp"], tuple[tuple["Path", ...], ...], tuple["Identity", ...]]


@dataclass(frozen=True, slots=True)
class Place:
    """What a process is prepared for, and the folder where it works."""

    interpreter: Path
    sandbox: Sandbox
    folder: Path
    order: wire.Prepare


@dataclass(frozen=True, slots=True)
class _Prepared:
    place: Place
    process: ProbeProcess
    state: _State


class Shelf:
    """Has room for so many processes; the place that was not asked for longest loses first."""

    def __init__(self, room: int) -> None:
        self.room = room
        self._stock: list[_Prepared] = []
        self._useless: dict[Place, _State] = {}
        self._preparing: set[asyncio.Task[Any]] = set()
        self._ending: set[asyncio.Task[Any]] = set()

    async def take(self, place: Place) -> ProbeProcess | None:
        """A process that stands as a new one would after the same preparation."""
        while (one := self._find(place)) is not None:
            self._stock.remove(one)
            is_current = False
            try:
                current = await asyncio.to_thread(_state, place, one.process)
                is_current = one.process.is_alive and current == one.state
            finally:  # whoever asked may leave while we look
                if not is_current:
                    self.end(one.process)
            if is_current:
                return one.process
        return None

    def restock(self, place: Place, start: Callable[[], Awaitable[ProbeProcess]]) -> None:
        """Prepare another process for the place, when there is time."""
        if self.room:
            _keep(self._preparing, self._prepare(place, start))

    def end(self, process: ProbeProcess) -> None:
        """End a process, when there is time."""
        _keep(self._ending, process.close())

    async def settled(self) -> None:
        """Wait until all that is being prepared stands ready."""
        while tasks := self._preparing | self._ending:
            await asyncio.wait(tasks)

    def clear(self) -> None:
        """End every process, when there is time."""
        stock, self._stock = self._stock, []
        for one in stock:
            self.end(one.process)

    async def close(self) -> None:
        """End every process."""
        self.room = 0
        for task in self._preparing:
            task.cancel()
        self.clear()
        await self.settled()

    def _find(self, place: Place) -> _Prepared | None:
        return next((one for one in self._stock if one.place == place), None)

    async def _prepare(self, place: Place, start: Callable[[], Awaitable[ProbeProcess]]) -> None:
        with suppress(OSError, TimeoutError):  # the next run will say what is wrong
            process = await start()
            is_prepared = False
            try:
                is_prepared = await self._is_prepared(place, process)
            finally:
                if not is_prepared:
                    self.end(process)

    async def _is_prepared(self, place: Place, process: ProbeProcess) -> bool:
        await process.greet(_PREPARING_LIMIT)
        before = await asyncio.to_thread(_state, place, process)
        if self._useless.get(place) == before:
            return False
        if not await process.prepare(place.order, _PREPARING_LIMIT):
            self._useless[place] = before
            return False
        self._stock.sort(key=lambda one: one.place == place)  # its like moves to the end with it
        self._stock.append(_Prepared(place, process, before))
        while len(self._stock) > self.room:
            self.end(self._stock.pop(0).process)
        return True


def _keep(tasks: set[asyncio.Task[Any]], work: Coroutine[Any, Any, object]) -> None:
    task = asyncio.create_task(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)


def _state(place: Place, process: ProbeProcess) -> _State:
    """What the process was made from, and what it shows: as seen from where it works."""
    test_file, sandbox = place.order.test_file, place.sandbox
    made_from = stamps(place.folder, test_file, place.interpreter, process.installed)
    outlook = sandbox.outlook(place.interpreter, os.environ)
    shown = (place.folder, *(folder for folders in outlook for folder in folders))
    return made_from, outlook, tuple(map(identity, shown))
