"""`redfirst.run`: how the tests end on the implementation."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.lsp import summary
from redfirst.lsp.background import verify_later
from redfirst.lsp.judging import test_path_of
from redfirst.lsp.verdicts import Known, content_of
from redfirst.project.fault import Fault, ProjectError
from redfirst.project.layout import find_implementation
from redfirst.spec.codes import Code
from redfirst.workflow.cover import cover

if TYPE_CHECKING:
    from pathlib import Path

    from redfirst.lsp.desk import Desk
    from redfirst.lsp.progress_bars import ProgressBar
    from redfirst.lsp.subject import Subject
    from redfirst.lsp.verdicts import Content


async def run(desk: Desk, subject: Subject, bar: ProgressBar) -> object:
    """Run the tests on the implementation; what fails is shown at the tests and their cases."""
    before = await asyncio.to_thread(_files, subject)
    report = await cover(subject.project, subject.path, bar)
    if before is not None and await asyncio.to_thread(_files, subject) == before:
        known = Known(report, before.test_path, before.content, before.implementation)
        desk.session.verdicts.remember_run(subject.path, known)
    desk.tell_news(subject.path)
    bar.result = summary.of_run(report)
    if not report.tests:
        desk.editor.refuse(bar.result)
    verify_later(desk, subject.path)  # a run takes the place of what a save has set off
    return {"ok": report.ok, "outcomes": summary.outcomes(report)}


@dataclass(frozen=True, slots=True)
class _Files:
    """What a run is about."""

    test_path: Path
    implementation: Path
    content: Content


def _files(subject: Subject) -> _Files | None:
    """`None` when something is missing, which the run itself will say.

    `ProjectError` when the person sees other texts than the run would.
    """
    spec, test_path = subject.file.spec, test_path_of(subject)
    if spec is None or test_path is None:
        return None
    implementation = find_implementation(subject.project, spec.module.value).path
    for path in (subject.path, test_path, implementation):
        if subject.is_unsaved(path):
            raise ProjectError(_unsaved(subject.project.relative(path)))
    texts = (subject.read(path) for path in (subject.path, test_path, implementation))
    spec_text, tests, code = texts
    content = content_of(subject.project, spec_text, test_path, tests, code)
    return _Files(test_path, implementation, content)


def _unsaved(shown: str) -> Fault:
    message = f"Save `{shown}` first: tests are run on what is on the disk."
    return Fault(Code.RUN_UNFINISHED, message, shown)
