"""The output of a run, while its reader comes and goes."""

from __future__ import annotations

import asyncio

import pytest

from redfirst.probe import wire
from redfirst.project.probe_process import Output


async def ask(stream: asyncio.StreamReader) -> tuple[asyncio.Task[str], asyncio.Task[None]]:
    output = Output()
    reading = asyncio.create_task(output.read(stream))
    asking = asyncio.create_task(output.of_run())
    await asyncio.sleep(0)
    return asking, reading


def test_a_run_has_what_was_printed_before_its_mark() -> None:
    async def story() -> str:
        stream = asyncio.StreamReader()
        asking, reading = await ask(stream)
        stream.feed_data(b"some words" + wire.OUTPUT_MARK)
        said = await asking
        stream.feed_eof()
        await reading
        return said

    assert asyncio.run(story()) == "some words"


def test_whoever_is_stopped_as_the_output_comes_stops() -> None:
    """`asyncio.wait_for` forgot it before Python 3.12, and a stopped run went on for ever."""

    async def story() -> None:
        stream = asyncio.StreamReader()
        asking, reading = await ask(stream)
        stream.feed_data(wire.OUTPUT_MARK)
        stream.feed_eof()
        await asyncio.sleep(0)  # the output is there, and nobody has looked yet
        asking.cancel()
        await reading
        await asking

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(story())
