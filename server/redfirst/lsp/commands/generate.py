"""`redfirst.generate` and `redfirst.regenerate`: the test module of a spec, as an edit."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from redfirst.generation.provenance import read_provenance
from redfirst.lsp.state.model_choice import asked_project, usual_provider
from redfirst.lsp.state.verdicts import Known
from redfirst.lsp.work import summary
from redfirst.lsp.work.judging import content, remember, test_path_of
from redfirst.lsp.work.new_text import Replacement, write
from redfirst.lsp.work.stages import Stages
from redfirst.project.fault import Fault, ProjectError
from redfirst.project.settings import MODEL_PROVIDERS
from redfirst.spec.codes import Code
from redfirst.workflow.generate import Overwrite, Terms, propose

if TYPE_CHECKING:
    from redfirst.lsp.work.desk import Desk
    from redfirst.lsp.work.progress_bars import ProgressBar
    from redfirst.lsp.work.subject import Subject
    from redfirst.lsp.work.wanted import Wanted
    from redfirst.workflow.generate import Proposal, Target
    from redfirst.workflow.report import SpecReport


async def generate(desk: Desk, subject: Subject, bar: ProgressBar, wanted: Wanted) -> object:
    """Write the test module, unless a person wrote or edited what stands there."""
    return await _generate(desk, subject, bar, _terms(desk, subject, wanted, Overwrite.UNTOUCHED))


async def regenerate(desk: Desk, subject: Subject, bar: ProgressBar, wanted: Wanted) -> object:
    """The same; what was edited by hand is replaced when the person has seen the change."""
    can_ask = desk.session.client.annotates_edits
    overwrite = Overwrite.ANY if can_ask and _is_own(subject) else Overwrite.UNTOUCHED
    return await _generate(desk, subject, bar, _terms(desk, subject, wanted, overwrite))


def _terms(desk: Desk, subject: Subject, wanted: Wanted, overwrite: Overwrite) -> Terms:
    settings = desk.session.preferences.settings_of(subject.path)
    provider = wanted.provider or usual_provider(settings, subject.project)
    return Terms(
        provider,
        overwrite,
        wanted.answers,
        key=desk.session.vault.key,
        carrier=desk.carrier(provider),
    )


async def _generate(desk: Desk, subject: Subject, bar: ProgressBar, terms: Terms) -> object:
    await asyncio.to_thread(_require_saved, subject)
    by_model = terms.provider in MODEL_PROVIDERS
    if by_model:
        await asyncio.to_thread(_require_consent, desk, subject)
    progress = Stages(bar) if by_model else bar
    settings = desk.session.preferences.settings_of(subject.path)
    project = asked_project(settings, subject.project)
    proposal = await propose(project, subject.path, subject.file, terms, progress)
    report, target = proposal.report, proposal.target
    desk.session.verdicts.remember_draft(subject.path, subject.text, report)
    if target is None or report.draft is None:
        desk.tell_news(subject.path)
        _say_why_not(desk, proposal)
        return {**_answer(report), "written": False}
    before = await content(subject, target.path, report.draft)
    await asyncio.to_thread(_require_saved, subject)
    await asyncio.to_thread(_require_unchanged, subject, target)
    asks = (by_model or terms.overwrite is Overwrite.ANY) and target.now is not None
    change = Replacement(target.path, target.shown, target.now, report.draft, asks=asks)
    written = await write(desk, change)
    if written:
        known = Known(report, target.path, before)
        await remember(subject, desk.session.verdicts, known, report.draft)
        desk.tell_news(subject.path)
        bar.result = summary.of_verification(report)
    return {**_answer(report), "written": written}


def _answer(report: SpecReport) -> dict[str, object]:
    said: dict[str, object] = {"ok": report.ok, "verdicts": summary.verdicts(report)}
    if report.offered is None:
        return said
    return {**said, "offered": report.offered, "findings": summary.findings(report)}


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


def _require_unchanged(subject: Subject, target: Target) -> None:
    """A model takes its time, and somebody may have written there in the meantime."""
    if subject.read(target.path) != (target.now.text if target.now else None):
        message = (
            f"`{target.shown}` was changed while its tests were generated, so it was left alone. "
            "Generate again."
        )
        raise ProjectError(Fault(Code.DRIFT, message, target.shown))


def _require_consent(desk: Desk, subject: Subject) -> None:
    """Before a token is spent: what a model wrote replaces nothing that the person has not seen."""
    path, client = test_path_of(subject), desk.session.client
    if path is None or (client.applies_edits and client.annotates_edits) or not path.is_file():
        return
    shown = subject.project.relative(path)
    message = (
        f"`{shown}` is there already, and this editor cannot show a change before it is made "
        "(`changeAnnotationSupport`), so it was left alone. On the command line "
        f"`redfirst generate {subject.file.path} --provider anthropic` shows the change."
    )
    raise ProjectError(Fault(Code.STALE, message, shown))


def _say_why_not(desk: Desk, proposal: Proposal) -> None:
    report = proposal.report
    if report.ok and proposal.target is not None and proposal.target.now is not None:
        desk.editor.answer(f"`{report.test_path}` is up to date.")
    elif report.offered is not None:
        desk.editor.refuse(summary.of_short_draft(report))
    else:
        desk.editor.refuse(summary.obstacle(report))
