"""A prepared process of the probe, as the client sees it: it forks when asked."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from redfirst.probe import wire
from redfirst.project.probe_process import PROBE, ProbeProcess, listen
from redfirst.project.process import end, end_group, start
from redfirst.project.sandbox import Sandbox
from redfirst.project.temporary import temporary_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOST: Final = -9
_START_LIMIT: Final = 60.0  # seconds to import pytest and its plugins
_GRACE: Final = 3.0  # seconds for a template to leave by itself


class TemplateProcess:
    """Lives until it is closed, or until nobody needs it; its forks do not outlive it."""

    def __init__(
        self, process: asyncio.subprocess.Process, control: socket.socket, scratch: Path
    ) -> None:
        self._process = process
        self._control = control
        self._scratch = scratch
        self._forks: dict[int, _Fork] = {}
        self._idle = asyncio.Event()
        self._idle.set()
        self._is_lost = False
        self._asking = asyncio.Lock()
        self._answers: asyncio.Queue[wire.Message | _Fork | None] = asyncio.Queue()
        self._listening = asyncio.create_task(self._listen())
        self.installed: tuple[Path, ...] = ()

    @classmethod
    async def start(cls, interpreter: Path, root: Path, *options: str) -> TemplateProcess:
        """Start preparing, outside of a sandbox. `OSError` when it cannot be started."""
        scratch = temporary_folder("run")
        command = (str(interpreter), str(PROBE), "--template", *options)
        ours, theirs = socket.socketpair()
        try:
            launch = Sandbox().launch(command, scratch, os.environ)
            process = await start(
                launch.command,
                stdin=theirs.fileno(),
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                cwd=root,
                env=dict(launch.environment),
            )
        except BaseException:
            ours.close()
            shutil.rmtree(scratch, ignore_errors=True)
            raise
        finally:
            theirs.close()
        return cls(process, ours, scratch)

    async def is_prepared(self) -> bool:
        """Wait for the greeting; it says no when this interpreter cannot be prepared."""
        greeting = None
        with suppress(TimeoutError):
            async with asyncio.timeout(_START_LIMIT):
                greeting = await self._answers.get()
        if isinstance(greeting, wire.Ready):
            self.installed = tuple(map(Path, greeting.installed))
        return isinstance(greeting, wire.Ready)

    @property
    def is_alive(self) -> bool:
        """Whether it can fork."""
        return not (self._is_lost or self._listening.done())

    async def idle(self) -> None:
        """Wait until none of its forks is at work."""
        await self._idle.wait()

    async def fork(self, folder: Path) -> ProbeProcess:
        """A process that works in `folder`. `OSError` when the template is lost."""
        scratch = temporary_folder("run")
        messages, theirs = socket.socketpair()
        printed, print_to = os.pipe()
        try:
            order = wire.Enter(str(folder), str(scratch))
            # Whoever leaves early must not leave an answer for the next who asks.
            asked = asyncio.ensure_future(
                self._ask(order, [os.dup(theirs.fileno()), os.dup(print_to)])
            )
            asked.add_done_callback(_heard)
            fork = await asyncio.shield(asked)
        except BaseException:
            messages.close()
            os.close(printed)
            shutil.rmtree(scratch, ignore_errors=True)
            raise
        finally:
            theirs.close()
            os.close(print_to)
        connecting = asyncio.ensure_future(_connected(fork, messages, printed, scratch))
        try:
            return await asyncio.shield(connecting)
        except asyncio.CancelledError:
            await (await connecting).close()
            raise

    async def _ask(self, order: wire.Enter, streams: list[int]) -> _Fork:
        try:
            async with self._asking:
                socket.send_fds(self._control, [wire.encode(order)], streams)
                answer = await self._answers.get()
        except OSError:
            self._is_lost = True
            raise
        finally:
            for stream in streams:
                os.close(stream)
        if not isinstance(answer, _Fork):
            self._is_lost = True
            raise ConnectionError("the prepared process is lost")
        return answer

    def preload(self, modules: Sequence[str]) -> None:
        """Have modules imported that runs were seen to import. It forks again when that is done."""
        with suppress(OSError):
            self._control.sendall(wire.encode(wire.Preload(list(modules))))

    async def close(self) -> None:
        """End it with all its forks."""
        for fork in list(self._forks):
            end_group(fork)
        self._control.close()  # it tidies up after its forks, and leaves
        try:
            async with asyncio.timeout(_GRACE):
                await self._listening
        except TimeoutError:
            pass
        finally:
            await end(self._process)
            await asyncio.to_thread(shutil.rmtree, self._scratch, ignore_errors=True)

    async def _listen(self) -> None:
        """Until the template is no more, or is given up; then nobody waits for it any longer."""
        heard: asyncio.Queue[wire.Message | None] = asyncio.Queue()
        stdout = self._process.stdout
        reading = asyncio.create_task(listen(stdout, heard)) if stdout else None
        try:
            while (message := await heard.get()) is not None:
                self._take(message)
            if reading is not None:
                await reading
        finally:
            self._answers.put_nowait(None)
            for process in list(self._forks):
                end_group(process)
                self._bury(process, _LOST)

    def _take(self, message: wire.Message) -> None:
        match message:
            case wire.Forked(process=process):
                self._idle.clear()
                fork = self._forks[process] = _Fork(process)
                self._answers.put_nowait(fork)  # it may be over before anybody looks
            case wire.Gone(process=process) if process in self._forks:
                self._bury(process, message.code)
            case wire.Gone():  # before it could say that it is there
                self._answers.put_nowait(None)
            case _:
                self._answers.put_nowait(message)

    def _bury(self, process: int, code: int) -> None:
        self._forks.pop(process).over(code)
        if not self._forks:
            self._idle.set()


def _heard(asked: asyncio.Future[_Fork]) -> None:
    """Whoever left early does not want to know that the template was lost since."""
    if not asked.cancelled():
        asked.exception()


async def _connected(
    fork: _Fork, messages: socket.socket, printed: int, scratch: Path
) -> ProbeProcess:
    await fork.connect(messages, printed)
    return ProbeProcess(fork, scratch)


@dataclass
class _Fork:
    """What `ProbeProcess` needs to know of a process that is a child of another one."""

    pid: int
    stdin: asyncio.StreamWriter | None = None
    stdout: asyncio.StreamReader | None = None
    stderr: asyncio.StreamReader | None = None
    returncode: int | None = None
    _over: asyncio.Event = field(default_factory=asyncio.Event)

    async def connect(self, messages: socket.socket, printed: int) -> None:
        self.stdout, self.stdin = await asyncio.open_connection(sock=messages)
        reader = self.stderr = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(printed, "rb", 0)
        )

    def over(self, code: int) -> None:
        self.returncode = code
        self._over.set()

    async def wait(self) -> int:
        await self._over.wait()
        return _LOST if self.returncode is None else self.returncode
