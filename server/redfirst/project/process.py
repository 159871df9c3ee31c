"""Processes are started whole or not at all, and ended with all that belongs to them."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, Protocol

from redfirst.project.sandbox.processes import end_children

if TYPE_CHECKING:
    from collections.abc import Sequence

_GRACE: Final = 30.0  # seconds for the pipes of a killed process to run dry, on a busy machine
_KILLED: Final = -9


class Process(Protocol):
    """A process that was started, by us or by a template."""

    stdin: asyncio.StreamWriter | None
    stdout: asyncio.StreamReader | None
    stderr: asyncio.StreamReader | None

    @property
    def pid(self) -> int:
        """It leads the session and the group of that number."""
        ...

    @property
    def returncode(self) -> int | None:
        """`None` while it runs."""
        ...

    async def wait(self) -> int:
        """Its exit code."""
        ...


async def start(command: Sequence[str], **how: Any) -> asyncio.subprocess.Process:  # noqa: ANN401  # as asyncio's
    """As `asyncio.create_subprocess_exec`, in a session of its own. `OSError` when it cannot be
    started. Whoever leaves early leaves no process behind.

    Alone, asyncio would then kill the process and wait for pipes that it has not connected: for
    ever, if a sandbox that is being set up has outlived its wrapper and waits for us.
    """
    starting = asyncio.ensure_future(
        asyncio.create_subprocess_exec(*command, start_new_session=True, **how)
    )
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        with suppress(OSError):
            await end(await starting)
        raise


async def end(process: Process) -> int:
    """Kill it with its group, and with the sandbox that it may be setting up; its exit code.

    Whoever is stopped meanwhile leaves when it is over. `wait` may last as long as anybody holds
    one of its pipes: so it did before Python 3.13.
    """
    if process.returncode is None:
        end_children(process.pid)
        end_group(process.pid)
    if process.stdin is not None:
        process.stdin.close()  # what no signal reached hears that nobody listens any more
    waiting = asyncio.ensure_future(process.wait())
    try:
        await asyncio.wait([waiting], timeout=_GRACE)
    except asyncio.CancelledError:
        await asyncio.wait([waiting], timeout=_GRACE)
        raise
    finally:
        waiting.cancel()
    return _KILLED if process.returncode is None else process.returncode


def end_group(group: int) -> None:
    """Kill the processes of a group."""
    if os.name == "nt":
        import subprocess  # noqa: PLC0415

        subprocess.run(  # noqa: S603
            ["taskkill", "/F", "/T", "/PID", str(group)],  # noqa: S607
            check=False,
            capture_output=True,
        )
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)
