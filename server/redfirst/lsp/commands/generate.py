"""`redfirst.generate` and `redfirst.regenerate`: the test module of a spec, as an edit."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from redfirst.generation.provenance import read_provenance
from redfirst.lsp import summary
from redfirst.lsp.judging import content, remember, test_path_of
from redfirst.lsp.new_text import Replacement, write
from redfirst.lsp.verdicts import Known
from redfirst.project.fault import Fault, ProjectError
from redfirst.spec.codes import Code
from redfirst.workflow.generate import Overwrite, Terms, propose

if TYPE_CHECKING:
    from redfirst.lsp.desk import Desk
    from redfirst.lsp.progress_bars import ProgressBar
    from redfirst.lsp.subject import Subject
    from redfirst.workflow.generate import Proposal


async def generate(desk: Desk, subject: Subject, bar: ProgressBar) -> object:
    """Write the test module, unless a person wrote or edited what stands there."""
    return await _generate(desk, subject, bar, Overwrite.UNTOUCHED)


async def regenerate(desk: Desk, subject: Subject, bar: ProgressBar) -> object:
    """The same; what was edited by hand is replaced when the person has seen the change."""
    can_ask = desk.session.client.annotates_edits
    overwrite = Overwrite.ANY if can_ask and _is_own(subject) else Overwrite.UNTOUCHED
    return await _generate(desk, subject, bar, overwrite)


async def _generate(desk: Desk, subject: Subject, bar: ProgressBar, overwrite: Overwrite) -> object:
    await asyncio.to_thread(_require_saved, subject)
    terms = Terms(subject.project.configuration.provider, overwrite)
    proposal = await propose(subject.project, subject.path, subject.file, terms, bar)
    report, target = proposal.report, proposal.target
    if target is None or report.draft is None:
        _say_why_not(desk, proposal)
        return {"ok": report.ok, "written": False, "verdicts": summary.verdicts(report)}
    before = await content(subject, target.path, report.draft)
    await asyncio.to_thread(_require_saved, subject)
    asks = overwrite is Overwrite.ANY and target.now is not None
    change = Replacement(target.path, target.shown, target.now, report.draft, asks=asks)
    written = await write(desk, change)
    if written:
        known = Known(report, target.path, before)
        await remember(subject, desk.session.verdicts, known, report.draft)
        desk.tell_news(subject.path)
        bar.result = summary.of_verification(report)
    return {"ok": report.ok, "written": written, "verdicts": summary.verdicts(report)}


def _is_own(subject: Subject) -> bool:
    """What stands there was generated from this very spec: only that may be replaced."""
    path = test_path_of(subject)
    provenance = read_provenance(subject.read(path) or "") if path else None
    return provenance is not None and provenance.spec_path == subject.file.path


def _require_saved(subject: Subject) -> None:
    path = test_path_of(subject)
    if path is not None and subject.is_unsaved(path):
        shown = subject.project.relative(path)
        message = (
            f"`{shown}` has changes that are not saved, so it was left alone. "
            "Save or undo them, then generate again."
        )
        raise ProjectError(Fault(Code.DRIFT, message, shown))


def _say_why_not(desk: Desk, proposal: Proposal) -> None:
    report = proposal.report
    if report.ok and proposal.target is not None and proposal.target.now is not None:
        desk.editor.answer(f"`{report.test_path}` is up to date.")
    else:
        desk.editor.refuse(summary.obstacle(report))
