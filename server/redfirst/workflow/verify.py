"""Red verification: every test of a module must be red, each for the right reason."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from redfirst.generation.gate import check_module
from redfirst.generation.links import linked_tests
from redfirst.project.files import read_source
from redfirst.project.probe_client import Probe, ProbeFailed
from redfirst.project.pytest_settings import declared_markers
from redfirst.project.scratch import off_the_loop
from redfirst.spec.codes import Code
from redfirst.spec.model import TypeKind
from redfirst.spec.ranges import LineIndex
from redfirst.verification.expectations import expectations
from redfirst.verification.judge import Evidence, judge, noticed_lies
from redfirst.verification.repeatable import is_repeatable
from redfirst.verification.stub import Stub, StubKind
from redfirst.verification.stub_source import stub_module
from redfirst.verification.stubs import make_stubs
from redfirst.workflow.denials import module_denied, with_denials
from redfirst.workflow.environment import runner_died
from redfirst.workflow.finding import from_problem
from redfirst.workflow.freshness import freshness, is_stale
from redfirst.workflow.observe import Trial, observe, test_name
from redfirst.workflow.report import Finding, TestReport
from redfirst.workflow.spec_file import read_spec_file
from redfirst.workflow.test_module import missing_test, own_test_path
from redfirst.workflow.verdict_findings import module_failure, verdict_findings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from redfirst.project.project import Project
    from redfirst.project.sandbox import Level, Sandbox
    from redfirst.spec.model import Spec
    from redfirst.spec.problem import Problem
    from redfirst.verification.observation import Observation
    from redfirst.workflow.observe import Observed
    from redfirst.workflow.progress import Progress
    from redfirst.workflow.report import SpecReport
    from redfirst.workflow.spec_file import SpecFile

_ALMOST: Final = (StubKind.ALMOST, StubKind.ALMOST_NEXT)
_UNREADABLE: Final = (Code.TEST_SYNTAX, Code.PROSE_AROUND_CODE)


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found about one test module: a report per test, and findings in the module.

    `sandbox` is the level of protection that it was run with, empty when it was not run.
    """

    tests: tuple[TestReport, ...]
    findings: tuple[Finding, ...]
    sandbox: str = ""


async def verify(
    project: Project, spec_path: Path, test_path: Path | None, progress: Progress
) -> SpecReport:
    """Judge the test module of the spec, or the module at `test_path` in its stead.

    The implementation is never imported. `ProjectError` when a file cannot be read.
    """
    file = await asyncio.to_thread(read_spec_file, project, spec_path)
    if file.spec is None:
        return file.report()
    path = test_path or own_test_path(project, spec_path, file.spec)
    shown = project.relative(path)
    if test_path is None and not path.is_file():
        return file.report(missing_test(file, shown))
    source = read_source(path, shown).text
    return await verify_texts(project, file, shown, source, progress)


async def verify_texts(
    project: Project, file: SpecFile, test_path: str, source: str, progress: Progress
) -> SpecReport:
    """As `verify`, for the text of a spec and of its module that may be unsaved."""
    if file.spec is None:
        return file.report()
    verification = await verify_source(project, file.spec, test_path, source, progress)
    fresh = await asyncio.to_thread(freshness, file, file.spec, test_path, source)
    findings = without_echoes(verification.findings) if is_stale(fresh) else verification.findings
    return replace(
        file.report(*fresh, *findings),
        tests=verification.tests,
        sandbox=verification.sandbox,
        test_path=test_path,
        stale=is_stale(fresh),
    )


