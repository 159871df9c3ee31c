"""A model's proposal for an implementation, kept only where the tests and the gate hold it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from redfirst.coverage.mutation.strength import is_weaker
from redfirst.project.envoy_process import Envoy
from redfirst.project.files import replace_file
from redfirst.project.scratch import off_the_loop
from redfirst.project.settings import ANTHROPIC
from redfirst.project.transcripts import Transcripts, digest_of
from redfirst.refactoring.proposal import NoProposalError, Proposal, read_proposal
from redfirst.refactoring.request import request_for
from redfirst.spec.codes import Code
from redfirst.spec.fingerprint import fingerprints
from redfirst.spec.problem import Severity
from redfirst.workflow.asking import Answers, Correspondent, Step
from redfirst.workflow.companions import broken_companion
from redfirst.workflow.cover import measure, measure_confined
from redfirst.workflow.model_source import access_for
from redfirst.workflow.prompts import REFACTORING, prompt
from redfirst.workflow.report import Change, Finding
from redfirst.workflow.spending import Spending
from redfirst.workflow.strength import strengthen, strengthen_confined, wanted_strength

if TYPE_CHECKING:
    from pathlib import Path

    from redfirst.coverage.measurement import Share
    from redfirst.coverage.mutation.strength import StrengthResult
    from redfirst.project.project import Project
    from redfirst.workflow.asking import Carrier, Said
    from redfirst.workflow.cover import Covered, Loop
    from redfirst.workflow.progress import Progress
    from redfirst.workflow.report import SpecReport


_NOT_GREEN: Final = (
    "first every case must be green, fresh and the gate hold. See `redfirst cover {path}`"
)


@dataclass(frozen=True, slots=True)
class Wish:
    """Whether kept answers will do, and what the command has spent so far.

    The rest is for editors: whose model is asked, a key that the editor keeps, and who carries the
    questions, `None`: an envoy; and what the tests notice of small changes to the very
    implementation, where that is known.
    """

    answers: Answers = Answers.KEPT
    spending: Spending | None = None
    provider: str = ANTHROPIC
    key: str | None = field(default=None, repr=False)
    carrier: Carrier | None = None
    strength: StrengthResult | None = None


async def refactor(project: Project, spec_path: Path, wish: Wish, progress: Progress) -> SpecReport:
    """A proposal that holds, as the report's `change`; else RF510 says why there is none.

    Only where every case is green and the gate holds, a model is asked. Nothing is written.
    `ProjectError` when a file cannot be read, or there is no key, interpreter or sandbox.
    """
    covered = await measure(project, spec_path, progress)
    return await _proposed(project, covered, wish, progress)


async def refactor_and_write(
    project: Project, spec_path: Path, wish: Wish, progress: Progress
) -> SpecReport:
    """The same, and the change written, unless the file was changed meanwhile."""
    covered = await measure(project, spec_path, progress)
    report = await _proposed(project, covered, wish, progress)
    if report.change is None or covered.loop is None:
        return report
    path = project.root / report.change.path
    expected = covered.loop.implementation.data
    replace_file(path, report.change.text, expected=expected, shown=report.change.path)
    return replace(report, written=True)


async def _proposed(
    project: Project, covered: Covered, wish: Wish, progress: Progress
) -> SpecReport:
    before, loop = covered.report, covered.loop
    not_green = f"is not asked for: {_NOT_GREEN.format(path=before.path)}"
    if loop is None or not before.ok:
        return _refused(before, not_green)
    if loop.implementation.data != loop.implementation.text.encode():
        return _refused(before, "is not asked for: the implementation is not plain UTF-8")
    strong = await _strength_now(project, covered, wish, progress)
    if not strong.ok or (strong.strength is not None and not strong.strength.holds):
        return _refused(strong, not_green)
    said = await _ask(project, loop, wish, progress)
    if isinstance(said, Finding):
        return _with(before, said)
    return await _judged(project, loop, strong, said, progress)


async def _judged(
    project: Project, loop: Loop, before: SpecReport, said: Said, progress: Progress
) -> SpecReport:
    try:
        proposal = read_proposal(said.text, loop.implementation.text)
    except NoProposalError as error:
        return _refused(before, str(error))
    if proposal.module == loop.implementation.text:
        return before
    after = await _tried(project, loop, proposal, before.strength, progress)
    obstacle = _obstacle(before, after) or _weaker(before.strength, after.strength)
    if obstacle is not None:
        return _refused(before, obstacle)
    change = Change(loop.path, proposal.module, proposal.reasons)
    kept = replace(before, coverage=after.coverage, sandbox=after.sandbox, change=change)
    return replace(kept, strength=after.strength)


async def _strength_now(
    project: Project, covered: Covered, wish: Wish, progress: Progress
) -> SpecReport:
    """With the strength of the tests, where the gate asks for one or somebody has measured it."""
    if wish.strength is not None:
        return replace(covered.report, strength=wish.strength)
    if covered.loop is None or wanted_strength(project, covered.loop.spec) is None:
        return covered.report
    return await strengthen(project, covered, progress)


async def _ask(project: Project, loop: Loop, wish: Wish, progress: Progress) -> Said | Finding:
    spec, configuration = loop.spec, project.configuration
    access = access_for(project, spec, wish)
    spending = wish.spending or Spending(configuration.budget)
    instructions = prompt(REFACTORING)
    words = request_for(loop.file.lines.text, loop.implementation.text, instructions.text)
    meaning = {
        "refactoring": instructions.version,
        "spec": fingerprints(spec).spec,
        "implementation": digest_of(loop.implementation.text),
    }
    async with Envoy(project.root) as envoy:
        transcripts = Transcripts(project.root)
        correspondent = Correspondent(
            wish.carrier or envoy, access, configuration, transcripts, spending, wish.answers
        )
        step = Step(loop.file.path, f"{loop.file.path}: refactoring")
        return await correspondent.ask(correspondent.addressed(words), meaning, step, progress)


async def _tried(
    project: Project,
    loop: Loop,
    proposal: Proposal,
    strength: StrengthResult | None,
    progress: Progress,
) -> SpecReport:
    """The tests on the proposal, in a copy and in the sandbox: nobody has read it yet."""
    interpreter = await asyncio.to_thread(lambda: project.interpreter)
    settings = replace(project.configuration, python=str(interpreter.path))
    async with off_the_loop(project.view(loop.path, proposal.module)) as folder:
        sandbox = await asyncio.to_thread(project.sandbox, folder)
        copy = replace(project, root=folder, configuration=settings, warmth=None)
        covered = await measure_confined(copy, folder / loop.file.path, sandbox, progress)
        report = covered.report
        if report.is_green:
            broken = await broken_companion(project, copy, loop, sandbox, progress)
            report = report if broken is None else _with(report, broken)
        if strength is not None and report.is_green:
            report = await strengthen_confined(copy, covered, sandbox, progress)
    return replace(report, sandbox=sandbox.level)


def _obstacle(before: SpecReport, report: SpecReport) -> str | None:
    """Why the proposal cannot be kept; `None` when it can."""
    errors = [one for one in report.findings if one.severity is Severity.ERROR]
    if errors:
        return f"does not hold: {errors[0].message.rstrip('.')}"
    old_coverage, coverage = before.coverage, report.coverage
    if old_coverage is None or coverage is None or not coverage.complete:
        return "does not hold: its coverage could not be measured"
    for what, old, new in (
        ("lines", old_coverage.lines, coverage.lines),
        ("branches", old_coverage.branches, coverage.branches),
    ):
        if _part(new) < _part(old):
            return (
                f"has {what} that no test reaches: {new.reached} of {new.total} instead of "
                f"{old.reached} of {old.total}"
            )
    return None


def _weaker(before: StrengthResult | None, after: StrengthResult | None) -> str | None:
    """Why the tests hold less of the proposal than of what is there; `None` when they do not."""
    if before is None:
        return None
    if after is None:
        return "does not hold: what its tests notice could not be measured"
    old, new = before.share, after.share
    if not is_weaker(old, new):
        return None
    return (
        f"is held less by its tests: they notice {new.reached} of {new.total} small changes to it "
        f"instead of {old.reached} of {old.total}"
    )


def _part(share: Share) -> Fraction:
    return Fraction(share.reached, share.total) if share.total else Fraction(1)


def _refused(report: SpecReport, words: str) -> SpecReport:
    message = f"A proposal {words}. The implementation is as it was."
    return _with(report, Finding(Code.CHANGE_REFUSED, Severity.ERROR, message, report.path))


def _with(report: SpecReport, finding: Finding) -> SpecReport:
    return replace(report, findings=(*report.findings, finding))
