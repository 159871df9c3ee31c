"""RF145: a waiver names a check that can be waived, or a mutant, and gives a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from redfirst.spec.codes import Code
from redfirst.spec.names import did_you_mean
from redfirst.spec.problem import Fix, Problem, Severity, TextEdit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.model import Case, Waiver
    from redfirst.spec.rules.subject import Subject

# What a person may overrule for one case. A vacuous, broken or contradictory test is never to be
# trusted, whatever the reason.
WAIVABLE: Final = (
    Code.WEAK,
    Code.CASE_WITHOUT_TEST,
    Code.ERROR_WITHOUT_RAISES,
    Code.RAISES_WITHOUT_MATCH,
    Code.RAISES_WRONG_TYPE,
    Code.MATCH_MISSES_MESSAGE,
    Code.FLOAT_EQUALITY,
    Code.PATCHED_TARGET,
    Code.NO_ASSERTION,
    Code.IMPLEMENTATION_IN_TEST,
    Code.TARGET_NOT_CALLED,
    Code.ASSERTION_CANNOT_FAIL,
    Code.EXPECTATION_UNREAD,
    Code.LISTS_ORDERED,
)
_NAMES: Final = {code.name.lower().replace("_", "-"): code for code in WAIVABLE}


def check(subject: Subject) -> Iterator[Problem]:
    """The problems of all waivers."""
    for case in subject.cases:
        for waiver in case.waivers:
            yield from _waiver(case, waiver)
    for waiver in subject.mutant_waivers:
        if not waiver.reason.value.strip():
            message = "A waiver needs a reason: why no test needs to notice this change."
            yield Problem(Code.WAIVER, Severity.ERROR, message, waiver.reason.span)


def _waiver(case: Case, waiver: Waiver) -> Iterator[Problem]:
    check = waiver.check
    if check.value.lower() not in _NAMES and check.value.upper() not in WAIVABLE:
        meant = did_you_mean(check.value.lower(), _NAMES)
        fix = Fix(f"Write `{meant}`", (TextEdit(check.span, meant),)) if meant else None
        message = (
            f"`{check.value}` is no check that can be waived. Name one such as `weak` or "
            "`float-equality`, or its code."
        )
        yield Problem(Code.WAIVER, Severity.ERROR, message, check.span, fix, case.id)
    elif not waiver.reason.value.strip():
        message = f"A waiver needs a reason: `{check.value}: why this is right here`."
        yield Problem(Code.WAIVER, Severity.ERROR, message, waiver.reason.span, case=case.id)
