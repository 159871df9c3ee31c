"""Long work in slices, so that what the person waits for comes in between."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from redfirst.lsp.state.session import Session

T = TypeVar("T")

_SLICE: Final = 0.02  # seconds


async def in_slices(session: Session, steps: Iterator[T | None]) -> AsyncIterator[list[T]]:
    """The results of `steps`, made on the session's worker, a slice at a time.

    Between two slices the worker takes what else is waiting. Ends early with the session.
    """
    ended = False
    while not ended and not session.ended:
        results, ended = await session.work(partial(_slice, steps))
        yield results


def _slice(steps: Iterator[T | None]) -> tuple[list[T], bool]:
    """What is done until the time is over, and whether that was all."""
    until = monotonic() + _SLICE
    results: list[T] = []
    for step in steps:
        if step is not None:
            results.append(step)
        if monotonic() >= until:
            return results, False
    return results, True
