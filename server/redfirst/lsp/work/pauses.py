"""What is done once something has not happened for a while."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable


class Pauses:
    """One wait for each thing; whoever waits again begins from the start. On the event loop."""

    def __init__(self) -> None:
        self._timers: dict[Hashable, asyncio.TimerHandle] = {}

    def after(self, seconds: float, thing: Hashable, work: Callable[[], object]) -> None:
        """Do `work` that long from now, unless somebody asks for the same thing until then."""
        self.forget(thing)
        loop = asyncio.get_running_loop()
        self._timers[thing] = loop.call_later(seconds, self._over, thing, work)

    def forget(self, thing: Hashable) -> None:
        """Nothing is waited for."""
        timer = self._timers.pop(thing, None)
        if timer is not None:
            timer.cancel()

    def close(self) -> None:
        """Nothing is waited for any more."""
        for thing in list(self._timers):
            self.forget(thing)

    def _over(self, thing: Hashable, work: Callable[[], object]) -> None:
        del self._timers[thing]
        work()
