"""Everything that must hold of every spec: valid, fresh, red verified, green and covered."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from redfirst.project.fault import ProjectError
from redfirst.project.layout import shared_test_paths
from redfirst.project.together import all_of
from redfirst.project.warm import Warmth
from redfirst.workflow.cover import measure
from redfirst.workflow.finding import from_fault
from redfirst.workflow.report import Finding, Report, SpecReport, TestReport
from redfirst.workflow.spec_file import read_spec_file
from redfirst.workflow.strength import strengthen, wanted_strength
from redfirst.workflow.test_module import own_test_path
from redfirst.workflow.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from redfirst.project.project import Project
    from redfirst.workflow.cover import Covered
    from redfirst.workflow.progress import Progress


class Gates(Enum):
    """Which gates are asked: that of strength takes longest, and is off by default."""

    AS_CONFIGURED = auto()
    WITH_STRENGTH = auto()


async def check(
    project: Project,
    specs: Sequence[Path],
    progress: Progress,
    gates: Gates = Gates.AS_CONFIGURED,
) -> Report:
    """Check the specs, several at a time; nothing is written. A fault spoils its own spec only."""
    async with Warmth(project.root) as warmth:
        warm = replace(project, warmth=project.warmth or warmth)
        return await _check(warm, specs, progress, gates)


async def _check(
    project: Project, specs: Sequence[Path], progress: Progress, gates: Gates
) -> Report:
    places = asyncio.Semaphore(project.configuration.jobs or os.cpu_count() or 1)
    count = _Count(progress, len(specs))

    async def one(spec: Path) -> SpecReport:
        async with places:
            try:
                report = await check_spec(project, spec, count, gates)
            except ProjectError as error:
                report = SpecReport(
                    project.relative(spec), None, findings=(from_fault(error.fault),)
                )
            count.step(report.path)
            return report

    reports = tuple(await all_of(map(one, specs)))
    return Report("check", reports, tuple(_shared(project, specs)))


async def check_spec(
    project: Project,
    spec_path: Path,
    progress: Progress,
    gates: Gates = Gates.AS_CONFIGURED,
) -> SpecReport:
    """Check one spec: verification first; the implementation is run only with a usable module."""
    verified = await verify(project, spec_path, None, progress)
    if not verified.tests:
        return verified
    covered = await measure(project, spec_path, progress)
    if not _is_strength_asked(project, covered, gates):
        return _merged(verified, covered.report)
    # Other specs are at work beside this one: a process for each is enough.
    return _merged(verified, await strengthen(project, covered, progress, jobs=1))


def _is_strength_asked(project: Project, covered: Covered, gates: Gates) -> bool:
    if gates is Gates.WITH_STRENGTH:
        return True
    return covered.loop is not None and wanted_strength(project, covered.loop.spec) is not None


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
        strength=covered.strength,
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
