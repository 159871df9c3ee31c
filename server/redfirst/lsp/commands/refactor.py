"""`redfirst.refactor`: a model's change to an implementation, shown before it is made."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from redfirst.lsp.commands.run import saved_implementation
from redfirst.lsp.state.model_choice import asked_project, choose_model
from redfirst.lsp.work import summary
from redfirst.lsp.work.new_text import Replacement, write
from redfirst.lsp.work.running import files_of
from redfirst.lsp.work.stages import Stages
from redfirst.project.fault import Fault, ProjectError
from redfirst.project.files import read_source
from redfirst.spec.codes import Code
from redfirst.workflow.refactor import Wish, refactor

if TYPE_CHECKING:
    from redfirst.coverage.mutation.strength import StrengthResult
    from redfirst.lsp.work.desk import Desk
    from redfirst.lsp.work.progress_bars import ProgressBar
    from redfirst.lsp.work.running import Files
    from redfirst.lsp.work.subject import Subject
    from redfirst.lsp.work.wanted import Wanted

_NOTHING: Final = "The model would leave `{path}` as it is."
_CHANGED: Final = "`{path}` was changed meanwhile, so the proposal was dropped. Ask again."


async def refactor_code(desk: Desk, subject: Subject, bar: ProgressBar, wanted: Wanted) -> object:
    """Ask for a better implementation, where all cases are green; the person decides about it."""
    _require_consent(desk, subject)
    await asyncio.to_thread(saved_implementation, subject)
    before = await asyncio.to_thread(files_of, subject)
    wish = _wish(desk, subject, wanted, before)
    settings = desk.session.preferences.settings_of(subject.path)
    project = asked_project(settings, subject.project)
    report = await refactor(project, subject.path, wish, Stages(bar))
    if report.change is None or before is None:
        if report.ok:
            shown = report.coverage.path if report.coverage else report.path
            desk.editor.answer(_NOTHING.format(path=shown))
        else:
            desk.editor.refuse(summary.obstacle(report))
        return {"ok": report.ok, "written": False}
    path, shown = before.implementation, report.change.path
    now = await asyncio.to_thread(read_source, path, shown)
    if await asyncio.to_thread(files_of, subject) != before or now.text != before.source:
        raise ProjectError(Fault(Code.CHANGE_REFUSED, _CHANGED.format(path=shown), shown))
    reason = " ".join(report.change.reasons) or None
    change = Replacement(path, shown, now, report.change.text, asks=True, reason=reason)
    written = await write(desk, change)
    if written:
        bar.result = f"`{shown}` is refactored: every case was green on the new text."
    return {"ok": True, "written": written, "reasons": list(report.change.reasons)}


def _require_consent(desk: Desk, subject: Subject) -> None:
    client = desk.session.client
    if not (client.applies_edits and client.annotates_edits):
        spec = subject.file.path
        message = (
            "This editor cannot show a change before it is made (`changeAnnotationSupport`), and "
            "a model's change is made only when you have seen it. On the command line "
            f"`redfirst refactor {spec}` shows it."
        )
        raise ProjectError(Fault(Code.CHANGE_REFUSED, message, spec))


def _wish(desk: Desk, subject: Subject, wanted: Wanted, files: Files | None) -> Wish:
    session = desk.session
    settings = session.preferences.settings_of(subject.path)
    key = session.vault.key
    choice = choose_model(session.client, settings, subject.project, key)
    provider = wanted.provider or choice.provider
    return Wish(
        wanted.answers,
        provider=provider,
        key=key,
        carrier=desk.carrier(provider),
        strength=_fresh_strength(desk, subject, files),
    )


def _fresh_strength(desk: Desk, subject: Subject, files: Files | None) -> StrengthResult | None:
    """What the tests notice of changes to this very implementation, where somebody asked."""
    if files is None:
        return None
    known = desk.session.verdicts.strengths_of(files.implementation).get(subject.path)
    return known.report.strength if known and known.content == files.content else None
