"""Processes that stand prepared for the files that were run last, so that the next run of one of
them begins where pytest would collect. Each serves once; another is prepared in its place.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redfirst.project.stamps import stamps

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from redfirst.probe import wire
    from redfirst.project.probe_process import ProbeProcess
    from redfirst.project.sandbox import Sandbox
    from redfirst.project.stamps import Stamp

_PREPARING_LIMIT: Final = 60.0  # seconds

_State = tuple[dict[str, "Stamp"], tuple[tuple["Path", ...], ...]]


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

    def __init__(self, root: Path, room: int) -> None:
        self.room = room
        self._root = root
        self._stock: list[_Prepared] = []
        self._useless: dict[Place, _State] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def take(self, place: Place) -> ProbeProcess | None:
        """A process that stands as a new one would after the same preparation."""
        while (one := self._find(place)) is not None:
            self._stock.remove(one)
            current = await asyncio.to_thread(self._state, place, one.process)
            if one.process.is_alive and current == one.state:
                return one.process
            self._do(one.process.close())
        return None

    def restock(self, place: Place, start: Callable[[], Awaitable[ProbeProcess]]) -> None:
        """Prepare another process for the place, when there is time."""
        self._do(self._prepare(place, start))

    async def settled(self) -> None:
        """Wait until all that is being prepared stands ready."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def clear(self) -> None:
        """End every process, when there is time."""
        stock, self._stock = self._stock, []
        for one in stock:
            self._do(one.process.close())

    async def close(self) -> None:
        """End every process."""
        self.room = 0
        for task in self._tasks:
            task.cancel()
        await self.settled()
        self.clear()
        await self.settled()

    def _find(self, place: Place) -> _Prepared | None:
        return next((one for one in self._stock if one.place == place), None)

    def _do(self, work: Awaitable[object]) -> None:
        async def done() -> None:
            await work

        task = asyncio.create_task(done())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _prepare(self, place: Place, start: Callable[[], Awaitable[ProbeProcess]]) -> None:
        if self.room == 0:
            return
        with suppress(OSError, TimeoutError):  # the next run will say what is wrong
            process = await start()
            try:
                if await self._is_prepared(place, process):
                    return
            except BaseException:
                await asyncio.shield(process.close())
                raise
            await process.close()

    async def _is_prepared(self, place: Place, process: ProbeProcess) -> bool:
        await process.greet(_PREPARING_LIMIT)
        before = await asyncio.to_thread(self._state, place, process)
        if self._useless.get(place) == before:
            return False
        if not await process.prepare(place.order, _PREPARING_LIMIT):
            self._useless[place] = before
            return False
        self._stock.sort(key=lambda one: one.place == place)  # its like moves to the end with it
        self._stock.append(_Prepared(place, process, before))
        while len(self._stock) > self.room:
            self._do(self._stock.pop(0).process.close())
        return True

    def _state(self, place: Place, process: ProbeProcess) -> _State:
        made_from = stamps(self._root, place.order.test_file, place.interpreter, process.installed)
        return made_from, place.sandbox.outlook(place.interpreter, os.environ)
