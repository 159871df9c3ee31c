"""What each stub demands of a case's test: fixed before anything runs, from the spec alone.

Invariant: a stub that happens to do what the case says is never used against the case's test.
"""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from redfirst.verification.stub import Stub, StubKind
from redfirst.verification.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from redfirst.spec.model import Case, ExpectedError, Spec

    Errors = Mapping[str, ExpectedError]
    """What each case declares, by its id."""

_CATCH_ALL: Final = frozenset({"Exception", "BaseException"})


class Demand(StrEnum):
    """`MUST_FAIL`: passing convicts. `PAIR`: passing on both of the pair convicts.

    `ONE_MUST_FAIL`: passing convicts, unless another test of the case fails for the same reason.
    `CONTROL`: the stub does what the case says, so failing convicts. `OPEN`: shown, never judged.
    """

    MUST_FAIL = "must fail"
    PAIR = "must fail on one of the pair"
    ONE_MUST_FAIL = "one test of the case must fail"
    CONTROL = "must pass"
    OPEN = "open"


_OPEN: Final[tuple[Demand, Verdict | None]] = (Demand.OPEN, None)


@dataclass(frozen=True, slots=True)
class Expectation:
    """One stub's demand on a case's test, and the verdict when it is not met."""

    stub: Stub
    demand: Demand
    verdict: Verdict | None = None


class Nature(StrEnum):
    """What a case asks for. `UNKNOWN`: the test has no case, or the case is both."""

    VALUE = "value"
    ERROR = "error"
    UNKNOWN = "unknown"


def nature(case: Case | None) -> Nature:
    """Whether the case's outcome is a value or an error, as far as the spec tells."""
    if case is None:
        return Nature.UNKNOWN
    raising = [example.raises is not None for example in case.examples]
    if case.error is not None:
        return Nature.ERROR
    if any(raising):
        return Nature.UNKNOWN
    return Nature.VALUE


def expectations(spec: Spec, case: Case | None, stubs: tuple[Stub, ...]) -> tuple[Expectation, ...]:
    """The demands of `stubs` on the test of `case`; `None` is a test that has no case."""
    errors = {other.id: error for other, error in spec.errors()}
    return tuple(_expectation(errors, case, stub) for stub in stubs)


def _expectation(errors: Errors, case: Case | None, stub: Stub) -> Expectation:
    demand, verdict = _OPEN
    match stub.kind:
        case StubKind.UNWRITTEN if not _satisfied_by_any_error(case):
            demand, verdict = Demand.MUST_FAIL, Verdict.VACUOUS
        case StubKind.EMPTY | StubKind.FILLED:
            demand, verdict = Demand.PAIR, Verdict.WEAK
        case StubKind.WRONG_MESSAGE | StubKind.SIBLING | StubKind.WITHOUT if _is(case, stub):
            demand, verdict = Demand.MUST_FAIL, Verdict.WEAK
        case StubKind.ALMOST | StubKind.ALMOST_NEXT if _is(case, stub):
            demand, verdict = Demand.ONE_MUST_FAIL, Verdict.WEAK
        case StubKind.EXACT | StubKind.EXACT_LATE if case is not None:
            demand, verdict = _exact(errors, case, stub)
        case StubKind.WITNESS if case is not None and case.examples:
            demand, verdict = Demand.CONTROL, Verdict.CONTRADICTORY
        case _:
            pass
    return Expectation(stub, demand, verdict)


def _exact(errors: Errors, case: Case, stub: Stub) -> tuple[Demand, Verdict | None]:
    match nature(case):
        case Nature.ERROR if stub.case == case.id:
            return Demand.CONTROL, Verdict.CONTRADICTORY
        case Nature.ERROR if not _could_satisfy(case.error, errors.get(stub.case or "")):
            return Demand.MUST_FAIL, Verdict.WEAK
        case Nature.VALUE if stub.kind is StubKind.EXACT_LATE:  # it was called, but never used
            return Demand.MUST_FAIL, Verdict.WEAK
        case Nature.VALUE:
            return Demand.MUST_FAIL, Verdict.VACUOUS
        case _:
            return _OPEN


def _is(case: Case | None, stub: Stub) -> bool:
    return case is not None and stub.case == case.id


def _satisfied_by_any_error(case: Case | None) -> bool:
    """`-> raise Exception` without a message asks for nothing more than any error at all."""
    return (
        case is not None
        and case.error is not None
        and case.error.type_name in _CATCH_ALL
        and case.error.message is None
    )


def _could_satisfy(mine: ExpectedError | None, theirs: ExpectedError | None) -> bool:
    """Whether the error `theirs` of another case may be caught by an honest test of `mine`.

    `match=` searches, so a message inside another's matches it; classes of the project may be
    related in ways that the spec does not tell.
    """
    if mine is None or theirs is None:
        return True
    return _message_could_match(mine, theirs) and _type_could_match(mine, theirs)


def _message_could_match(mine: ExpectedError, theirs: ExpectedError) -> bool:
    return mine.message is None or theirs.message is None or mine.message in theirs.message


def _type_could_match(mine: ExpectedError, theirs: ExpectedError) -> bool:
    left, right = getattr(builtins, mine.type_name, None), getattr(builtins, theirs.type_name, None)
    if isinstance(left, type) and isinstance(right, type):
        return issubclass(right, left)
    return True


def demanding(expected: tuple[Expectation, ...], demand: Demand) -> Iterator[Expectation]:
    """The expectations with that demand, in the order of the stubs."""
    return (one for one in expected if one.demand is demand)
