"""From a spec to its test module, which is written only when gate and verification accept it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from redfirst.generation.from_examples import write_tests
from redfirst.generation.links import linked_tests
from redfirst.generation.provenance import has_drifted, is_current, read_provenance
from redfirst.generation.render import render_module
from redfirst.project.envoy_process import Envoy
from redfirst.project.fault import Fault, ProjectError
from redfirst.project.files import FileText, read_source, replace_file
from redfirst.project.settings import EDITOR, MODEL_PROVIDERS, PROVIDERS
from redfirst.project.transcripts import Transcripts
from redfirst.project.warm import Warmth
from redfirst.spec.codes import Code
from redfirst.spec.fingerprint import fingerprints
from redfirst.spec.problem import Severity
from redfirst.workflow.asking import Answers, Correspondent
from redfirst.workflow.model_draft import Commission, Drafted, draft_with_model
from redfirst.workflow.model_source import access_for
from redfirst.workflow.report import Finding, SpecReport
from redfirst.workflow.spec_file import SpecFile, read_spec_file
from redfirst.workflow.spending import Spending
from redfirst.workflow.test_module import own_test_path
from redfirst.workflow.verify import Verification, verify_source

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from redfirst.generation.draft import Draft
    from redfirst.project.project import Project
    from redfirst.spec.model import Spec
    from redfirst.workflow.asking import Carrier
    from redfirst.workflow.progress import Progress


class Overwrite(StrEnum):
    """Which test modules may be replaced: those that are as redfirst wrote them, or any."""

    UNTOUCHED = "untouched"
    ANY = "any"


class Consent(StrEnum):
    """Whether a module may be replaced at once, or the person must see the change before."""

    GIVEN = "given"
    ASKED_FOR = "asked for"


@dataclass(frozen=True, slots=True)
class Terms:
    """Who writes the tests, and what they may replace.

    The rest is for models: whether an answer that was paid for is used again, what the command
    has spent so far, a key that an editor keeps, whether a module may be replaced unseen, and who
    carries the questions, `None`: an envoy for this one spec.
    """

    provider: str
    overwrite: Overwrite
    answers: Answers = Answers.KEPT
    spending: Spending | None = None
    key: str | None = field(default=None, repr=False)
    consent: Consent = Consent.GIVEN
    carrier: Carrier | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """Where the module goes, as a path and as reports show it, and what stands there now."""

    path: Path
    shown: str
    now: FileText | None


async def generate(
    project: Project, spec_path: Path, terms: Terms, progress: Progress
) -> SpecReport:
    """Write the test module of the spec, unless it is current already or the draft falls short.

    `ProjectError` when a file cannot be read or written.
    """
    file = await asyncio.to_thread(read_spec_file, project, spec_path)
    proposal = await propose(project, spec_path, file, terms, progress)
    report, target = proposal.report, proposal.target
    if target is None or report.draft is None:
        return report
    by_model = terms.provider in MODEL_PROVIDERS
    if terms.consent is Consent.ASKED_FOR and by_model and target.now is not None:
        return _with(report, _unseen(target))
    before = target.now.data if target.now else None
    replace_file(target.path, report.draft, expected=before, shown=target.shown)
    return replace(report, written=True)


def _unseen(target: Target) -> Finding:
    message = (
        f"`{target.shown}` is there already, so the change is shown first. `--yes` writes it; the "
        "model is not asked again for that."
    )
    return Finding(Code.STALE, Severity.INFORMATION, message, target.shown)


async def preview(
    project: Project, spec_path: Path, terms: Terms, progress: Progress
) -> SpecReport:
    """What `generate` would write, as the report's `draft`; nothing is changed."""
    file = await asyncio.to_thread(read_spec_file, project, spec_path)
    return (await propose(project, spec_path, file, terms, progress)).report


@dataclass(frozen=True, slots=True)
class Proposal:
    """A report, whose `draft` is the module's new text; and where that goes.

    `target` is `None` when the spec is not good enough to name one.
    """

    report: SpecReport
    target: Target | None = None


async def propose(
    project: Project, spec_path: Path, file: SpecFile, terms: Terms, progress: Progress
) -> Proposal:
    """As `preview`, for the text of a spec that may be unsaved."""
    _require(terms.provider)
    if file.spec is None or not file.report().ok:
        return Proposal(file.report())
    target = _target(project, spec_path, file.spec)
    if terms.provider in MODEL_PROVIDERS:
        report = await _by_model(project, file, target, terms, progress)
        return Proposal(report, target)
    draft, text = await asyncio.to_thread(_write, file, file.spec, terms.provider)
    report = replace(file.report(*file.located(draft.problems)), test_path=target.shown)
    if not draft.answered or _is_settled(target, text, file, file.spec):
        return Proposal(report, target)
    if (
        terms.overwrite is Overwrite.UNTOUCHED
        and (refusal := _protected(project, target, file)) is not None
    ):
        return Proposal(_with(report, refusal), target)
    verification = await verify_source(project, file.spec, target.shown, text, progress)
    return Proposal(_judged(report, draft, verification, text), target)


