"""A save runs the tests that it may have changed: nobody waits for them, and they stay quiet."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from redfirst.lsp.state.session import path_of
from redfirst.lsp.work.run_unsaved import run_what_is_seen
from redfirst.lsp.work.running import run_and_show, set_off_run, show_end
from redfirst.lsp.work.subject import find_subject, on_disk, spec_of
from redfirst.project.fault import ProjectError
from redfirst.workflow.affected import affected_by_module, affected_by_spec
from redfirst.workflow.progress import Silent

if TYPE_CHECKING:
    from pathlib import Path

    from redfirst.lsp.work.desk import Desk
    from redfirst.lsp.work.subject import Subject
    from redfirst.workflow.affected import Affected

_log = logging.getLogger(__name__)


def run_saved(desk: Desk, uri: str) -> None:
    """Run the tests of all specs that the saved file can affect, where the person wants that."""
    path = path_of(uri)
    if path is None or desk.session.view(uri) is None:
        return
    settings = desk.session.preferences.settings_of(path)
    if settings.run_on != "off" and settings.trusted:
        desk.tasks.set_off(("affected", path), partial(_run_affected, desk, path))


async def _run_affected(desk: Desk, path: Path) -> None:
    coverages = desk.session.coverages
    for affected in await asyncio.to_thread(_affected, desk, path):
        if run_what_is_seen(desk, affected.implementation):
            continue
        coverages.expect(affected.implementation, affected.specs)
        for spec in await asyncio.to_thread(_due, desk, affected):
            run = partial(_run, desk, spec, affected.implementation)
            set_off_run(desk, affected.implementation, spec, run)


def _due(desk: Desk, affected: Affected) -> tuple[Path, ...]:
    """The specs that changed, and those whose part of what is shown together is not known."""
    path = affected.implementation
    source = on_disk(path)
    return tuple(
        spec
        for spec in affected.specs
        if spec in affected.changed
        or not desk.session.coverages.knows(path, spec, source)
        or not desk.session.verdicts.ran_with(spec, on_disk)
    )


def _affected(desk: Desk, path: Path) -> tuple[Affected, ...]:
    project = desk.session.project(path)
    spec_path = spec_of(project, path, on_disk)
    if spec_path is not None:
        return tuple(affected_by_spec(project, spec_path, on_disk))
    return tuple(affected_by_module(project, path, on_disk)) if path.suffix == ".py" else ()


async def _run(desk: Desk, spec_path: Path, implementation: Path, number: int) -> None:
    try:
        subject = await asyncio.to_thread(_subject, desk, spec_path)
        await run_and_show(desk, subject, implementation, number, Silent())
    except ProjectError as error:
        _log.info("Not run: %s", error.fault.message)
        show_end(desk, spec_path, implementation, number)
    desk.tell_news(spec_path)


def _subject(desk: Desk, spec_path: Path) -> Subject:
    project = desk.session.project(spec_path)
    warm = replace(project, warmth=desk.warmths.of(project.root))
    return find_subject(warm, spec_path, on_disk)
