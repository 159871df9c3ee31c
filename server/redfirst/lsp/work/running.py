"""Run the tests of a spec on its implementation, and remember what came of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from redfirst.coverage.file_coverage import SpecRun
from redfirst.coverage.measurement import NOTHING
from redfirst.coverage.unparsable import unparsable
from redfirst.lsp.state.verdicts import Known, content_of
from redfirst.lsp.work.gutter_file import write_known
from redfirst.lsp.work.judging import test_path_of
from redfirst.project.fault import ProjectError
from redfirst.project.layout import find_implementation
from redfirst.workflow.case_runs import case_outcomes
from redfirst.workflow.cover import measure, measure_unsaved

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from pathlib import Path

    from redfirst.lsp.state.session import Session
    from redfirst.lsp.state.verdicts import Content
    from redfirst.lsp.work.desk import Desk
    from redfirst.lsp.work.subject import Subject
    from redfirst.workflow.progress import Progress
    from redfirst.workflow.report import SpecReport


@dataclass(frozen=True, slots=True)
class Files:
    """What a run is about, and what stands there; `source` is the implementation's text."""

    test_path: Path
    implementation: Path
    source: str | None
    content: Content


def files_of(subject: Subject) -> Files | None:
    """`None` when something is missing, which the run itself will say. Reads files."""
    spec, test_path = subject.file.spec, test_path_of(subject)
    if spec is None or test_path is None:
        return None
    implementation = find_implementation(subject.project, spec.module.value).path
    texts = (subject.read(path) for path in (subject.path, test_path, implementation))
    spec_text, tests, code = texts
    content = content_of(subject.project, spec_text, test_path, tests, code)
    return Files(test_path, implementation, code, content)


async def run_and_show(
    desk: Desk, subject: Subject, implementation: Path, number: int, progress: Progress
) -> SpecReport:
    """Run the tests as the run `number` that has begun on `implementation`; show what it reaches.

    `ProjectError` as `measure`.
    """
    try:
        report = await run_and_remember(desk.session, subject, progress)
    except ProjectError:
        show_end(desk, subject.path, implementation, number)
        raise
    except BaseException:
        desk.session.coverages.end(implementation, subject.path, number)
        raise
    if show_end(desk, subject.path, implementation, number):
        await write_known(desk.session, subject.project, implementation)
    return report


def show_end(desk: Desk, spec_path: Path, implementation: Path, number: int) -> bool:
    """The run is over; if it was the last of the implementation's, show what all of them reach."""
    is_last = desk.session.coverages.end(implementation, spec_path, number)
    if is_last:
        desk.tell_measured(implementation)
    return is_last


def set_off_run(
    desk: Desk,
    implementation: Path,
    spec_path: Path,
    run: Callable[[int], Coroutine[Any, Any, None]],
) -> None:
    """Begin `run`, which is told its number; it counts as under way until its task is over.

    One that is cancelled while it waits for its turn never gets to say so itself.
    """
    coverages = desk.session.coverages
    number = coverages.begin(implementation, spec_path)
    task = desk.tasks.set_off(("run", spec_path), partial(run, number))
    task.add_done_callback(lambda _: coverages.end(implementation, spec_path, number))


async def run_and_remember(session: Session, subject: Subject, progress: Progress) -> SpecReport:
    """The report of a run on what `subject` reads: what is on the disk, or stands in for it.

    It is remembered, unless a file changed meanwhile. `ProjectError` as `measure`.
    """
    before = await asyncio.to_thread(files_of, subject)
    if subject.stand_in is None:
        covered = await measure(subject.project, subject.path, progress)
    else:
        covered = await measure_unsaved(subject.project, subject.path, subject.stand_in, progress)
    if before is None or await asyncio.to_thread(files_of, subject) != before:
        return covered.report
    report = covered.report
    known = Known(report, before.test_path, before.content, before.implementation)
    session.verdicts.remember_run(subject.path, known)
    result = report.coverage or covered.omitted
    if before.source is not None:
        broken = unparsable(before.source) if result is None else None
        session.coverages.remember_broken(before.implementation, before.source, broken)
    if result is not None and before.source is not None:
        run = SpecRun(
            spec=report.path,
            function=report.function or "",
            result=result,
            measurement=covered.measurement or NOTHING,
            outcomes=case_outcomes(report),
            omitted=covered.omitted is not None,
        )
        session.coverages.remember(before.implementation, subject.path, before.source, run)
    return report
