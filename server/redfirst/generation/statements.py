"""The statements of a test, as lines."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from redfirst.generation.comparison import Claim, Operator
from redfirst.generation.expressions import called, flat, named, names_in, parse_expression
from redfirst.generation.layout import (
    INDENT,
    assignment,
    breaks,
    fits,
    laid_out,
    opening_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redfirst.generation.comparison import Comparison
    from redfirst.generation.worked import Worked
    from redfirst.spec.model import ExpectedError

_OPERATORS: Final = {Operator.EQUAL: ast.Eq, Operator.IDENTICAL: ast.Is}


def example_lines(worked: Worked, comparison: Comparison) -> list[str]:
    """One example: what is given, the call with what it must do, and what must hold after."""
    lines = [line for name, value in worked.given for line in assignment(name, value, INDENT)]
    if not isinstance(worked.outcome, ast.expr):
        lines += raises_lines(worked.subject, worked.outcome)
    elif worked.after and _is_none(worked.outcome):
        lines += laid_out("", worked.subject, "", INDENT)
    else:
        lines += _value_lines(worked, worked.outcome, comparison)
    for actual, expected in worked.after:
        lines += _claims_lines(comparison.claims(actual, expected), _names_of(worked))
    return lines


def raises_lines(subject: ast.expr, error: ExpectedError) -> list[str]:
    """The call inside `pytest.raises`; a declared message must occur in the error's text."""
    return [
        *laid_out("with ", _raises(error), ":", INDENT),
        *laid_out("", subject, "", INDENT * 2),
    ]


def claim_lines(claim: Claim, taken: frozenset[str]) -> list[str]:
    """One assertion; what does not fit on a line gets a variable whose name is not `taken`."""
    line = f"{INDENT}assert {flat(_compare(claim))}"
    if fits(line):
        return [line]
    if not breaks(claim.expected):
        return _with_variables(claim, taken)
    left = flat(_compare(Claim(claim.actual, claim.operator, named("_")))).removesuffix("_")
    if fits(f"{INDENT}assert {left}{opening_of(claim.expected)}") or _is_name(claim.actual):
        return laid_out(f"assert {left}", claim.expected, "", INDENT)
    return _with_result(claim, taken)


def _with_variables(claim: Claim, taken: frozenset[str]) -> list[str]:
    """Neither side can be broken behind `assert`: name the longer one, then the other."""
    shorter = Claim(named("result"), claim.operator, claim.expected)
    if isinstance(claim.expected, ast.Name) or fits(f"{INDENT}assert {flat(_compare(shorter))}"):
        return _with_result(claim, taken)
    name = _free("expected", taken)
    renamed = Claim(claim.actual, claim.operator, named(name))
    return [*assignment(name, claim.expected, INDENT), *claim_lines(renamed, taken | {name})]


def _with_result(claim: Claim, taken: frozenset[str]) -> list[str]:
    if _is_name(claim.actual):
        return [f"{INDENT}assert {flat(_compare(claim))}"]
    name = _free("result", taken)
    shorter = Claim(named(name), claim.operator, claim.expected)
    return [*assignment(name, claim.actual, INDENT), *claim_lines(shorter, taken | {name})]


def _value_lines(worked: Worked, expected: ast.expr, comparison: Comparison) -> list[str]:
    taken = _names_of(worked)
    if comparison.is_whole(expected):
        return _claims_lines(comparison.claims(worked.subject, expected), taken)
    result = _free("result", taken)
    return [
        *assignment(result, worked.subject, INDENT),
        *_claims_lines(comparison.claims(named(result), expected), taken | {result}),
    ]


def _claims_lines(claims: Iterable[Claim], taken: frozenset[str]) -> list[str]:
    return [line for claim in claims for line in claim_lines(claim, taken)]


def _raises(error: ExpectedError) -> ast.expr:
    kind = parse_expression(error.type_name) or named("Exception")
    if error.message is None:
        return called("pytest.raises", kind)
    # An empty pattern would be found in every message.
    pattern = ast.Constant("^$")
    if error.message:
        return called("pytest.raises", kind, match=called("re.escape", ast.Constant(error.message)))
    return called("pytest.raises", kind, match=pattern)


def _compare(claim: Claim) -> ast.expr:
    operator = _OPERATORS[claim.operator]()
    return ast.Compare(left=claim.actual, ops=[operator], comparators=[claim.expected])


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _is_name(node: ast.expr) -> bool:
    """A variable or something of it: short already."""
    return isinstance(node, (ast.Name, ast.Attribute, ast.Subscript))


def _names_of(worked: Worked) -> frozenset[str]:
    given = {name for name, _ in worked.given}
    outcome = names_in(worked.outcome) if isinstance(worked.outcome, ast.expr) else ()
    after = {name for pair in worked.after for node in pair for name in names_in(node)}
    values = {name for _, value in worked.given for name in names_in(value)}
    return frozenset({*given, *values, *after, *outcome, *names_in(worked.subject)})


def _free(name: str, taken: frozenset[str]) -> str:
    while name in taken:
        name += "_"
    return name