async def _by_model(
    project: Project, file: SpecFile, target: Target, terms: Terms, progress: Progress
) -> SpecReport:
    report = replace(file.report(), test_path=target.shown)
    if file.spec is None or await asyncio.to_thread(_is_whole, target, file, file.spec):
        return report
    if (
        terms.overwrite is Overwrite.UNTOUCHED
        and (refusal := _protected(project, target, file)) is not None
    ):
        return _with(report, refusal)
    access = access_for(project, file.spec, terms)
    spending = terms.spending or Spending(project.configuration.budget)
    now = None if target.now is None else target.now.text
    async with Envoy(project.root) as envoy, Warmth(project.root) as warmth:
        warm = replace(project, warmth=project.warmth or warmth)
        commission = Commission(warm, file, file.spec, target.shown, now)
        transcripts = Transcripts(project.root)
        correspondent = Correspondent(
            terms.carrier or envoy,
            access,
            project.configuration,
            transcripts,
            spending,
            terms.answers,
        )
        drafted = await draft_with_model(commission, correspondent, progress)
    if isinstance(drafted, Finding):
        return _with(report, drafted)
    return _about_model_draft(report, drafted)


def _is_whole(target: Target, file: SpecFile, spec: Spec) -> bool:
    """What stands there is current, and has a test for every case."""
    if target.now is None or not is_current(target.now.text, file.path, fingerprints(spec)):
        return False
    tested = {link.case for link in linked_tests(target.now.text)}
    return all(case.id in tested for case in spec.cases)


def _about_model_draft(report: SpecReport, drafted: Drafted) -> SpecReport:
    verification = drafted.verification
    ended = () if drafted.finding is None else (drafted.finding,)
    if drafted.stripped:
        words = f"{drafted.stripped} of the model's remarks around the code were taken away."
        remark = Finding(
            Code.PROSE_AROUND_CODE, Severity.INFORMATION, words, report.test_path or report.path
        )
        ended = (*ended, remark)
    report = replace(
        _with(report, *verification.findings, *ended),
        tests=verification.tests,
        sandbox=verification.sandbox,
    )
    if drafted.is_good:
        return replace(report, draft=drafted.text)
    message = (
        f"The model's best draft of `{report.test_path}` still falls short: nothing was written. "
        "Say in the spec what the model had to guess, or give the cases examples, then "
        "generate again. For an unchanged spec the answers are kept: `--again` asks anew."
    )
    refused = Finding(Code.DRAFT_REFUSED, Severity.ERROR, message, report.path)
    return replace(_with(report, refused), offered=drafted.text)


def _write(file: SpecFile, spec: Spec, provider: str) -> tuple[Draft, str]:
    draft = write_tests(spec)
    return draft, render_module(draft.body, spec, file.path, provider, None)


def _require(provider: str) -> None:
    if provider not in (*PROVIDERS, EDITOR):
        known = ", ".join(f"`{name}`" for name in PROVIDERS)
        message = f"There is no provider `{provider}` in this version. Choose from: {known}."
        raise ProjectError(Fault(Code.CONFIGURATION, message, "pyproject.toml"))


def _target(project: Project, spec_path: Path, spec: Spec) -> Target:
    path = own_test_path(project, spec_path, spec)
    shown = project.relative(path)
    return Target(path, shown, read_source(path, shown) if path.is_file() else None)


def _is_settled(target: Target, text: str, file: SpecFile, spec: Spec) -> bool:
    if target.now is None:
        return False
    same = target.now.text == text
    return same or is_current(target.now.text, file.path, fingerprints(spec))


def _protected(project: Project, target: Target, file: SpecFile) -> Finding | None:
    """A finding when what stands there was written or edited by a person."""
    if target.now is None:
        return None
    again = f"Move it away, or replace it with `redfirst generate {file.path} --force`."
    provenance = read_provenance(target.now.text)
    if provenance is None:
        message = f"`{target.shown}` was not written by redfirst, so it was left alone. {again}"
        return Finding(Code.NOT_OURS, Severity.ERROR, message, target.shown)
    if provenance.spec_path != file.path and (project.root / provenance.spec_path).is_file():
        message = (
            f"`{target.shown}` is the test module of `{provenance.spec_path}` too. Rename a "
            "function, or put `{module}` or `{spec}` into `test_name` of `[tool.redfirst]`."
        )
        return Finding(Code.TEST_PATH_SHARED, Severity.ERROR, message, file.path)
    if has_drifted(target.now.text):
        message = f"`{target.shown}` was edited by hand, so it was left alone. {again}"
        return Finding(Code.DRIFT, Severity.ERROR, message, target.shown)
    return None


def _judged(report: SpecReport, draft: Draft, verification: Verification, text: str) -> SpecReport:
    findings = tuple(_about_draft(draft, verification.findings))
    report = replace(
        _with(report, *findings), tests=verification.tests, sandbox=verification.sandbox
    )
    short = [finding for finding in findings if finding.severity is Severity.ERROR]
    if verification.tests and not short:
        return replace(report, draft=text)
    found = "1 finding" if len(short) == 1 else f"{len(short)} findings"
    message = (
        f"The draft of `{report.test_path}` was refused because of {found}, and nothing was "
        "written. Mend what was found, as a rule an example of the spec, then generate again."
    )
    return _with(report, Finding(Code.DRAFT_REFUSED, Severity.ERROR, message, report.path))


def _about_draft(draft: Draft, findings: Iterable[Finding]) -> Iterable[Finding]:
    """A case that could not be answered was reported at its place in the spec already."""
    for finding in findings:
        unanswered = finding.case not in draft.answered
        if not (finding.code is Code.CASE_WITHOUT_TEST and unanswered):
            yield finding


def _with(report: SpecReport, *findings: Finding) -> SpecReport:
    return replace(report, findings=(*report.findings, *findings))
