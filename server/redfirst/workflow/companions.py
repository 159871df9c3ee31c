"""The other specs of a module: a change that one of them asks for must keep what they hold, too."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from redfirst.project.fault import ProjectError
from redfirst.project.files import read_source
from redfirst.project.layout import find_implementation
from redfirst.spec.codes import Code
from redfirst.spec.problem import Severity
from redfirst.workflow.cover import measure, measure_confined
from redfirst.workflow.naming_specs import specs_of_module
from redfirst.workflow.report import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from redfirst.project.project import Project
    from redfirst.project.sandbox import Sandbox
    from redfirst.workflow.cover import Loop
    from redfirst.workflow.progress import Progress
    from redfirst.workflow.report import SpecReport


async def broken_companion(
    project: Project, copy: Project, loop: Loop, sandbox: Sandbox, progress: Progress
) -> Finding | None:
    """A test of another spec of the same module that passes in `project` and not in `copy`, where
    the module is another one that nobody has read yet.
    """
    for spec_path in await asyncio.to_thread(lambda: list(_companions(project, loop))):
        before = (await measure(project, spec_path, progress)).report
        passed = _passed(before)
        if not passed:
            continue
        there = copy.root / before.path
        after = (await measure_confined(copy, there, sandbox, progress)).report
        lost = sorted(passed - _passed(after))
        if lost:
            message = f"`{lost[0]}`, a test of `{before.path}`, is not green any more."
            return Finding(Code.CASE_RED, Severity.ERROR, message, before.path)
    return None


def _companions(project: Project, loop: Loop) -> Iterator[Path]:
    path = project.root / loop.path
    for head in specs_of_module(project, path, _read):
        is_other = project.relative(head.path) != loop.file.path
        if is_other and find_implementation(project, head.module.value).path == path:
            yield head.path


def _read(path: Path) -> str | None:
    try:
        return read_source(path).text
    except ProjectError:
        return None


def _passed(report: SpecReport) -> frozenset[str]:
    return frozenset(test.id for test in report.tests if test.outcome == "passed")
