"""RF145: a waiver names a check that can be waived, and gives a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from redfirst.spec.codes import Code
from redfirst.spec.names import did_you_mean, listed
from redfirst.spec.problem import Fix, Problem, Severity, TextEdit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.model import Case, Waiver
    from redfirst.spec.rules.subject import Subject

# A vacuous, broken or contradictory test is never to be trusted, whatever the reason.
WAIVABLE: Final = ("weak",)


def check(subject: Subject) -> Iterator[Problem]:
    """The problems of all waivers."""
    for case in subject.cases:
        for waiver in case.waivers:
            yield from _waiver(case, waiver)


def _waiver(case: Case, waiver: Waiver) -> Iterator[Problem]:
    check = waiver.check
    if check.value not in WAIVABLE:
        meant = did_you_mean(check.value.lower(), WAIVABLE)
        fix = Fix(f"Write `{meant}`", (TextEdit(check.span, meant),)) if meant else None
        message = f"`{check.value}` cannot be waived; what can is {listed(WAIVABLE)}."
        yield Problem(Code.WAIVER, Severity.ERROR, message, check.span, fix, case.id)
    elif not waiver.reason.value.strip():
        message = f"A waiver needs a reason: `{check.value}: why this is right here`."
        yield Problem(Code.WAIVER, Severity.ERROR, message, waiver.reason.span, case=case.id)
