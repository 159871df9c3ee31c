"""The process that asks a model: it has the key and the network, and nothing of the project."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, Self

from redfirst.envoy import wire
from redfirst.project.process import end, start
from redfirst.project.sandbox.away import launch_away
from redfirst.project.sandbox.choose import choose
from redfirst.project.sandbox.level import Level
from redfirst.project.temporary import temporary_folder

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from types import TracebackType

PROGRAM: Final = Path(wire.__file__).with_name("__main__.py")
_LINE_LIMIT: Final = 8 << 20  # bytes
_OVERTIME: Final = 30.0  # seconds that the envoy has to say itself that time is up


class EnvoyFailed(Exception):  # noqa: N818
    """The process cannot be started, or ended without an answer; the message says how."""


@dataclass
class Envoy:
    """Started with the first order. Everything of it is gone when the context is left.

    `root` is the project that it must not see. Its orders are independent of each other: a server
    keeps nothing between them.
    """

    root: Path
    _process: asyncio.subprocess.Process | None = None
    _scratch: Path | None = None
    _errors: IO[bytes] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def ask(self, order: wire.Order) -> AsyncGenerator[wire.Message]:
        """What the envoy says, to the last word about this order. Whoever stops listening ends it.

        `EnvoyFailed` when it cannot be started, or dies.
        """
        is_over = False
        try:
            await _send(await self._started(), order)
            limit = order.access.timeout * (order.access.retries + 1) * 2 + _OVERTIME
            while not is_over:
                async with asyncio.timeout(limit):
                    message = await self._next(order.access.key)
                is_over = wire.is_last(message)
                yield message
        except TimeoutError as error:
            raise EnvoyFailed("it says nothing any more") from error
        finally:
            if not is_over:
                await self.close()

    async def close(self) -> None:
        """Kill the process, leave no file."""
        process, self._process = self._process, None
        scratch, self._scratch = self._scratch, None
        try:
            if process is not None:
                await end(process)
        finally:
            if self._errors is not None:
                self._errors.close()
                self._errors = None
            if scratch is not None:
                shutil.rmtree(scratch, ignore_errors=True)

    @property
    def pid(self) -> int | None:
        """The number of the process, once there is one."""
        return None if self._process is None else self._process.pid

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is not None and self._process.returncode is None:
            return self._process
        await self.close()  # what is left of one that has died since its last word
        self._scratch = temporary_folder("envoy")
        try:
            level = await asyncio.to_thread(_level)
            launch = await asyncio.to_thread(
                launch_away, PROGRAM, self.root, level, self._scratch, os.environ
            )
            self._errors = tempfile.TemporaryFile()  # noqa: SIM115  (closed with the process)
            self._process = await start(
                launch.command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=self._errors,
                cwd=self._scratch,
                env=dict(launch.environment),
                limit=_LINE_LIMIT,
            )
        except OSError as error:
            await self.close()
            raise EnvoyFailed(f"it cannot be started: {error}") from error
        return self._process

    async def _next(self, key: str) -> wire.Message:
        process = self._process
        if process is None or process.stdout is None:
            raise EnvoyFailed("it was ended")
        try:
            line = await process.stdout.readline()
            if line:
                return wire.decode(line)
        except ValueError as error:
            raise EnvoyFailed("it says what nobody understands") from error
        code = await process.wait()
        raise EnvoyFailed(f"it ended with code {code}: {self._last_words().replace(key, '')}")

    def _last_words(self) -> str:
        if self._errors is None:
            return ""
        self._errors.seek(0)
        lines = self._errors.read().decode("utf-8", "replace").splitlines()
        return next((line.strip() for line in reversed(lines) if line.strip()), "no word")


def _level() -> Level:
    return Level.BUBBLEWRAP if choose().level is Level.BUBBLEWRAP else Level.NONE


async def _send(process: asyncio.subprocess.Process, order: wire.Order) -> None:
    if process.stdin is not None:
        with suppress(ConnectionError):
            process.stdin.write(wire.encode(order))
            await process.stdin.drain()
