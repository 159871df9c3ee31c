"""Observations to a verdict, test by test. Pure: sees values only, and only after expectations.

The order of the rules is the order of certainty. Never "red" unless the test met every stub that
its case demands; never an accusation that one sentence about one stub cannot justify.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from redfirst.verification.expectations import Demand, demanding
from redfirst.verification.observation import Observation, Outcome
from redfirst.verification.stub import StubKind
from redfirst.verification.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from redfirst.spec.model import Case
    from redfirst.verification.expectations import Expectation

_CANNOT_RUN: Final = frozenset({"NameError", "UnboundLocalError", "ImportError", "SyntaxError"})
_NO_ATTRIBUTE: Final = ("AttributeError", "builtins.AttributeError")
_RECORD_LACKS: Final = re.compile(r"'(\w+)' object has no attribute")
_NOT_JUDGED: Final = {
    Outcome.SKIPPED: "is skipped, so it checks nothing",
    Outcome.XFAILED: "is expected to fail, so it accepts any behaviour",
    Outcome.XPASSED: "is expected to fail, so it accepts any behaviour",
}
_DID: Final = {
    Outcome.PASSED: "passes",
    Outcome.FAILED: "fails",
    Outcome.ERROR: "fails in its set-up",
    Outcome.SKIPPED: "is skipped",
    Outcome.XFAILED: "fails as expected",
    Outcome.XPASSED: "passes against expectation",
}
_OPTIONAL: Final = (Demand.OPEN, Demand.ONE_MUST_FAIL)
_REPORTED: Final = frozenset(_DID)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with its reason in one sentence, and the stub that it was met on.

    `proven`: answering wrongly in just this case made the test fail, so that the link between the
    two is more than a name.
    """

    verdict: Verdict
    reason: str
    stub: str | None = None
    proven: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one test did: its case, the demands on it, and how it ended on each stub it met.

    `records` are the names of the spec's own records, of which every field is known. `repeated`
    says how it ended when it met a stub once more, the tests in reverse order. `noticed` are the
    lies that some test of the module took notice of, each with the name of the stub that told it.
    """

    case: Case | None
    expected: tuple[Expectation, ...]
    seen: Mapping[str, Observation]
    records: frozenset[str] = frozenset()
    repeated: Mapping[str, Observation] = field(default_factory=dict[str, Observation])
    noticed: frozenset[tuple[str, str]] = frozenset()

    def on(self, kind: StubKind) -> Observation | None:
        """How the test ended on the first stub of that kind."""
        return next(
            (
                self.seen[one.stub.name]
                for one in self.expected
                if one.stub.kind is kind and one.stub.name in self.seen
            ),
            None,
        )


def noticed_lies(tests: Iterable[Mapping[str, Observation]]) -> frozenset[tuple[str, str]]:
    """The lies that some test noticed, by stub, of all that the tests did.

    A test that heard several may have noticed any of them; one that fails on the truth as well
    noticed none.
    """
    return frozenset(
        (stub, lie)
        for seen in tests
        if not _denies_the_truth(seen.get(StubKind.WITNESS.value))
        for stub, one in seen.items()
        if one.noticed
        for lie in one.lies
    )


def _denies_the_truth(witness: Observation | None) -> bool:
    return witness is not None and witness.noticed and not witness.unanswered


def judge(evidence: Evidence) -> Judgement:
    """The verdict on one test."""
    for rule in _RULES:
        if (judgement := rule(evidence)) is not None:
            return judgement
    return Judgement(Verdict.RED, _red_reason(evidence), proven=_proven(evidence))


def _unseen(evidence: Evidence) -> Judgement | None:
    """Promise one: never red unless the test met every stub that its case demands."""
    for one in evidence.expected:
        optional = one.demand in _OPTIONAL or one.stub.kind is StubKind.WITHOUT
        if not optional and one.stub.name not in evidence.seen:
            reason = f"never reported how it ended when {one.stub.does}"
            return Judgement(Verdict.INCONCLUSIVE, reason, one.stub.name)
    return None


def _ended_the_process(evidence: Evidence) -> Judgement | None:
    for name, seen in evidence.seen.items():
        if seen.outcome is Outcome.LOST:
            return Judgement(
                Verdict.BROKEN, f"ends the process that runs it ({seen.message})", name
            )
    return None


def _disrupted(evidence: Evidence) -> Judgement | None:
    for name, seen in evidence.seen.items():
        if seen.outcome is Outcome.DISRUPTED:
            reason = "cannot be judged: a test of its module kills the process that runs them"
            return Judgement(Verdict.INCONCLUSIVE, reason, name)
    return None


def _timed_out(evidence: Evidence) -> Judgement | None:
    judged_there = (StubKind.UNWRITTEN, StubKind.EXACT, StubKind.WITNESS)
    for one in evidence.expected:
        seen = evidence.seen.get(one.stub.name)
        hung = seen is not None and seen.outcome is Outcome.TIMEOUT
        if hung and one.stub.kind in judged_there and one.demand is not Demand.OPEN:
            reason = f"did not end within the time limit when {one.stub.does}"
            return Judgement(Verdict.INCONCLUSIVE, reason, one.stub.name)
    return None


def _unstable(evidence: Evidence) -> Judgement | None:
    for one in evidence.expected:
        first, again = (by.get(one.stub.name) for by in (evidence.seen, evidence.repeated))
        if first is None or again is None or first.outcome is again.outcome:
            continue
        if {first.outcome, again.outcome} <= _REPORTED:
            reason = (
                f"{_DID[first.outcome]} when {one.stub.does}, but {_DID[again.outcome]} when it is "
                "repeated with the tests in reverse order"
            )
            return Judgement(Verdict.UNSTABLE, reason, one.stub.name)
    return None


def _not_judged(evidence: Evidence) -> Judgement | None:
    seen = evidence.on(StubKind.UNWRITTEN)
    if seen is not None and seen.outcome in _NOT_JUDGED:
        return Judgement(Verdict.VACUOUS, _NOT_JUDGED[seen.outcome], "unwritten")
    return None


def _passes_alone(verdict: Verdict) -> Callable[[Evidence], Judgement | None]:
    def rule(evidence: Evidence) -> Judgement | None:
        for one in demanding(evidence.expected, Demand.MUST_FAIL):
            seen = evidence.seen.get(one.stub.name)
            if one.verdict is verdict and seen is not None and seen.passed and _heard(one, seen):
                return Judgement(verdict, _passes_reason(one), one.stub.name)
        return None

    return rule


def _heard(one: Expectation, seen: Observation) -> bool:
    """The lying witness accuses only a test that it told a lie."""
    return one.stub.kind is not StubKind.WITHOUT or bool(seen.lies)


def _passes_reason(one: Expectation) -> str:
    advice = {
        StubKind.UNWRITTEN: "assert on what the function returns or raises",
        StubKind.WRONG_MESSAGE: "give `pytest.raises` a `match=` for the declared message",
        StubKind.SIBLING: "expect the declared type itself in `pytest.raises`",
        StubKind.EXACT: "let it fail when the function raises something else",
        StubKind.EXACT_LATE: "let it fail when the function raises something else",
        StubKind.WITHOUT: "compare the answer with what the example says",
    }[one.stub.kind]
    return f"passes when {one.stub.does}; {advice}"


def _takes_other_arguments(evidence: Evidence) -> Judgement | None:
    for name, seen in evidence.seen.items():
        if seen.misfit is not None and not seen.passed:
            reason = (
                f"calls the function with arguments that its signature does not take: {seen.misfit}"
            )
            return Judgement(Verdict.BROKEN, reason, name)
    return None


def _cannot_run(evidence: Evidence) -> Judgement | None:
    seen = evidence.on(StubKind.UNWRITTEN)
    if seen is None or seen.calls or seen.passed:
        return None
    setup = seen.outcome is Outcome.ERROR
    if not setup and not _dies_of_itself(seen) and _fails_a_control(evidence):
        return None
    where = "has a set-up that fails" if setup else "ends"
    return Judgement(
        Verdict.BROKEN, f"{where} before the function is called: {_ending(seen)}", "unwritten"
    )


def _fails_a_control(evidence: Evidence) -> bool:
    return any(
        one.stub.name in evidence.seen for one in demanding(evidence.expected, Demand.CONTROL)
    )


def _dies_of_itself(seen: Observation) -> bool:
    kind = (seen.exception or "").rpartition(".")[2]
    return kind not in ("AssertionError", "Failed")


def _misspelt(evidence: Evidence) -> Judgement | None:
    """A name that does not exist fails whatever the function returns."""
    pair = [evidence.on(kind) for kind in (StubKind.EMPTY, StubKind.FILLED)]
    if all(seen is not None and seen.in_test and _is_misspelling(seen) for seen in pair):
        seen = pair[0]
        return Judgement(Verdict.BROKEN, f"cannot run: {_ending(seen)}", "empty") if seen else None
    return None


def _is_misspelling(seen: Observation) -> bool:
    return (seen.exception or "").rpartition(".")[2] in _CANNOT_RUN


def _asks_for_no_field(evidence: Evidence) -> Judgement | None:
    """A field that the spec's own record does not have fails whatever the function returns."""
    pair = [evidence.on(kind) for kind in (StubKind.EMPTY, StubKind.FILLED)]
    missing = {_missing_field(evidence, seen) for seen in pair}
    if None in missing or len(missing) > 1:
        return None
    reason = f"cannot succeed: {missing.pop()}"
    return Judgement(Verdict.BROKEN, reason, StubKind.EMPTY.value)


