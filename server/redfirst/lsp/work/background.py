"""Work that a save sets off: nobody waits for it, and it never speaks up."""

from __future__ import annotations

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING

from redfirst.lsp.work import summary
from redfirst.lsp.work.judging import is_known, test_path_of, verify_as_seen
from redfirst.project.fault import ProjectError

if TYPE_CHECKING:
    from pathlib import Path

    from redfirst.lsp.work.desk import Desk
    from redfirst.lsp.work.subject import Subject

_log = logging.getLogger(__name__)


def verify_saved(desk: Desk, uri: str) -> None:
    """Verify the spec that the saved text is, or that it was generated from."""
    view = desk.session.view(uri)
    if view is not None and view.spec_path is not None:
        verify_later(desk, view.spec_path)


def verify_later(desk: Desk, spec_path: Path) -> None:
    """Verify the spec once what was asked for is over, unless it is known by then.

    Nothing happens where the person wants verification on command only.
    """
    settings = desk.session.preferences.settings_of(spec_path)
    if settings.verify_on == "save" and settings.trusted:
        desk.tasks.set_off(spec_path, partial(_verify, desk, spec_path))


async def _verify(desk: Desk, spec_path: Path) -> None:
    try:
        subject = await desk.subject(spec_path)
        if not await asyncio.to_thread(_is_worth_it, desk, subject):
            return
        with desk.progress(f"Verify {subject.file.path}") as bar:
            report = await verify_as_seen(subject, desk.session.verdicts, bar)
            bar.result = summary.of_verification(report)
        desk.tell_news(spec_path)
    except ProjectError as error:
        _log.info("Not verified: %s", error.fault.message)


def _is_worth_it(desk: Desk, subject: Subject) -> bool:
    path = test_path_of(subject)
    return (
        subject.file.report().ok
        and path is not None
        and subject.read(path) is not None
        and not is_known(subject, desk.session.verdicts)
    )
