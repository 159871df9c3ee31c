"""Processes that stand ready between commands, so that no run waits for imports.

What a warm process answers must be what a cold one would: it holds nothing that a run of the
project's own code could see changed, and it is given up when what it was prepared from changes.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from redfirst.project.probe_process import CAN_FORK, ProbeProcess
from redfirst.project.template_process import TemplateProcess

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import Self

    from redfirst.project.sandbox import Sandbox

_CONFIGURATION: Final = (
    "pyproject.toml",
    "pytest.toml",
    ".pytest.toml",
    "pytest.ini",
    ".pytest.ini",
    "tox.ini",
    "setup.cfg",
    ".coveragerc",
)
_IDLE: Final = 600.0  # seconds without a run after which the memory is worth more
_TRIES: Final = 2

Stamp = tuple[tuple[str, int, int], ...] | tuple[tuple[str, str], ...] | None


class Warmth:
    """The prepared processes of the project at `root`: one for each interpreter and sandbox.

    An asynchronous context manager; leaving it ends every process. Where there is no `fork`, one
    process is started before it is needed, and serves one run.
    """

    def __init__(self, root: Path, idle: float = _IDLE) -> None:
        self._root = root
        self._idle = idle
        self._prepared: dict[tuple[Path, Sandbox], _Template | _Standby] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def prepare(self, interpreter: Path, sandbox: Sandbox) -> None:
        """Have a process ready before the first run asks for it."""
        await self._of(interpreter, sandbox).prepare()

    async def start(
        self, interpreter: Path, sandbox: Sandbox, folder: Path, test_file: str
    ) -> ProbeProcess:
        """A process that works in `folder`: forked where that is possible, else a new one.

        `OSError` when the interpreter cannot be started.
        """
        return await self._of(interpreter, sandbox).start(folder, test_file)

    async def close(self) -> None:
        """End every process."""
        prepared, self._prepared = self._prepared, {}
        await asyncio.gather(*(one.close() for one in prepared.values()))

    def _of(self, interpreter: Path, sandbox: Sandbox) -> _Template | _Standby:
        key = (interpreter, sandbox)
        if key not in self._prepared:
            kind = _Template if CAN_FORK else _Standby
            self._prepared[key] = kind(interpreter, self._root, sandbox, self._idle)
        return self._prepared[key]


@dataclass
class _Standby:
    """The next process, started when the one before it was taken."""

    interpreter: Path
    root: Path
    sandbox: Sandbox
    idle: float
    _next: ProbeProcess | None = None
    _taking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def prepare(self) -> None:
        async with self._taking:
            self._next = self._next or await self._another()

    async def start(self, folder: Path, test_file: str) -> ProbeProcess:
        """It has imported nothing that depends on the project: it needs no stamps."""
        del test_file
        async with self._taking:
            process = self._next or await self._another()
            self._next = await self._another()
        await process.enter(folder)
        return process

    async def close(self) -> None:
        if self._next is not None:
            await self._next.close()

    async def _another(self) -> ProbeProcess:
        options = ("--once", "--standby")
        return await ProbeProcess.start(self.interpreter, self.root, self.sandbox, *options)


@dataclass
class _Template:
    """A template and what it was made from."""

    interpreter: Path
    root: Path
    sandbox: Sandbox
    idle: float
    _template: TemplateProcess | None = None
    _stamps: dict[str, Stamp] = field(default_factory=dict[str, Stamp])
    _learned: list[str] = field(default_factory=list[str])
    _preparing: asyncio.Lock = field(default_factory=asyncio.Lock)
    _timer: asyncio.TimerHandle | None = None
    _is_possible: bool = True
    _closing: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    async def prepare(self) -> None:
        await self._ready("")

    async def start(self, folder: Path, test_file: str) -> ProbeProcess:
        for _ in range(_TRIES):
            template = await self._ready(test_file)
            if template is None:
                break
            with suppress(OSError):  # it was lost just now
                process = await template.fork(folder)
                process.on_learned(self._learn)
                return process
        return await ProbeProcess.start(self.interpreter, folder, self.sandbox)

    async def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        async with self._preparing:
            template, self._template = self._template, None
        if template is not None:
            await template.close()
        await asyncio.gather(*self._closing)

    async def _ready(self, test_file: str) -> TemplateProcess | None:
        """A template that is up to date; `None` when none can be made from what there is."""
        async with self._preparing:
            changed = self._has_changed(test_file)
            if changed:
                self._learned = []
                self._is_possible = True
            if changed or (self._template is not None and not self._template.is_alive):
                self._give_up()
            if self._template is None and self._is_possible:
                await self._make()
                self._has_changed(test_file)
            self._rest()
            template = self._template
            return template if template is not None and template.is_alive else None

    async def _make(self) -> None:
        template = await TemplateProcess.start(self.interpreter, self.root, self.sandbox)
        self._template = template
        self._is_possible = await template.is_prepared()
        if self._learned:
            template.preload(self._learned)

    def _give_up(self) -> None:
        """Forks of an old template may finish what they are at."""
        template, self._template = self._template, None
        if template is not None:
            task = asyncio.create_task(_close_when_idle(template))
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    def _rest(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(self.idle, self._give_up)

    def _learn(self, modules: list[str]) -> None:
        new = [name for name in modules if name not in self._learned]
        if new and self._template is not None:
            self._learned += new
            self._template.preload(new)

    def _has_changed(self, test_file: str) -> bool:
        installed = () if self._template is None else self._template.installed
        now = dict(_stamps(self.root, test_file, self.interpreter, installed))
        changed = any(self._stamps.get(name, stamp) != stamp for name, stamp in now.items())
        self._stamps.update(now)
        return changed


async def _close_when_idle(template: TemplateProcess) -> None:
    await template.idle()
    await template.close()


def _stamps(
    root: Path, test_file: str, interpreter: Path, installed: tuple[Path, ...]
) -> Iterator[tuple[str, Stamp]]:
    """What a template stands on, each with a value that changes when it does."""
    yield "environment", tuple(sorted(os.environ.items()))
    for name in _CONFIGURATION:
        yield name, _stamp(root / name)
    for folder in Path(test_file).parents:
        yield str(folder / "conftest.py"), _stamp(root / folder / "conftest.py")
    yield "interpreter", _stamp(interpreter)
    for folder in installed:
        yield str(folder), tuple(sorted(_entries(folder)))


def _stamp(file: Path) -> Stamp:
    try:
        status = file.stat()
    except OSError:
        return None
    return ((file.name, status.st_mtime_ns, status.st_size),)


def _entries(folder: Path) -> Iterator[tuple[str, int, int]]:
    """A package that is installed anew, or removed, changes the folder of its own."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name != "__pycache__":
                status = entry.stat()
                yield entry.name, status.st_mtime_ns, status.st_ino
