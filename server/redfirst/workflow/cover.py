"""Run the tests of a spec on its implementation: outcomes per case, gaps, and the gate."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from redfirst.coverage.threshold import coverage_result
from redfirst.generation.links import linked_tests
from redfirst.project.files import make_folder, read_source
from redfirst.project.layout import find_implementation
from redfirst.project.probe_client import Probe, ProbeFailed
from redfirst.project.sandbox import Level, Sandbox
from redfirst.spec.ranges import LineIndex
from redfirst.workflow.coverage_findings import coverage_findings
from redfirst.workflow.environment import runner_died
from redfirst.workflow.freshness import freshness, is_stale
from redfirst.workflow.implementation_run import (
    ImplementationRun,
    Subject,
    measurement_of,
    run_on_implementation,
)
from redfirst.workflow.outcomes import TestModule, cases_by_test, outcomes, red_findings
from redfirst.workflow.run_findings import (
    no_implementation,
    not_measured,
    omitted,
    run_failure,
    unfinished,
)
from redfirst.workflow.spec_file import read_spec_file
from redfirst.workflow.test_module import missing_test, own_test_path

if TYPE_CHECKING:
    from pathlib import Path

    from redfirst.coverage.measurement import CoverageResult, Measurement
    from redfirst.project.files import FileText
    from redfirst.project.project import Project
    from redfirst.spec.model import Spec
    from redfirst.workflow.progress import Progress
    from redfirst.workflow.report import Finding, SpecReport
    from redfirst.workflow.spec_file import SpecFile


@dataclass(frozen=True, slots=True)
class Covered:
    """A report, and the measurement it was made from, of the texts in `loop`; `None` when nothing
    was measured. `omitted` stands in for the result of an implementation that the user's settings
    of coverage.py leave out.
    """

    report: SpecReport
    measurement: Measurement | None = None
    loop: Loop | None = None
    omitted: CoverageResult | None = None


@dataclass(frozen=True, slots=True)
class _Terms:
    """What one run is told beyond the spec."""

    fail_under: float | None = None
    html: Path | None = None
    stand_in: Path | None = None
    sandbox: Sandbox = field(default_factory=Sandbox)


@dataclass(frozen=True, slots=True)
class Loop:
    """A spec with its test module and its implementation: all that one run is about."""

    file: SpecFile
    spec: Spec
    tests: TestModule
    path: str
    implementation: FileText
    threshold: float

    def report(self, *findings: Finding) -> SpecReport:
        """A report on this spec, with what its test module's header says of its age."""
        aged = freshness(self.file, self.spec, self.tests.path, self.tests.lines.text)
        report = self.file.report(*aged, *findings)
        return replace(report, test_path=self.tests.path, stale=is_stale(aged))


async def cover(
    project: Project, spec_path: Path, progress: Progress, *, fail_under: float | None = None
) -> SpecReport:
    """The report of `measure`."""
    return (await measure(project, spec_path, progress, fail_under=fail_under)).report


async def measure(
    project: Project,
    spec_path: Path,
    progress: Progress,
    *,
    fail_under: float | None = None,
    html: Path | None = None,
) -> Covered:
    """Run the spec's test module on the real implementation, with the rights of the person, who
    wrote the one and accepted the other.

    The threshold is `fail_under`, else the spec's, else the project's. `html` is a folder for
    coverage.py's own pages. Nothing else is written, the project's own coverage data included. A
    run that is not green to its end never passes the gate. `ProjectError` when a file cannot be
    read, `html` cannot be made, or there is no interpreter.
    """
    return await _measure(project, spec_path, _Terms(fail_under, html), progress)


async def measure_unsaved(
    project: Project, spec_path: Path, stand_in: Path, progress: Progress
) -> Covered:
    """As `measure`, with the file `stand_in` in the place of the implementation, which stays as it
    is: its text is one that nobody has saved.
    """
    return await _measure(project, spec_path, _Terms(stand_in=stand_in), progress)


async def measure_confined(
    project: Project, spec_path: Path, sandbox: Sandbox, progress: Progress
) -> Covered:
    """As `measure`, in a sandbox: for an implementation that nobody has read yet."""
    return await _measure(project, spec_path, _Terms(sandbox=sandbox), progress)


