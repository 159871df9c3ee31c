"""Works that are done at once: none of them is left behind, whatever becomes of the others."""

from __future__ import annotations

import asyncio

import pytest

from redfirst.project.together import all_of

STEPS = 3  # that tidying up takes; each one takes another number


def test_results_come_in_the_order_of_the_works() -> None:
    async def work(number: int) -> int:
        for _ in range(STEPS - number):
            await asyncio.sleep(0)
        return number

    assert asyncio.run(all_of(map(work, range(STEPS)))) == list(range(STEPS))
    assert asyncio.run(all_of(map(work, []))) == []


def test_whoever_leaves_lets_all_tidy_up() -> None:
    tidy: list[int] = []

    async def leave() -> None:
        doing = asyncio.create_task(all_of(_waits_for_ever(one, tidy) for one in range(STEPS)))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        doing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await doing
        assert tidy == list(range(STEPS))

    asyncio.run(leave())


def test_a_failure_stops_the_others_and_is_raised_as_it_is() -> None:
    tidy: list[int] = []

    async def fail() -> None:
        await asyncio.sleep(0)
        raise OSError("no")

    async def both() -> None:
        with pytest.raises(OSError, match="no"):
            await all_of([_waits_for_ever(2, tidy), fail()])
        assert tidy == [2]

    asyncio.run(both())


async def _waits_for_ever(number: int, tidy: list[int]) -> None:
    try:
        await asyncio.Event().wait()
    finally:
        for _ in range(number * STEPS):
            await asyncio.sleep(0)
        tidy.append(number)