def _missing_field(evidence: Evidence, seen: Observation | None) -> str | None:
    if seen is None or not seen.in_test or seen.exception not in _NO_ATTRIBUTE:
        return None
    found = _RECORD_LACKS.match(seen.message)
    return _ending(seen) if found and found[1] in evidence.records else None


def _contradicts(evidence: Evidence) -> Judgement | None:
    controls = [
        (one, seen)
        for one in demanding(evidence.expected, Demand.CONTROL)
        if (seen := evidence.seen.get(one.stub.name)) is not None
    ]
    for witness in (False, True):
        group = [(o, s) for o, s in controls if (o.stub.kind is StubKind.WITNESS) is witness]
        if not group or any(seen.passed for _, seen in group):
            continue
        one, seen = group[0]
        if all(_is_fair(evidence, o, s) for o, s in group):
            reason = f"fails even when {one.stub.does}: {_ending(seen)}"
            return Judgement(Verdict.CONTRADICTORY, reason, one.stub.name)
    return None


def _is_fair(evidence: Evidence, one: Expectation, seen: Observation) -> bool:
    """Whether a failed control speaks against the test.

    A witness that had no answer says nothing. Neither does an error that escapes from a first,
    harmless call: a test may prepare its state with calls that are meant to succeed.
    """
    if seen.unanswered or seen.outcome is Outcome.TIMEOUT:
        return False
    if one.stub.kind is StubKind.WITNESS:
        return True
    on_values = evidence.on(StubKind.FILLED)
    calls_again = on_values is not None and on_values.calls > 1
    return not (calls_again and _escaped(evidence, seen))


