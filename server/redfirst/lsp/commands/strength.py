"""`redfirst.strength`: whether tests notice small changes to the implementation."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from redfirst.coverage.mutation.strength import Fate, noticed
from redfirst.coverage.mutation.union import once, together
from redfirst.lsp.commands.run import saved_implementation
from redfirst.lsp.state.verdicts import Known
from redfirst.lsp.work import summary
from redfirst.lsp.work.running import files_of
from redfirst.workflow.cover import measure
from redfirst.workflow.strength import strengthen

if TYPE_CHECKING:
    from redfirst.lsp.work.desk import Desk
    from redfirst.lsp.work.progress_bars import ProgressBar
    from redfirst.lsp.work.subject import Subject
    from redfirst.workflow.progress import Progress
    from redfirst.workflow.report import SpecReport

_WHOLE: Final = 100  # percent
_MEASURING: Final = 10  # of the hundred that one spec has


async def check_strength(desk: Desk, subjects: tuple[Subject, ...], bar: ProgressBar) -> object:
    """Try small changes to the implementation of these specs; those that no test notices are shown
    at their lines, as long as specs, tests and implementation stay as they are.
    """
    for subject in subjects:
        await asyncio.to_thread(saved_implementation, subject)
    reports = [
        await _check(desk, subject, bar, (_WHOLE * at // len(subjects), len(subjects)))
        for at, subject in enumerate(subjects)
    ]
    known = together([one.strength for one in reports if one.strength is not None])
    tried = once(known)
    bar.result = summary.of_strengths(reports, tried)
    if not known:
        desk.editor.refuse(bar.result)
        return {"ok": False, "noticed": 0, "survived": 0}
    return {
        "ok": len(known) == len(reports) and all(one.holds for one in known),
        "noticed": noticed(tried).reached,
        "survived": sum(one.fate is Fate.SURVIVED for one in tried),
    }


async def _check(
    desk: Desk, subject: Subject, bar: ProgressBar, share: tuple[int, int]
) -> SpecReport:
    before = await asyncio.to_thread(files_of, subject)
    report = await _strengthened(subject, bar, *share)
    if report.strength is None or before is None:
        return report
    if await asyncio.to_thread(files_of, subject) == before:
        known = Known(report, before.test_path, before.content, before.implementation)
        desk.session.verdicts.remember_strength(subject.path, known)
        desk.tell_measured(before.implementation)
        desk.tell_news(subject.path)
    return report


async def _strengthened(subject: Subject, bar: ProgressBar, first: int, of: int) -> SpecReport:
    """It has one `of` so many parts of the bar, from `first` percent on."""
    middle, last = first + _MEASURING // of, first + _WHOLE // of
    measuring: Progress = bar.part(first, middle)
    covered = await measure(subject.project, subject.path, measuring)
    return await strengthen(subject.project, covered, bar.part(middle, last))
