"""Two ways to do the same, timed in turns: what the machine does meanwhile hits both."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


@dataclass(frozen=True)
class Figure:
    """A measured ratio against its bound, if there is one. Times are in seconds, one a round."""

    name: str
    rival: str
    ours: tuple[float, ...]
    theirs: tuple[float, ...]
    bound: float | None
    aim: float | None

    @property
    def ratios(self) -> list[float]:
        """One for each round."""
        return [a / b for a, b in zip(self.ours, self.theirs, strict=True)]

    @property
    def ratio(self) -> float:
        """The median."""
        return statistics.median(self.ratios)

    @property
    def holds(self) -> bool:
        """Whether the promise is kept."""
        return self.bound is None or self.ratio <= self.bound


async def nothing() -> None:
    """Nothing needs to be waited for."""


@dataclass(frozen=True)
class Way:
    """One way to do something. `before` is awaited before either way is timed."""

    name: str
    do: Callable[[], Awaitable[None]]
    before: Callable[[], Awaitable[None]] = nothing


async def compare(  # noqa: PLR0913  (each of them is one word of the question)
    ours: Way, rival: Way, bound: float, aim: float | None, rounds: int, *, warm_up: int = 3
) -> Figure:
    """Interleaved rounds, after a few that are not counted."""
    for _ in range(warm_up):
        await ours.before()
        await ours.do()
    await rival.do()
    mine: list[float] = []
    its: list[float] = []
    for _ in range(rounds):
        await ours.before()
        mine.append(await _time(ours))
        await ours.before()
        its.append(await _time(rival))
    return Figure(ours.name, rival.name, tuple(mine), tuple(its), bound, aim)


async def _time(way: Way) -> float:
    begin = time.perf_counter()
    await way.do()
    return time.perf_counter() - begin
