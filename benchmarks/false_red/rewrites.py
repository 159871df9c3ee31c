"""Ways to weaken a test: each turns one statement into others, or finds nothing to do."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Rewrite = Callable[[ast.stmt, str], str | None]
    """A statement and the name of the function under test to the text that takes its place."""


def drop_assertion(statement: ast.stmt, _: str) -> str | None:
    """The assertion is gone."""
    return "pass" if isinstance(statement, ast.Assert) else None


def remove_call(statement: ast.stmt, subject: str) -> str | None:
    """The function is not called: the expected value is compared with itself."""
    match statement:
        case ast.Assert(test=ast.Compare(left=left, comparators=[right])) if _calls(left, subject):
            return f"assert ({ast.unparse(right)}) == ({ast.unparse(right)})"
        case ast.Expr(value=value) if _calls(value, subject):
            return "pass"
        case _:
            return None


def return_early(statement: ast.stmt, _: str) -> str | None:
    """The test ends before the statement."""
    return None if _is_docstring(statement) else f"return\n{ast.unparse(statement)}"


def loop_over_nothing(statement: ast.stmt, _: str) -> str | None:
    """The statement stands in a loop that never turns."""
    return _inside("for _ in []:", statement) if _checks(statement) else None


def never_reach(statement: ast.stmt, _: str) -> str | None:
    """The statement stands in a branch that is never taken."""
    return _inside("if not __name__:", statement) if _checks(statement) else None


def swallow(statement: ast.stmt, _: str) -> str | None:
    """Whatever the statement raises is swallowed."""
    return (
        f"{_inside('try:', statement)}\nexcept Exception:\n    pass" if _checks(statement) else None
    )


def suppress_assertion(statement: ast.stmt, _: str) -> str | None:
    """The assertion's own error is swallowed."""
    head = "with contextlib.suppress(AssertionError):"
    return _inside(head, statement) if isinstance(statement, ast.Assert) else None


def widen_raises(statement: ast.stmt, _: str) -> str | None:
    """`pytest.raises` takes any exception."""
    return _with_raises(statement, "Exception", keep_match=True)


def widen_raises_by_a_tuple(statement: ast.stmt, _: str) -> str | None:
    """`pytest.raises` takes two more types."""
    kinds = "({0}, ArithmeticError, LookupError, ValueError, TypeError)"
    return _with_raises(statement, kinds, keep_match=True)


def widen_raises_without_match(statement: ast.stmt, _: str) -> str | None:
    """`pytest.raises` takes any exception with any message."""
    return _with_raises(statement, "Exception", keep_match=False)


def remove_match(statement: ast.stmt, _: str) -> str | None:
    """`pytest.raises` takes any message."""
    return _with_raises(statement, "{0}", keep_match=False)


def _loosen(template: str) -> Rewrite:
    def rewrite(statement: ast.stmt, _: str) -> str | None:
        match statement:
            case ast.Assert(
                test=ast.Compare(left=left, ops=[ast.Eq() | ast.Is()], comparators=[right])
            ):
                return template.format(f"({ast.unparse(left)})", f"({ast.unparse(right)})")
            case _:
                return None

    return rewrite


def accept_anything(statement: ast.stmt, _: str) -> str | None:
    """`or True`."""
    if not isinstance(statement, ast.Assert):
        return None
    return f"assert ({ast.unparse(statement.test)}) or True"


REWRITES: Final[Mapping[str, Rewrite]] = {
    "assertion dropped": drop_assertion,
    "only evaluated": _loosen("{0}"),
    "loosened to not None": _loosen("assert {0} is not None"),
    "loosened to isinstance": _loosen("assert isinstance({0}, type({1}))"),
    "loosened to >=": _loosen("assert {0} >= {1}"),
    "loosened to <=": _loosen("assert {0} <= {1}"),
    "loosened to !=": _loosen("assert {0} != 'nonsense'"),
    "loosened to in": _loosen("result = {0}\nassert result in ({1}, result)"),
    "compared with itself": _loosen("assert {0} == {0}"),
    "compared in length": _loosen("assert len({0}) == len({1})"),
    "or True": accept_anything,
    "call removed": remove_call,
    "early return": return_early,
    "loop over nothing": loop_over_nothing,
    "branch not taken": never_reach,
    "exception swallowed": swallow,
    "assertion suppressed": suppress_assertion,
    "raises widened": widen_raises,
    "raises widened by a tuple": widen_raises_by_a_tuple,
    "raises widened, match removed": widen_raises_without_match,
    "match removed": remove_match,
}


def _calls(node: ast.expr, subject: str) -> bool:
    calls = (one.func for one in ast.walk(node) if isinstance(one, ast.Call))
    return any(subject in (getattr(one, "id", ""), getattr(one, "attr", "")) for one in calls)


def _checks(statement: ast.stmt) -> bool:
    return isinstance(statement, (ast.Assert, ast.With, ast.For)) or (
        isinstance(statement, ast.Expr) and not _is_docstring(statement)
    )


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _inside(head: str, statement: ast.stmt) -> str:
    lines = ast.unparse(statement).splitlines()
    return "\n".join([head, *(f"    {line}" for line in lines)])


def _with_raises(statement: ast.stmt, template: str, *, keep_match: bool) -> str | None:
    match statement:
        case ast.With(items=[ast.withitem(context_expr=ast.Call() as call), *_]) if _is_raises(
            call
        ):
            kind = template.format(ast.unparse(call.args[0]))
            call.args[0] = ast.parse(kind, mode="eval").body
            call.keywords = call.keywords if keep_match else []
            return ast.unparse(statement)
        case _:
            return None


def _is_raises(call: ast.Call) -> bool:
    return ast.unparse(call.func) == "pytest.raises" and bool(call.args)
