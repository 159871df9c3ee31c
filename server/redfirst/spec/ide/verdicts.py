"""Verdicts in few words, as an editor has room for them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from redfirst.spec.ide.surroundings import CaseVerdict, Surroundings

RED: Final = "red"
_RUNS: Final = {"passed": "runs green", "skipped": "skipped"}
_UNKNOWN: Final = frozenset({"inconclusive", "unstable"})


def mark(verdict: CaseVerdict) -> str:
    """A verdict as one sign and one word: `✓ red`, `✗ vacuous`, `? unstable`."""
    sign = "✓" if verdict.word == RED else "?" if verdict.word in _UNKNOWN else "✗"
    return f"{sign} {verdict.word}"


def run_mark(case_id: str, around: Surroundings) -> str:
    """What follows a verdict: `, runs green`, `, runs red`; where there is a module `, not run`."""
    run = around.runs.get(case_id)
    if run is None:
        return ", not run" if around.module_exists else ""
    return f", {_RUNS.get(run.outcome, 'runs red')}"


def summary(around: Surroundings) -> str:
    """The verdicts on all cases, counted: `9 red, 2 weak`; or why there are none."""
    if not around.test_exists:
        return "no tests yet"
    if around.verdicts:
        counted = Counter(verdict.word for verdict in around.verdicts.values())
        words = sorted(counted, key=lambda word: (word != RED, word))
        return ", ".join(f"{counted[word]} {word}" for word in words)
    return "changed since it was verified" if around.outdated else "not verified"


def about_verdict(case_id: str, around: Surroundings) -> str | None:
    """Sentences about the tests of a case: the verdict, why, and which stubs they met."""
    verdict = around.verdicts.get(case_id)
    if verdict is None:
        known_before = around.outdated and case_id in around.tests
        return "Verified before something changed; verify again." if known_before else None
    several = f" (the worst of {verdict.tests} tests)" if verdict.tests > 1 else ""
    said = f"**{mark(verdict)}**{several}: it {verdict.reason}."
    met = _met(verdict)
    return f"{said}\n\n{met}" if met else said


def about_run(case_id: str, around: Surroundings) -> str | None:
    """A sentence about the run on the implementation."""
    run = around.runs.get(case_id)
    if run is None:
        return None
    where = f" {_lines(run.lines)} of it ran" if run.lines else " No line of it ran"
    return f"On `{run.path}`: {run.outcome}.{where}."


def _lines(lines: tuple[int, ...]) -> str:
    """Line numbers in words, neighbours together: `Lines 2, 4-6`."""
    stretches: list[list[int]] = []
    for line in lines:
        if stretches and line == stretches[-1][-1] + 1:
            stretches[-1].append(line)
        else:
            stretches.append([line])
    words = (str(s[0]) if len(s) == 1 else f"{s[0]}-{s[-1]}" for s in stretches)
    return f"Line{'s' if len(lines) > 1 else ''} {', '.join(words)}"


def _met(verdict: CaseVerdict) -> str:
    ended = defaultdict[str, list[str]](list)
    for stub, outcome in verdict.stubs.items():
        ended[outcome].append(f"`{stub}`")
    return "\n".join(f"- {outcome} on {', '.join(stubs)}" for outcome, stubs in ended.items())
