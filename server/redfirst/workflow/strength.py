"""Change an implementation in many small ways, and see which of them its tests do not notice."""

from __future__ import annotations

import asyncio
import hashlib
import os
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from redfirst.coverage.mutation.find import find_mutants
from redfirst.coverage.mutation.strength import Fate, StrengthResult, Tried
from redfirst.coverage.mutation.waivers import unused, waiver_of
from redfirst.project.probe_client import Probe, ProbeFailed
from redfirst.project.series import SeriesProbe
from redfirst.workflow.environment import runner_died
from redfirst.workflow.mutant_runs import Trial, try_mutants
from redfirst.workflow.strength_findings import strength_findings, unused_waivers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from redfirst.coverage.measurement import Measurement
    from redfirst.coverage.mutation.mutant import Mutant
    from redfirst.project.project import Project
    from redfirst.project.sandbox import Sandbox
    from redfirst.spec.model import Spec
    from redfirst.workflow.cover import Covered, Loop
    from redfirst.workflow.progress import Progress
    from redfirst.workflow.report import SpecReport


async def strengthen(
    project: Project, covered: Covered, progress: Progress, *, jobs: int | None = None
) -> SpecReport:
    """The report of a run on the implementation, and what its tests notice of small changes to it.

    Mutants are made of the very text that was measured, and run like it with the rights of the
    person, `jobs` at a time; nothing is written. A run that is not green to its end says nothing
    of mutants: its report comes back as it is. `ProjectError` when there is no interpreter.
    """
    return await _strengthened(project, covered, partial(_series, project, jobs), progress)


async def strengthen_confined(
    project: Project, covered: Covered, sandbox: Sandbox, progress: Progress
) -> SpecReport:
    """As `strengthen`, in a sandbox: for an implementation that nobody has read yet."""
    return await _strengthened(project, covered, partial(_confined, project, sandbox), progress)


def _series(project: Project, jobs: int | None, interpreter: Path) -> Probe:
    return SeriesProbe(
        interpreter, project.root, jobs=jobs or _jobs(project), warmth=project.warmth
    )


def _confined(project: Project, sandbox: Sandbox, interpreter: Path) -> Probe:
    return Probe(interpreter, project.root, sandbox, jobs=_jobs(project), warmth=project.warmth)


def _jobs(project: Project) -> int:
    return project.configuration.jobs or os.cpu_count() or 1


async def _strengthened(
    project: Project, covered: Covered, make: Callable[[Path], Probe], progress: Progress
) -> SpecReport:
    loop, measurement = covered.loop, covered.measurement
    result = covered.report.coverage
    if loop is None or measurement is None or result is None or not result.complete:
        return covered.report
    mutants = mutants_of(loop.spec, loop.implementation.text, measurement)
    try:
        tried = await _tried(project, loop, mutants, make, progress)
    except ProbeFailed as error:
        died = runner_died(str(error), loop.tests.path)
        return replace(covered.report, findings=(*covered.report.findings, died))
    strength = StrengthResult(
        path=loop.path,
        threshold=wanted_strength(project, loop.spec),
        tried=tried,
        implementation=hashlib.sha256(loop.implementation.data).hexdigest(),
        tests=_digest(loop.tests.lines.text),
    )
    old = unused(loop.spec.mutant_waivers, mutants)
    found = (*strength_findings(strength), *unused_waivers(loop.file, loop.path, old))
    report = covered.report
    return replace(report, findings=(*report.findings, *found), strength=strength)


def wanted_strength(project: Project, spec: Spec) -> float | None:
    """The percentage that the gate asks for: the spec's, else the project's; `None`: no gate."""
    own = spec.settings.strength
    return project.configuration.strength if own is None else own


def mutants_of(spec: Spec, source: str, measurement: Measurement) -> tuple[Mutant, ...]:
    """The mutants of the spec's function in the text `source`."""
    messages = frozenset(error.message for _, error in spec.errors() if error.message)
    return find_mutants(source, spec.function.value, measurement, messages)


async def _tried(
    project: Project,
    loop: Loop,
    mutants: tuple[Mutant, ...],
    make: Callable[[Path], Probe],
    progress: Progress,
) -> tuple[Tried, ...]:
    """Every mutant with its fate; those that the spec waives are not run."""
    waived = {
        mutant.id: waiver.reason.value
        for mutant in mutants
        if (waiver := waiver_of(mutant, loop.spec.mutant_waivers)) is not None
    }
    wanted = [mutant for mutant in mutants if mutant.id not in waived]
    interpreter = await asyncio.to_thread(lambda: project.interpreter)
    trial = Trial(
        test_file=loop.tests.path,
        target=str(project.root / loop.path),
        source=loop.implementation.text,
        timeout=loop.spec.settings.timeout or project.configuration.timeout,
    )
    probe = make(interpreter.path)
    label = f"{loop.path}: mutants"
    ends = await try_mutants(
        probe, trial, wanted, lambda over: progress.report(label, over, len(wanted))
    )
    fates = {one.mutant.id: one for one in ends}
    return tuple(
        Tried(mutant, Fate.WAIVED, reason=waived[mutant.id])
        if mutant.id in waived
        else fates[mutant.id]
        for mutant in mutants
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
