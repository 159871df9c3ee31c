"""From the specs that a person named to the exit code: what all judging commands share."""

from __future__ import annotations

import asyncio
import os
import signal
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from redfirst.cli.answer import answer
from redfirst.cli.progress_bar import progress_on_terminal
from redfirst.project.fault import ProjectError
from redfirst.project.index import find_specs
from redfirst.project.project import open_project_of
from redfirst.project.temporary import remove_orphans
from redfirst.project.together import all_of
from redfirst.workflow.finding import from_fault
from redfirst.workflow.report import Report, SpecReport

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Awaitable, Callable, Sequence

    from redfirst.project.project import Project
    from redfirst.workflow.progress import Progress

    Work = Callable[[Project, Sequence[Path], Progress], Awaitable[Report]]
    SpecWork = Callable[[Project, Path, Progress], Awaitable[SpecReport]]


def judge(arguments: Namespace, named: Sequence[Path], work: Work) -> int:
    """Do `work` on the specs that were named (none: all of the project), and print its report."""
    root = Path.cwd()
    try:
        project = open_project_of(named)
        project = replace(project, unsandboxed=getattr(arguments, "unsandboxed", False))
        root = project.root
        report = _report(arguments.command, project, named, work)
    except ProjectError as error:
        report = Report(arguments.command, (), (from_fault(error.fault),))
    table = getattr(arguments, "table", False)
    return answer(report, root, arguments.format, stub_table=table)


def for_each(command: str, work: SpecWork) -> Work:
    """Several specs at a time, reported in the order in which they were named."""

    async def every(project: Project, specs: Sequence[Path], progress: Progress) -> Report:
        places = places_of(project)

        async def one(project: Project, spec: Path, progress: Progress) -> SpecReport:
            async with places:
                return await work(project, spec, progress)

        return await all_at_once(command, one)(project, specs, progress)

    return every


def all_at_once(command: str, work: SpecWork) -> Work:
    """All specs, of which each waits for itself; reported in the order in which they were named."""

    async def every(project: Project, specs: Sequence[Path], progress: Progress) -> Report:
        works = (_guarded(work, project, spec, progress) for spec in specs)
        return Report(command, tuple(await all_of(works)))

    return every


def places_of(project: Project) -> asyncio.Semaphore:
    """How many specs are worked on at once."""
    return asyncio.Semaphore(project.configuration.jobs or os.cpu_count() or 1)


def _report(command: str, project: Project, named: Sequence[Path], work: Work) -> Report:
    """A project with settings that cannot be used is not judged with defaults in their place."""
    if project.faults:
        return Report(command, (), tuple(from_fault(fault) for fault in project.faults))
    specs = find_specs(project, named)
    remove_orphans()
    with progress_on_terminal() as progress:
        return _run(partial(work, project, specs, progress))


def _run(work: Callable[[], Awaitable[Report]]) -> Report:
    """Do it. Whoever asks the process to end interrupts it: that leaves no process and no file."""
    try:
        return asyncio.run(_interruptible(work))
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


async def _interruptible(work: Callable[[], Awaitable[Report]]) -> Report:
    task = asyncio.current_task()
    if task is not None:
        with suppress(NotImplementedError, RuntimeError, ValueError):  # not on Windows, or a thread
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    return await work()


async def _guarded(work: SpecWork, project: Project, spec: Path, progress: Progress) -> SpecReport:
    """A file that cannot be read spoils the report of its own spec only."""
    try:
        return await work(project, spec, progress)
    except ProjectError as error:
        return SpecReport(project.relative(spec), None, findings=(from_fault(error.fault),))