def _escaped(evidence: Evidence, seen: Observation) -> bool:
    error = evidence.case.error if evidence.case else None
    kind = (seen.exception or "").rpartition(".")[2]
    return error is not None and kind == error.type_name.rpartition(".")[2]


def _passes_on_both(evidence: Evidence) -> Judgement | None:
    pair = list(demanding(evidence.expected, Demand.PAIR))
    seen = [evidence.seen.get(one.stub.name) for one in pair]
    if pair and all(one is not None and one.passed for one in seen):
        first, second = (one.stub.does for one in pair)
        reason = (
            f"passes when {first} and also when {second}; compare the result with the expected one"
        )
        return Judgement(Verdict.WEAK, reason, pair[-1].stub.name)
    return None


def _misses_a_lie(evidence: Evidence) -> Judgement | None:
    for one in demanding(evidence.expected, Demand.ONE_MUST_FAIL):
        seen = evidence.seen.get(one.stub.name)
        if seen is None or not seen.passed:
            continue
        for lie in seen.lies:
            if (one.stub.name, lie) not in evidence.noticed:
                reason = f"passes when {lie}; compare the answer with what the example says"
                return Judgement(Verdict.WEAK, reason, one.stub.name)
    return None


_RULES: Final[tuple[Callable[[Evidence], Judgement | None], ...]] = (
    _ended_the_process,
    _disrupted,
    _timed_out,
    _unstable,
    _not_judged,
    _unseen,
    _passes_alone(Verdict.VACUOUS),
    _takes_other_arguments,
    _cannot_run,
    _misspelt,
    _contradicts,
    _asks_for_no_field,
    _passes_alone(Verdict.WEAK),
    _passes_on_both,
    _misses_a_lie,
)


def _proven(evidence: Evidence) -> bool:
    return any(
        one.stub.kind is StubKind.WITHOUT and bool(seen.lies) and not seen.passed
        for one in evidence.expected
        if (seen := evidence.seen.get(one.stub.name)) is not None and one.demand is Demand.MUST_FAIL
    )


def _red_reason(evidence: Evidence) -> str:
    met = sum(
        one.demand not in _OPTIONAL for one in evidence.expected if one.stub.name in evidence.seen
    )
    control = any(
        evidence.seen[one.stub.name].passed
        for one in demanding(evidence.expected, Demand.CONTROL)
        if one.stub.name in evidence.seen
    )
    tail = ", and passes when it is answered right" if control else ""
    return f"fails for the right reason on {met - control} wrong stubs{tail}"


def _ending(seen: Observation) -> str:
    kind = (seen.exception or "").rpartition(".")[2]
    first = seen.message.strip().splitlines()[0] if seen.message.strip() else "no message"
    place = "" if seen.line is None else f" (line {seen.line})"
    text = first if not kind or first.startswith(kind) else f"{kind}: {first}"
    return f"{text}{place}"