def without_echoes(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """That a stale module lacks the new cases and has the old ones is said once, by staleness."""
    echoes = (Code.CASE_WITHOUT_TEST, Code.TEST_WITHOUT_CASE)
    return tuple(finding for finding in findings if finding.code not in echoes)


async def verify_source(
    project: Project, spec: Spec, test_path: str, source: str, progress: Progress
) -> Verification:
    """Gate and red verification of a module's text, whether or not it is on the disk.

    `test_path` (relative to the project) is where the module stands or will stand. `ProjectError`
    when there is no sandbox to run it in.
    """
    prepared = await asyncio.to_thread(_prepare, project, spec, test_path, source)
    if any(problem.code in _UNREADABLE for problem in prepared.problems):
        return Verification((), prepared.gate)
    try:
        async with off_the_loop(project.view(test_path, source)) as folder:
            sandbox, interpreter = await asyncio.to_thread(_place, project, folder)
            probe = Probe(interpreter, folder, sandbox, warmth=project.warmth)
            observed = await observe(probe, prepared.trial, prepared.stubs, progress)
    except ProbeFailed as error:
        return Verification((), (*prepared.gate, runner_died(str(error), test_path)))
    return await asyncio.to_thread(_judged, project, prepared, observed, sandbox.level)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What is known of a module before it is run; `problems` are those of the static gate."""

    spec: Spec
    source: str
    lines: LineIndex
    problems: tuple[Problem, ...]
    stubs: tuple[Stub, ...]
    trial: Trial

    @property
    def gate(self) -> tuple[Finding, ...]:
        path = self.trial.test_file
        return tuple(from_problem(problem, path, self.lines) for problem in self.problems)


def _prepare(project: Project, spec: Spec, test_path: str, source: str) -> _Prepared:
    stubs = make_stubs(spec)
    links = {link.name: link for link in linked_tests(source)}
    timeout = spec.settings.timeout or project.configuration.timeout
    return _Prepared(
        spec=spec,
        source=source,
        lines=LineIndex(source),
        problems=check_module(source, spec, declared_markers(project.root)),
        stubs=stubs,
        trial=Trial(
            test_path,
            spec.module.value,
            stub_module(spec, stubs),
            timeout,
            links,
            is_repeatable(source, spec),
        ),
    )


def _place(project: Project, folder: Path) -> tuple[Sandbox, Path]:
    return project.sandbox(folder), project.interpreter.path


def _judged(
    project: Project, prepared: _Prepared, observed: Observed, level: Level
) -> Verification:
    spec, test_path = prepared.spec, prepared.trial.test_file
    if any(problem.code is Code.UNDECLARED_MARKER for problem in prepared.problems):
        markers = declared_markers(project.root) | observed.markers  # plugins declare, too
        problems = check_module(prepared.source, spec, markers)
        prepared = replace(prepared, problems=problems)
    failure = module_denied(observed, level, test_path) or module_failure(
        project, spec, observed, test_path
    )
    if failure is not None:
        return Verification((), (*prepared.gate, failure), level)
    tests = tuple(
        with_denials(test, observed.seen.get(test.id, {}), level)
        for test in _reports(prepared, observed)
    )
    return Verification(tests, (*prepared.gate, *verdict_findings(spec, tests, test_path)), level)


def _met(
    stubs: tuple[Stub, ...], seen: Mapping[str, Observation], observed: Observed
) -> Iterator[tuple[str, str]]:
    for stub in stubs:
        if stub.kind in _ALMOST and stub.name in seen and not seen[stub.name].lies:
            continue  # it answered this test rightly throughout
        if stub.name in seen:
            yield stub.name, seen[stub.name].outcome.value
        elif stub.kind is StubKind.ABSENT and observed.without_module:
            yield stub.name, observed.without_module


def _reports(prepared: _Prepared, observed: Observed) -> Iterator[TestReport]:
    spec, stubs, trial, lines = prepared.spec, prepared.stubs, prepared.trial, prepared.lines
    kinds = {one.name.value: one.kind for one in spec.types}
    records = frozenset(name for name, kind in kinds.items() if kind is TypeKind.RECORD)
    demands = {case: expectations(spec, case, stubs) for case in (None, *spec.cases)}
    noticed = noticed_lies(observed.seen.values())
    for test in observed.tests:
        seen = observed.seen.get(test, {})
        case = spec.case(trial.case_of(test) or "")
        again = observed.backwards.get(test, {})
        judgement = judge(Evidence(case, demands[case], seen, records, again, noticed))
        link = trial.links.get(test_name(test))
        yield TestReport(
            id=test,
            case=case.id if case else None,
            verdict=judgement.verdict,
            reason=judgement.reason,
            stubs=dict(_met(stubs, seen, observed)),
            proven=judgement.proven,
            range=lines.range(link.span) if link else None,
        )
