"""`redfirst.run`: how the tests end on the implementation."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from redfirst.lsp.work import summary
from redfirst.lsp.work.background import verify_later
from redfirst.lsp.work.running import files_of, run_and_remember, run_and_show
from redfirst.project.fault import Fault, ProjectError
from redfirst.spec.codes import Code

if TYPE_CHECKING:
    from pathlib import Path

    from redfirst.lsp.work.desk import Desk
    from redfirst.lsp.work.progress_bars import ProgressBar
    from redfirst.lsp.work.subject import Subject
    from redfirst.workflow.report import SpecReport


async def run(desk: Desk, subject: Subject, bar: ProgressBar) -> object:
    """Run the tests on the implementation; what fails is shown at the tests and their cases."""
    implementation = await asyncio.to_thread(saved_implementation, subject)
    report = await _run_on(desk, subject, implementation, bar)
    desk.tell_news(subject.path)
    bar.result = summary.of_run(report)
    if not report.tests:
        desk.editor.refuse(bar.result)
    verify_later(desk, subject.path)  # a run takes the place of what a save has set off
    return {"ok": report.ok, "outcomes": summary.outcomes(report)}


async def _run_on(
    desk: Desk, subject: Subject, implementation: Path | None, bar: ProgressBar
) -> SpecReport:
    if implementation is None:
        return await run_and_remember(desk.session, subject, bar)
    number = desk.session.coverages.begin(implementation, subject.path)
    return await run_and_show(desk, subject, implementation, number, bar)


def saved_implementation(subject: Subject) -> Path | None:
    """What the tests are run on; `None` when something is missing, which the run itself will say.

    `ProjectError` when the person sees other texts than the run would.
    """
    files = files_of(subject)
    if files is None:
        return None
    for path in (subject.path, files.test_path, files.implementation):
        if subject.is_unsaved(path):
            raise ProjectError(_unsaved(subject.project.relative(path)))
    return files.implementation


def _unsaved(shown: str) -> Fault:
    message = f"Save `{shown}` first: tests are run on what is on the disk."
    return Fault(Code.RUN_UNFINISHED, message, shown)
