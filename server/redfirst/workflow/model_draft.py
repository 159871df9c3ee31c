"""Draft, gate, red verification, and again: until every test is good or the rounds are over."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from redfirst.generation.assembly import parts_of, parts_testing, together
from redfirst.generation.freshness import changes
from redfirst.generation.gate.of_models import check_unread
from redfirst.generation.model_answer import NoModuleError, read_answer
from redfirst.generation.model_request import Question, request_for
from redfirst.generation.provenance import Author, body_of, has_drifted, read_provenance
from redfirst.generation.render import render_by
from redfirst.spec.codes import Code
from redfirst.spec.fingerprint import fingerprints
from redfirst.spec.problem import Severity
from redfirst.spec.ranges import LineIndex
from redfirst.workflow.asking import Step
from redfirst.workflow.finding import from_problem
from redfirst.workflow.prompts import TESTS, prompt
from redfirst.workflow.report import Finding
from redfirst.workflow.shortcomings import shortcomings, unspoilt
from redfirst.workflow.verify import Verification, verify_source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redfirst.generation.assembly import Part
    from redfirst.project.project import Project
    from redfirst.spec.model import Spec
    from redfirst.workflow.asking import Correspondent, Said
    from redfirst.workflow.progress import Progress
    from redfirst.workflow.spec_file import SpecFile


@dataclass(frozen=True, slots=True)
class Commission:
    """A module to be written: for which spec, where it will stand, and what stands there now."""

    project: Project
    file: SpecFile
    spec: Spec
    test_path: str
    now: str | None


@dataclass(frozen=True, slots=True)
class Drafted:
    """The best module that came of it, which may have fallen short of the verification.

    `stripped` counts the stretches around its code that were taken away. `finding` is why there
    were no more rounds; `None` when the module is good, or when the last round was over.
    """

    text: str
    verification: Verification
    stripped: int = 0
    finding: Finding | None = None

    @property
    def is_good(self) -> bool:
        """There are tests, and nothing was found against them."""
        errors = (one.severity is Severity.ERROR for one in self.verification.findings)
        return bool(self.verification.tests) and not any(errors)


@dataclass(frozen=True, slots=True)
class _State:
    """Between two rounds: `kept` are the parts of good tests, `requests` what they came from."""

    wanted: tuple[str, ...]
    round: int = 0
    kept: tuple[Part, ...] = ()
    requests: tuple[str, ...] = ()
    said: Mapping[str, tuple[str, ...]] | None = None
    best: Drafted | None = None


async def draft_with_model(
    commission: Commission, correspondent: Correspondent, progress: Progress
) -> Drafted | Finding:
    """The module, or why there is none at all. `ProjectError` when there is no sandbox."""
    state = await asyncio.to_thread(_beginning, commission)
    rounds = commission.project.configuration.rounds
    for number in range(1, rounds + 1):
        words = f"{commission.file.path}: round {number} of {rounds}"
        step = Step(commission.file.path, words)
        said = await _ask(commission, replace(state, round=number), correspondent, step, progress)
        if isinstance(said, Finding):
            return said if state.best is None else replace(state.best, finding=said)
        state = await _judged(commission, state, said, correspondent, progress)
        if state.best is not None and state.best.is_good:
            return state.best
    return state.best or _no_module(commission, state)


def _beginning(commission: Commission) -> _State:
    """Tests that still say what the spec says are kept; an edited module is written anew."""
    every = tuple(case.id for case in commission.spec.cases)
    provenance = read_provenance(commission.now or "")
    is_ours = provenance is not None and provenance.spec_path == commission.file.path
    if commission.now is None or provenance is None or not is_ours or has_drifted(commission.now):
        return _State(every)
    now = fingerprints(commission.spec)
    stale = {one.case for one in changes(commission.now, commission.spec, now)}
    kept = parts_testing(parts_of(body_of(commission.now)), set(every) - stale)
    tested = {case for part in kept for case in part.cases}
    wanted = tuple(case for case in every if case not in tested)
    # When the behaviour itself is another, nothing says which tests still hold.
    return _State(wanted, 0, kept, provenance.requests) if wanted else _State(every)


async def _ask(
    commission: Commission,
    state: _State,
    correspondent: Correspondent,
    step: Step,
    progress: Progress,
) -> Said | Finding:
    instructions = prompt(TESTS)
    text = commission.file.lines.text
    question = Question(commission.spec, text, state.wanted, state.said or {})
    meaning = {
        "prompt": instructions.version,
        "spec": fingerprints(commission.spec).spec,
        "wanted": state.wanted,
        "round": state.round,  # the same question, asked again after a bad answer, is another
        "said": {case: list(said) for case, said in question.shortcomings.items()},
    }
    request = correspondent.addressed(request_for(question, instructions.text))
    return await correspondent.ask(request, meaning, step, progress)


async def _judged(
    commission: Commission,
    state: _State,
    said: Said,
    correspondent: Correspondent,
    progress: Progress,
) -> _State:
    """What is known after this round."""
    try:
        answer = read_answer(said.text)
    except NoModuleError as error:
        return replace(state, said={**(state.said or {}), "": (f"{error}.",)})
    requests = tuple(dict.fromkeys((*state.requests, said.request)))
    provider = correspondent.access.provider
    author = Author(provider, said.model, prompt(TESTS).version, requests)
    spec, project = commission.spec, commission.project
    every = tuple(case.id for case in spec.cases)
    body = _assembled(state, answer.module, every)
    text = render_by(author, body, spec, commission.file.path)
    verification = await verify_source(project, spec, commission.test_path, text, progress)
    verification = _unread(verification, commission, text)
    drafted = Drafted(text, verification, answer.stripped)
    good = unspoilt(verification)
    kept = parts_testing(parts_of(body), good)
    tested = {case for part in kept for case in part.cases}
    best = state.best
    if best is None or len(good) > len(unspoilt(best.verification)) or drafted.is_good:
        best = drafted
    return _State(
        wanted=tuple(case for case in every if case not in tested),
        kept=kept,
        requests=requests if kept else (),
        said=shortcomings(verification),
        best=best,
    )


def _unread(verification: Verification, commission: Commission, text: str) -> Verification:
    """With what is said only against a module that nobody has read yet."""
    lines = LineIndex(text)
    found = (
        from_problem(problem, commission.test_path, lines)
        for problem in check_unread(text, commission.spec)
    )
    return replace(verification, findings=(*verification.findings, *found))


def _assembled(state: _State, module: str, order: tuple[str, ...]) -> str:
    """The new tests beside those that are kept; alone, when the two do not go together."""
    kept = {case for part in state.kept for case in part.cases}
    if not kept:
        return module
    new = [part for part in parts_of(module) if not part.cases or not part.cases <= kept]
    return (together(state.kept, new, order) if new else None) or module


def _no_module(commission: Commission, state: _State) -> Finding:
    said = " ".join((state.said or {}).get("", ()))
    message = (
        f"No answer of the model held a module of tests: {said} Nothing was written. Try again, or "
        "choose another `model` in `[tool.redfirst]`."
    )
    return Finding(Code.ANSWER_UNUSABLE, Severity.ERROR, message, commission.file.path)
