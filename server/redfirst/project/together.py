"""Works that are done at once, and are over together."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable

T = TypeVar("T")


async def all_of(works: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """Do all of them at once; what came of each, in their order. Raises what the first to fail did.

    When one fails, or whoever waits leaves early, each of the others is stopped once, and has the
    time to tidy up. `asyncio.gather` is over with the first that stops, so the others would be
    stopped a second time at the end of the loop, in the middle of that.
    """
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(work) for work in works]
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None
    return [task.result() for task in tasks]
