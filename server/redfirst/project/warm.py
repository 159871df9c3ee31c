"""Processes that stand ready between commands, so that no run waits for imports.

What a warm process answers must be what a cold one would: it holds nothing that a run of the
project's own code could see changed, and it is given up when what it was prepared from changes.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from redfirst.probe import wire
from redfirst.project.probe_process import CAN_FORK, ProbeProcess
from redfirst.project.sandbox import Level, Sandbox
from redfirst.project.scratch import KeptViews, scratch_view
from redfirst.project.shelf import Place, Shelf
from redfirst.project.stamps import Stamp, stamps
from redfirst.project.template_process import TemplateProcess

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path
    from types import TracebackType
    from typing import Self


_IDLE: Final = 600.0  # seconds without a run after which the memory is worth more
_TRIES: Final = 2


class Warmth:
    """The prepared processes of the project at `root`.

    An asynchronous context manager; leaving it ends every process. `standing` is how many may
    stand prepared for the files that were run last: none where each file is run once. In a
    sandbox only those are prepared: a process there is for one file alone. Where there is no
    `fork`, one process is started before it is needed, and serves one run. `options` are given to
    every process.
    """

    def __init__(
        self, root: Path, standing: int = 0, idle: float = _IDLE, options: tuple[str, ...] = ()
    ) -> None:
        self._root = root
        self._idle = idle
        self._options = options
        self._prepared: dict[Path, _Template | _Standby] = {}
        self._shelf = Shelf(standing if CAN_FORK else 0)
        self._views = KeptViews()
        self._timer: asyncio.TimerHandle | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def start(
        self, interpreter: Path, sandbox: Sandbox, folder: Path, run: wire.Run
    ) -> ProbeProcess:
        """A process that works in `folder`: the best that there is for runs like `run`.

        `OSError` when the interpreter cannot be started.
        """
        order = wire.Prepare(run.test_file, run.measure.target if run.measure else None)
        place = Place(interpreter, sandbox, folder, order)
        self._rest()
        process = await self._shelf.take(place) or await self._start(place)
        if self._shelf.room:
            process.on_closed(partial(self._shelf.restock, place, partial(self._stand_by, place)))
        return process

    async def start_for_many(self, interpreter: Path, folder: Path, test_file: str) -> ProbeProcess:
        """As `start`, outside of a sandbox, for a series of runs: those that stand prepared for the
        next run of each file stay where they are.
        """
        self._rest()
        return await self._of(interpreter).start(folder, test_file)

    def retire(self, process: ProbeProcess) -> None:
        """A process whose runs are over: it is ended when there is time."""
        self._shelf.end(process)

    def view(self, root: Path, test_path: str, test_source: str) -> AbstractContextManager[Path]:
        """As `scratch_view`; in the same folder every time if processes may be prepared for it."""
        show = self._views.show if self._shelf.room else scratch_view
        return show(root, test_path, test_source)

    async def settled(self) -> None:
        """Wait until all that is being prepared stands ready."""
        await self._shelf.settled()

    async def close(self) -> None:
        """End every process."""
        if self._timer is not None:
            self._timer.cancel()
        await self._shelf.close()
        prepared, self._prepared = self._prepared, {}
        await asyncio.gather(*(one.close() for one in prepared.values()))
        await asyncio.to_thread(self._views.close)

    async def _start(self, place: Place) -> ProbeProcess:
        if place.sandbox.level is Level.NONE:
            return await self._of(place.interpreter).start(place.folder, place.order.test_file)
        return await ProbeProcess.start(
            place.interpreter, place.folder, place.sandbox, *self._options
        )

    async def _stand_by(self, place: Place) -> ProbeProcess:
        if place.sandbox.level is Level.NONE:
            return await self._of(place.interpreter).start(place.folder, place.order.test_file)
        return await ProbeProcess.start(
            place.interpreter, place.folder, place.sandbox, "--standby", *self._options
        )

    def _of(self, interpreter: Path) -> _Template | _Standby:
        if interpreter not in self._prepared:
            kind = _Template if CAN_FORK else _Standby
            self._prepared[interpreter] = kind(interpreter, self._root, self._options)
        return self._prepared[interpreter]

    def _rest(self) -> None:
        """After a while without a run the memory is worth more."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(self._idle, self._give_up)

    def _give_up(self) -> None:
        self._shelf.clear()
        for one in self._prepared.values():
            one.give_up()


@dataclass
class _Standby:
    """The next process, started when the one before it was taken."""

    interpreter: Path
    root: Path
    options: tuple[str, ...]
    _next: ProbeProcess | None = None
    _taking: asyncio.Lock = field(default_factory=asyncio.Lock)

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

    def give_up(self) -> None:
        """It has not much memory to give."""

    async def _another(self) -> ProbeProcess:
        options = ("--once", "--standby", *self.options)
        return await ProbeProcess.start(self.interpreter, self.root, Sandbox(), *options)


@dataclass
class _Template:
    """A template and what it was made from."""

    interpreter: Path
    root: Path
    options: tuple[str, ...]
    _template: TemplateProcess | None = None
    _stamps: dict[str, Stamp] = field(default_factory=dict[str, Stamp])
    _learned: list[str] = field(default_factory=list[str])
    _preparing: asyncio.Lock = field(default_factory=asyncio.Lock)
    _is_possible: bool = True
    _closing: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    async def start(self, folder: Path, test_file: str) -> ProbeProcess:
        for _ in range(_TRIES):
            template = await self._ready(test_file)
            if template is None:
                break
            with suppress(OSError):  # it was lost just now
                process = await template.fork(folder)
                process.on_learned(self._learn)
                return process
        return await ProbeProcess.start(self.interpreter, folder, Sandbox(), *self.options)

    async def close(self) -> None:
        async with self._preparing:
            template, self._template = self._template, None
        if template is not None:
            await template.close()
        await asyncio.gather(*self._closing)

    async def _ready(self, test_file: str) -> TemplateProcess | None:
        """A template that is up to date; `None` when none can be made from what there is."""
        async with self._preparing:
            changed = await asyncio.to_thread(self._has_changed, test_file)
            if changed:
                self._learned = []
                self._is_possible = True
            if changed or (self._template is not None and not self._template.is_alive):
                self.give_up()
            if self._template is None and self._is_possible:
                await self._make()
                await asyncio.to_thread(self._has_changed, test_file)
            template = self._template
            return template if template is not None and template.is_alive else None

    async def _make(self) -> None:
        template = await TemplateProcess.start(self.interpreter, self.root, *self.options)
        self._template = template
        self._is_possible = await template.is_prepared()
        if self._learned:
            template.preload(self._learned)

    def give_up(self) -> None:
        """Forks of an old template may finish what they are at."""
        template, self._template = self._template, None
        if template is not None:
            task = asyncio.create_task(_close_when_idle(template))
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    def _learn(self, modules: list[str]) -> None:
        new = [name for name in modules if name not in self._learned]
        if new and self._template is not None:
            self._learned += new
            self._template.preload(new)

    def _has_changed(self, test_file: str) -> bool:
        installed = () if self._template is None else self._template.installed
        now = stamps(self.root, test_file, self.interpreter, installed)
        changed = any(self._stamps.get(name, stamp) != stamp for name, stamp in now.items())
        self._stamps.update(now)
        return changed


async def _close_when_idle(template: TemplateProcess) -> None:
    await template.idle()
    await template.close()
