"""Everything that must hold of every spec: valid, fresh, red verified, green and covered."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from typing import TYPE_CHECKING

from redfirst.project.fault import ProjectError
from redfirst.project.layout import shared_test_paths
from redfirst.project.warm import Warmth
from redfirst.workflow.cover import cover
from redfirst.workflow.finding import from_fault
from redfirst.workflow.report import Finding, Report, SpecReport, TestReport
from redfirst.workflow.spec_file import read_spec_file
from redfirst.workflow.test_module import own_test_path
from redfirst.workflow.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from redfirst.project.project import Project
    from redfirst.workflow.progress import Progress


async def check(project: Project, specs: Sequence[Path], progress: Progress) -> Report:
    """Check the specs, several at a time; nothing is written. A fault spoils its own spec only."""
    async with Warmth(project.root) as warmth:
        return await _check(replace(project, warmth=project.warmth or warmth), specs, progress)


async def _check(project: Project, specs: Sequence[Path], progress: Progress) -> Report:
    places = asyncio.Semaphore(project.configuration.jobs or os.cpu_count() or 1)
    count = _Count(progress, len(specs))

    async def one(spec: Path) -> SpecReport:
        async with places:
            try:
                report = await check_spec(project, spec, count)
            except ProjectError as error:
                report = SpecReport(
                    project.relative(spec), None, findings=(from_fault(error.fault),)
                )
            count.step(report.path)
            return report

    reports = tuple(await asyncio.gather(*map(one, specs)))
    return Report("check", reports, tuple(_shared(project, specs)))


async def check_spec(project: Project, spec_path: Path, progress: Progress) -> SpecReport:
    """Check one spec: verification first; the implementation is run only with a usable module."""
    verified = await verify(project, spec_path, None, progress)
    if not verified.tests:
        return verified
    return _merged(verified, await cover(project, spec_path, progress))


class _Count:
    """Progress in specs; what happens inside one of them is too fine to show beside the others."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def report(self, label: str, done: int, total: int) -> None:
        """Leave out the steps inside one spec."""

    def step(self, path: str) -> None:
        self._done += 1
        self._progress.report(path, self._done, self._total)


def _merged(verified: SpecReport, covered: SpecReport) -> SpecReport:
    """Both looked at the same spec and module, so both may have found the same."""
    runs = {test.id: test for test in covered.tests}
    return replace(
        verified,
        findings=tuple(dict.fromkeys((*verified.findings, *covered.findings))),
        tests=tuple(_with_outcome(test, runs.get(test.id)) for test in verified.tests),
        coverage=covered.coverage,
    )


def _with_outcome(test: TestReport, run: TestReport | None) -> TestReport:
    return test if run is None else replace(test, outcome=run.outcome)


def _shared(project: Project, specs: Sequence[Path]) -> Iterator[Finding]:
    tests: dict[Path, Path] = {}
    for path in specs:
        try:
            spec = read_spec_file(project, path).spec
        except ProjectError:
            continue
        if spec is not None:
            tests[path] = own_test_path(project, path, spec)
    for fault in shared_test_paths(project, tests).values():
        yield from_fault(fault)