async def _measure(project: Project, spec_path: Path, terms: _Terms, progress: Progress) -> Covered:
    file = read_spec_file(project, spec_path)
    if file.spec is None:
        return Covered(file.report())
    loop = _open(project, spec_path, file, file.spec, terms)
    if not isinstance(loop, Loop):
        return Covered(file.report(loop))
    try:
        said = await _run(project, loop, terms, progress)
    except ProbeFailed as error:
        return Covered(loop.report(runner_died(str(error), loop.tests.path)))
    source = loop.implementation.text
    failure = run_failure(project, loop.spec, loop.tests, source, said)
    if failure is not None:
        return Covered(loop.report(failure))
    return _judged(project, loop, said)


def _open(
    project: Project, spec_path: Path, file: SpecFile, spec: Spec, terms: _Terms
) -> Loop | Finding:
    """Everything that a run needs, or the finding that says what is not there."""
    test_path = own_test_path(project, spec_path, spec)
    shown = project.relative(test_path)
    if not test_path.is_file():
        return missing_test(file, shown)
    place = find_implementation(project, spec.module.value)
    path = project.relative(place.path)
    if not place.exists:
        return no_implementation(file, spec, path)
    source = read_source(test_path, shown).text
    links = {link.name: link for link in linked_tests(source)}
    wanted = (terms.fail_under, spec.settings.threshold, project.configuration.threshold)
    return Loop(
        file=file,
        spec=spec,
        tests=TestModule(shown, LineIndex(source), links),
        path=path,
        implementation=read_source(terms.stand_in or place.path, path),
        threshold=next(each for each in wanted if each is not None),
    )


async def _run(
    project: Project, loop: Loop, terms: _Terms, progress: Progress
) -> ImplementationRun:
    # Finding the interpreter may ask uv or poetry, which takes a while.
    interpreter = await asyncio.to_thread(lambda: project.interpreter)
    if terms.html is not None:
        make_folder(terms.html)
    subject = Subject(
        test_file=loop.tests.path,
        module=loop.spec.module.value,
        target=str(project.root / loop.path),
        timeout=loop.spec.settings.timeout or project.configuration.timeout,
        html=None if terms.html is None else str(terms.html),
        stand_in=None if terms.stand_in is None else str(terms.stand_in),
        is_confined=terms.sandbox.level is not Level.NONE,
    )
    probe = Probe(interpreter.path, project.root, terms.sandbox, warmth=project.warmth)
    return await run_on_implementation(probe, subject, progress)


def _judged(project: Project, loop: Loop, said: ImplementationRun) -> Covered:
    tests = outcomes(loop.spec, loop.tests, said)
    findings = red_findings(loop.tests, tests, said)
    if (late := unfinished(loop.tests, said)) is not None:
        findings = (*findings, late)
    judged = replace(loop.report(*findings), tests=tests, sandbox=Level.NONE)
    gone = not_measured(project, loop.tests, loop.path, loop.implementation.data, said)
    if gone is not None and judged.ok:
        judged = replace(judged, findings=(*judged.findings, gone))
    if said.measured is None or gone is not None:
        return Covered(judged)
    measurement = measurement_of(said.measured)
    if (left_out := omitted(loop.path, loop.threshold, said)) is not None:
        nothing = replace(_result(loop, measurement, said), complete=False)
        told = replace(judged, findings=(*judged.findings, left_out))
        return Covered(told, loop=loop, omitted=nothing)
    result = _result(loop, measurement, said)
    lines = LineIndex(loop.implementation.text)
    found = (*judged.findings, *coverage_findings(result, lines))
    return Covered(replace(judged, findings=found, coverage=result), measurement, loop)


def _result(loop: Loop, measurement: Measurement, said: ImplementationRun) -> CoverageResult:
    cases = cases_by_test(loop.spec, loop.tests, said)
    source = loop.implementation.text
    result = coverage_result(loop.path, source, measurement, loop.threshold, cases)
    return replace(result, complete=said.is_green)
