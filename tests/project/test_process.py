"""A process is ended with all that belongs to it, at whatever moment."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import PIPE
from typing import TYPE_CHECKING

import pytest

from redfirst.project.process import start
from tests.support.processes import is_gone

if TYPE_CHECKING:
    from pathlib import Path

_PATIENCE = 60.0  # seconds; only a test that fails ever waits that long

# A wrapper, and what outlives its end: in a session of its own, without a parent, and until nobody
# writes to its standard input any more. So does a sandbox that is being set up.
OUTLIVES = """
exec 3<&0
(setsid sh -c 'echo $$ > noted; mv noted left; read line <&3' &)
read line <&3
"""


def left(folder: Path) -> int:
    """What outlives its wrapper, once it is there. The event loop stands still until then."""
    while not (folder / "left").exists():
        pass
    return int((folder / "left").read_text())


def test_whoever_leaves_while_a_process_starts_leaves_none(tmp_path: Path) -> None:
    async def leave() -> int:
        starting = asyncio.create_task(
            start(["sh", "-c", OUTLIVES], stdin=PIPE, stdout=PIPE, cwd=tmp_path)
        )
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        pid = left(tmp_path)
        starting.cancel()
        with pytest.raises(asyncio.CancelledError):
            async with asyncio.timeout(_PATIENCE):
                await starting
        return pid

    assert is_gone(asyncio.run(leave()))
