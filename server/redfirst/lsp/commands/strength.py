"""`redfirst.strength`: whether tests notice small changes to the implementation."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from redfirst.lsp import summary
from redfirst.lsp.commands.run import saved_implementation
from redfirst.lsp.running import files_of
from redfirst.lsp.verdicts import Known
from redfirst.workflow.cover import measure
from redfirst.workflow.strength import strengthen

if TYPE_CHECKING:
    from redfirst.lsp.desk import Desk
    from redfirst.lsp.progress_bars import ProgressBar
    from redfirst.lsp.subject import Subject


async def check_strength(desk: Desk, subject: Subject, bar: ProgressBar) -> object:
    """Try small changes; those that no test notices are shown at their lines, as long as spec,
    tests and implementation stay as they are.
    """
    await asyncio.to_thread(saved_implementation, subject)
    before = await asyncio.to_thread(files_of, subject)
    covered = await measure(subject.project, subject.path, bar)
    report = await strengthen(subject.project, covered, bar)
    bar.result = summary.of_strength(report)
    if report.strength is None:
        desk.editor.refuse(bar.result)
        return {"ok": False, "noticed": 0, "survived": 0}
    if before is not None and await asyncio.to_thread(files_of, subject) == before:
        known = Known(report, before.test_path, before.content, before.implementation)
        desk.session.verdicts.remember_strength(subject.path, known)
        desk.tell_measured(before.implementation)
        desk.tell_news(subject.path)
    strength = report.strength
    return {
        "ok": strength.holds,
        "noticed": strength.share.reached,
        "survived": len(strength.survivors),
    }
