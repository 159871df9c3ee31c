"""A worked example of the spec, read as expressions that a test can be made of."""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.generation.expressions import parse_expression
from redfirst.generation.imports import bound_names
from redfirst.generation.subject import subject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redfirst.spec.model import Case, Example, ExpectedError, Spec


@dataclass(frozen=True, slots=True)
class Worked:
    """One example. `subject` is the call run to its end; `outcome` its value or its error.

    `given` are assignments before it, `after` pairs of what must be equal behind it.
    """

    given: tuple[tuple[str, ast.expr], ...]
    subject: ast.expr
    outcome: ast.expr | ExpectedError
    after: tuple[tuple[ast.expr, ast.expr], ...]


def worked_examples(case: Case, spec: Spec) -> tuple[Worked, ...]:
    """The examples of a case; one that is no Python or says no outcome is left out."""
    read = (_read(example, case, spec) for example in case.examples)
    return tuple(one for one in read if one is not None)


def _read(example: Example, case: Case, spec: Spec) -> Worked | None:
    names = _new_names(example, spec)
    given = [(name, parse_expression(value.value)) for name, value in example.given]
    after = [(parse_expression(name), parse_expression(at.value)) for name, at in example.after]
    call = parse_expression(example.call.value)
    outcome = _outcome(example, case)
    readable = [value for _, value in given if value is not None]
    pairs = [(left, right) for left, right in after if left is not None and right is not None]
    if call is None or outcome is None or (len(readable), len(pairs)) != (len(given), len(after)):
        return None
    value = outcome if isinstance(outcome, ast.expr) else None
    return Worked(
        given=tuple(_bindings([name for name, _ in given], readable, names)),
        subject=_renamed(subject(call, value, spec), names),
        outcome=_renamed(outcome, names) if isinstance(outcome, ast.expr) else outcome,
        after=tuple((_renamed(left, names), _renamed(right, names)) for left, right in pairs),
    )


def _outcome(example: Example, case: Case) -> ast.expr | ExpectedError | None:
    if example.returns is not None:
        return parse_expression(example.returns.value)
    declared = case.error
    if example.raises is None:
        return declared
    raised = example.raises.value
    if declared and raised.message is None and raised.type_name == declared.type_name:
        return declared
    return raised


def _new_names(example: Example, spec: Spec) -> Mapping[str, str]:
    """A local variable that hides a name of the module would make that name unusable."""
    hiding = bound_names(spec)
    return {name: f"{name}_" for name, _ in example.given if name in hiding}


def _bindings(
    given: list[str], values: list[ast.expr], names: Mapping[str, str]
) -> list[tuple[str, ast.expr]]:
    """The assignments; a name means the variable only from its own assignment on."""
    bound: dict[str, str] = {}
    bindings: list[tuple[str, ast.expr]] = []
    for name, value in zip(given, values, strict=True):
        new = names.get(name, name)
        bindings.append((new, _renamed(value, bound)))
        bound[name] = new
    return bindings


def _renamed(node: ast.expr, names: Mapping[str, str]) -> ast.expr:
    return _Renamer(names).visit(copy.deepcopy(node)) if names else node


class _Renamer(ast.NodeTransformer):
    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(id=self._names.get(node.id, node.id), ctx=node.ctx)

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return ast.arg(arg=self._names.get(node.arg, node.arg), annotation=None)
