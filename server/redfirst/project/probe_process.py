"""One process of the probe, as the client sees it: messages, output, and how to end it."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from redfirst.probe import wire
from redfirst.project.process import end, end_group, start
from redfirst.project.sandbox.processes import outer_number
from redfirst.project.temporary import temporary_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from redfirst.project.process import Process
    from redfirst.project.sandbox import Launch, Sandbox

CAN_FORK: Final = hasattr(os, "fork")

PROBE: Final = Path(wire.__file__).with_name("__main__.py")
_OUTPUT_KEPT: Final = 65536  # bytes
_CHUNK: Final = 65536
_SIGNALLED: Final = 128  # a wrapper adds the number of the signal that ended its command
_OF_NO_RUN: Final = (wire.Ready, wire.Unavailable, wire.Prepared)
_GRACE: Final = 5.0  # seconds for pipes to run dry after a process was killed


@dataclass
class Output:
    """The tail of what the runs print; a mark ends the output of each."""

    _tail: bytes = b""
    _complete: asyncio.Queue[bytes] = field(default_factory=asyncio.Queue[bytes])

    async def read(self, stream: asyncio.StreamReader) -> None:
        """Until the stream ends."""
        while chunk := await stream.read(_CHUNK):
            self._tail += chunk
            while wire.OUTPUT_MARK in self._tail:
                output, _, self._tail = self._tail.partition(wire.OUTPUT_MARK)
                self._complete.put_nowait(output)
            self._tail = self._tail[-_OUTPUT_KEPT - len(wire.OUTPUT_MARK) :]
        self._complete.put_nowait(self._tail)

    async def of_run(self) -> str:
        """What the run that just ended printed; what there is, when its end does not come."""
        try:
            # Not `wait_for`: before Python 3.12 it may lose the wish to stop.
            async with asyncio.timeout(_GRACE):
                output = await self._complete.get()
        except TimeoutError:
            output = self._tail
        return output[-_OUTPUT_KEPT:].decode("utf-8", "replace")


class ProbeProcess:
    """A started probe. It serves one run at a time; without `fork`, it serves only one."""

    def __init__(self, process: Process, scratch: Path, launch: Launch | None = None) -> None:
        self._process = process
        self._scratch = scratch
        self._is_wrapped = launch is not None and launch.has_own_processes
        self._group: int | None = None
        self._given_to: wire.Run | None = None
        self._prepared_for: str | None = None
        self._is_spent = False
        self._greeting: wire.Message | None = None
        self._learn: Callable[[list[str]], None] = _ignore
        self._on_closed: Callable[[], None] = _do_nothing
        self._run = ""
        self._alias = ""
        self._output = Output()
        self._reading = asyncio.create_task(self._output.read(_pipe(process.stderr)))
        self._messages: asyncio.Queue[wire.Message | None] = asyncio.Queue()
        self._listening = asyncio.create_task(listen(_pipe(process.stdout), self._messages))

    @classmethod
    async def start(
        cls, interpreter: Path, root: Path, sandbox: Sandbox, *options: str
    ) -> ProbeProcess:
        """Start the probe with `root` as its working directory. `OSError` when it cannot be."""
        scratch = temporary_folder("run")
        once = () if CAN_FORK or "--once" in options else ("--once",)
        command = (str(interpreter), str(PROBE), *once, *options)
        try:
            # It looks through folders, and the first time asks the interpreter.
            launch = await asyncio.to_thread(sandbox.launch, command, scratch, os.environ)
            process = await start(
                launch.command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                cwd=root,
                env=dict(launch.environment),
            )
        except BaseException:
            shutil.rmtree(scratch, ignore_errors=True)
            raise
        return cls(process, scratch, launch)

    async def receive(self, limit: float | None) -> wire.Message | None:
        """The next message; `None` when no more will come. `TimeoutError` after `limit` seconds."""
        while True:
            message = await self._next(limit)
            if isinstance(message, wire.Spawned):
                self._group = self._outer(message.group)
            elif isinstance(message, wire.Learned):
                self._learn(message.modules)
            elif message is None or isinstance(message, _OF_NO_RUN):
                return message
            elif getattr(message, "run", None) == self._alias:
                return replace(message, run=self._run)

    async def _next(self, limit: float | None) -> wire.Message | None:
        with suppress(asyncio.QueueEmpty):  # many come at once, and a timer for each costs more
            return self._messages.get_nowait()
        async with asyncio.timeout(limit):
            return await self._messages.get()

    async def greet(self, limit: float) -> wire.Message | None:
        """What the process says first, however often it is asked. As `receive` else."""
        if self._greeting is None:
            self._greeting = await self.receive(limit)
        return self._greeting

    async def prepare(self, order: wire.Prepare, limit: float) -> bool:
        """Have everything done that can be done before. Whether it could be: else the process is of
        no use any more. `TimeoutError` after `limit` seconds.
        """
        if not isinstance(await self.greet(limit), wire.Ready):
            return False
        self._prepared_for = order.test_file
        await self._tell(order)
        return await self.receive(limit) == wire.Prepared(None)

    def on_learned(self, learn: Callable[[list[str]], None]) -> None:
        """Who is to be told of the installed modules that a run imported."""
        self._learn = learn

    def on_closed(self, tell: Callable[[], None]) -> None:
        """Who is to be told that the process is no more."""
        self._on_closed = tell

    async def enter(self, folder: Path) -> None:
        """Work in another folder than the one it was started in."""
        await self._tell(wire.Enter(str(folder), str(self._scratch)))

    def can_perform(self, run: wire.Run) -> bool:
        """Whether the process is there, and not given to another test file or module."""
        if not self.is_alive or self._is_spent:
            return False
        if self._prepared_for not in (None, run.test_file):
            return False
        given = self._given_to
        return given is None or (
            (given.test_file, given.modules) == (run.test_file, run.modules) and bool(run.stub)
        )

    async def send(self, run: wire.Run) -> None:
        """Have a run performed; a process that is gone shows when its messages are read.

        There it has a name that nobody can guess: what is said of another run is forged.
        """
        known = run.stub and self._given_to is not None
        if run.stub:
            self._given_to = run
        self._is_spent = self._prepared_for is not None and run.measure is not None
        self._run, self._alias = run.run, secrets.token_hex(8)
        modules = {} if known else run.modules
        await self._tell(replace(run, run=self._alias, modules=modules))

    async def _tell(self, message: wire.Message) -> None:
        pipe = self._process.stdin
        with suppress(ConnectionError):
            if pipe is not None:
                pipe.write(wire.encode(message))
                await pipe.drain()

    def _outer(self, group: int) -> int:
        """The group's number out here. That of a group that is gone stands for the whole."""
        if not self._is_wrapped:
            return group
        return outer_number(self._process.pid, group) or self._process.pid

    async def output(self) -> str:
        """What the run that just ended printed."""
        return await self._output.of_run()

    def end_run(self) -> None:
        """Kill the current run with everything that it started in its session."""
        if self._group is not None:
            end_group(self._group)

    def run_is_over(self) -> None:
        """The probe has seen to the processes of the run itself; their number may be used anew."""
        self._group = None

    async def close(self) -> int:
        """Kill everything, leave no file; the exit code of the process."""
        self.end_run()
        try:
            code = await end(self._process)
            _, unread = await asyncio.wait([self._reading, self._listening], timeout=_GRACE)
            for task in unread:
                task.cancel()
        finally:
            await asyncio.to_thread(shutil.rmtree, self._scratch, ignore_errors=True)
            self._on_closed()
        wrapped_signal = self._is_wrapped and code > _SIGNALLED
        return _SIGNALLED - code if wrapped_signal else code

    @property
    def installed(self) -> tuple[Path, ...]:
        """The folders of installed packages, of a process that looked for them and was greeted."""
        greeting = self._greeting
        return tuple(map(Path, greeting.installed)) if isinstance(greeting, wire.Ready) else ()

    @property
    def is_alive(self) -> bool:
        """Whether it is there to be asked."""
        return self._process.returncode is None


async def listen(
    stream: asyncio.StreamReader, messages: asyncio.Queue[wire.Message | None]
) -> None:
    """Lines of any length; half a line, left by a process that was killed, is no message."""
    buffer = b""
    with suppress(ConnectionError):  # what a killed process leaves may be a reset, not an end
        while chunk := await stream.read(_CHUNK):
            *lines, buffer = (buffer + chunk).split(b"\n")
            for line in lines:
                with suppress(ValueError):
                    messages.put_nowait(wire.decode(line))
    messages.put_nowait(None)


def _ignore(modules: list[str]) -> None:
    """Nobody wants to know what was imported."""
    del modules


def _do_nothing() -> None:
    """Nobody wants to know."""


def _pipe(stream: asyncio.StreamReader | None) -> asyncio.StreamReader:
    if stream is None:
        raise RuntimeError("the process was started without a pipe")
    return stream
