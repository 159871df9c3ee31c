"""Checks that a case switches off, by code (`RF212`) or by name (`float-equality`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from redfirst.spec.rules.waivers import WAIVABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redfirst.spec.codes import Code
    from redfirst.spec.model import Spec
    from redfirst.spec.problem import Problem

CHECK_NAMES: Final[Mapping[str, Code]] = {
    code.name.lower().replace("_", "-"): code for code in WAIVABLE
}


def is_waived(problem: Problem, spec: Spec) -> bool:
    """Whether the case that the problem is about waives its check."""
    case = spec.case(problem.case) if problem.case else None
    if case is None:
        return False
    return any(_code(waiver.check.value) == problem.code for waiver in case.waivers)


def _code(check: str) -> Code | None:
    by_code = (code for code in WAIVABLE if code == check.upper())
    return CHECK_NAMES.get(check.lower()) or next(by_code, None)
