"""Live: the tests run on an implementation as it stands in the editor, once the typing pauses."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from redfirst.lsp.state.session import path_of
from redfirst.lsp.work.running import run_and_show, set_off_run, show_end
from redfirst.lsp.work.subject import find_subject, on_disk
from redfirst.project.fault import ProjectError
from redfirst.workflow.affected import affected_by_module
from redfirst.workflow.progress import Silent

if TYPE_CHECKING:
    from pathlib import Path

    from redfirst.lsp.work.desk import Desk
    from redfirst.lsp.work.subject import Subject
    from redfirst.workflow.affected import Affected

PAUSE: Final = 0.3  # seconds

_log = logging.getLogger(__name__)


def run_unsaved(desk: Desk, uri: str) -> None:
    """The text at `uri` changed: run its tests after a pause, where the person wants that."""
    path = path_of(uri)
    if path is None or path.suffix != ".py" or desk.session.view(uri) is None:
        return
    if _is_live(desk, path):
        desk.pauses.after(PAUSE, path, partial(_set_off, desk, uri, path))


def run_what_is_seen(desk: Desk, path: Path) -> bool:
    """Run the tests of an open file as it stands in the editor, if that is another text than the
    saved one and the person wants to see such runs; whether they do. Reads the file.
    """
    view = desk.session.opened(path)
    if view is None or not _is_live(desk, path) or view.text == on_disk(path):
        return False
    _set_off(desk, view.uri, path)
    return True


def _is_live(desk: Desk, path: Path) -> bool:
    settings = desk.session.preferences.settings_of(path)
    return settings.run_on == "change" and settings.trusted


def _set_off(desk: Desk, uri: str, path: Path) -> None:
    desk.tasks.set_off(("unsaved", path), partial(_run_affected, desk, uri, path))


async def _run_affected(desk: Desk, uri: str, path: Path) -> None:
    """Only the specs of the file itself: what imports it is run once it is saved."""
    affected = await asyncio.to_thread(_affected, desk, path)
    view = desk.session.view(uri)
    if affected is None or view is None:
        return
    coverages = desk.session.coverages
    coverages.expect(path, affected.specs)
    due = await asyncio.to_thread(_due, desk, affected, view.text)
    # In the order of the texts: what is written for one that is given up must not come last.
    write = partial(desk.unsaved.write, path, view.text)
    stand_in = await desk.session.work(write) if due else path
    for spec in due:
        set_off_run(desk, path, spec, partial(_run, desk, spec, path, stand_in))


def _due(desk: Desk, affected: Affected, text: str) -> tuple[Path, ...]:
    coverages, path = desk.session.coverages, affected.implementation
    return tuple(
        spec
        for spec in affected.specs
        if not coverages.knows(path, spec, text)
        or coverages.is_under_way(path, spec)  # of another text, which would be taken for newer
        or not desk.session.verdicts.ran_with(spec, on_disk)
    )


def _affected(desk: Desk, path: Path) -> Affected | None:
    found = affected_by_module(desk.session.project(path), path, on_disk)
    return next((each for each in found if each.implementation == path), None)


async def _run(
    desk: Desk, spec_path: Path, implementation: Path, stand_in: Path, number: int
) -> None:
    try:
        subject = await asyncio.to_thread(_subject, desk, spec_path, implementation, stand_in)
        await run_and_show(desk, subject, implementation, number, Silent())
    except ProjectError as error:
        _log.info("Not run: %s", error.fault.message)
        show_end(desk, spec_path, implementation, number)
    desk.tell_measured(implementation)  # also when nothing could be: the text may be broken
    desk.tell_news(spec_path)


def _subject(desk: Desk, spec_path: Path, implementation: Path, stand_in: Path) -> Subject:
    """The spec and its tests as they are on the disk; the implementation as it is in its place."""

    def read(path: Path) -> str | None:
        return on_disk(stand_in if path == implementation else path)

    project = desk.session.project(spec_path)
    warm = replace(project, warmth=desk.warmths.of(project.root))
    return replace(find_subject(warm, spec_path, read), stand_in=stand_in)
