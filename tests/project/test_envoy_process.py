"""The process that asks a model is gone, with its folder, whatever becomes of it before."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import aclosing
from typing import TYPE_CHECKING

import pytest

from redfirst.envoy import wire
from redfirst.project.envoy_process import Envoy
from tests.support.processes import is_gone

if TYPE_CHECKING:
    from pathlib import Path

NOWHERE = wire.Access("a key", "http://127.0.0.1:1", timeout=60.0, retries=0)


async def reach(envoy: Envoy) -> int:
    """The number of the process that was asked."""
    async with aclosing(envoy.ask(wire.Reach(NOWHERE, "a model"))) as messages:
        assert [type(each) async for each in messages] == [wire.Failed]
    assert envoy.pid is not None
    return envoy.pid


def test_another_one_takes_the_place_of_one_that_died(tmp_path: Path, temporary: Path) -> None:
    async def ask_twice() -> None:
        async with Envoy(tmp_path) as envoy:
            first = await reach(envoy)
            os.kill(first, signal.SIGKILL)
            assert envoy._process is not None
            await envoy._process.wait()
            assert await reach(envoy) != first
            assert len(os.listdir(temporary)) == 1  # noqa: PTH208

    asyncio.run(ask_twice())
    assert not list(temporary.iterdir())


def test_whoever_does_not_wait_for_the_end_leaves_nothing(tmp_path: Path, temporary: Path) -> None:
    async def hurry() -> int:
        envoy = Envoy(tmp_path)
        process = await reach(envoy)
        closing = asyncio.create_task(envoy.close())
        await asyncio.sleep(0)
        closing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await closing
        return process

    assert is_gone(asyncio.run(hurry()))
    assert not list(temporary.iterdir())
