"""Coverage as a file, for plugins that draw such files and speak with no language server."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from redfirst.lsp.work.subject import on_disk
from redfirst.project.fault import ProjectError
from redfirst.workflow.lcov_file import write_records

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from redfirst.lsp.state.coverages import Measured
    from redfirst.lsp.state.session import Session
    from redfirst.project.project import Project

_log = logging.getLogger(__name__)


async def write_known(session: Session, project: Project, implementation: Path) -> None:
    """Write what is known of the whole project, where the person wants that file.

    On the session's worker: two writers would be in each other's way.
    """
    wanted = session.preferences.settings_of(implementation).lcov
    if wanted is None:
        return
    path, measured = project.root / wanted, session.coverages.known()
    try:
        await session.work(partial(_write, project, path, measured))
    except ProjectError as error:
        _log.warning("%s", error.fault.message)


def _write(project: Project, path: Path, measured: Mapping[Path, Measured]) -> None:
    """Of a file that has changed since, its lines would be wrong; nobody wants what is omitted."""
    records = {
        project.relative(file): each.coverage.measurement
        for file, each in measured.items()
        if file.is_relative_to(project.root)
        and not each.coverage.omitted
        and on_disk(file) == each.source
    }
    write_records(records, path)
