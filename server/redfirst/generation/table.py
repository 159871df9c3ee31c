"""Several examples of one case as rows of `pytest.mark.parametrize`."""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redfirst.generation.annotations import usable_annotation
from redfirst.generation.comparison import Claim, Operator, is_number, near
from redfirst.generation.expressions import called, flat, named, names_in
from redfirst.generation.imports import bound_names
from redfirst.generation.layout import INDENT, laid_out, one_per_line
from redfirst.generation.statements import claim_lines, raises_lines
from redfirst.spec.model import ExpectedError, MethodKind, ParameterKind
from redfirst.spec.target import is_target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redfirst.generation.comparison import Comparison
    from redfirst.generation.worked import Worked
    from redfirst.spec.model import Parameter, Spec

_EXPECTED: Final = "expected"
# `request` is pytest's own.
_RESERVED: Final = frozenset({_EXPECTED, "request"})
_BY_PLACE: Final = frozenset({ParameterKind.POSITIONAL_ONLY, ParameterKind.POSITIONAL_OR_KEYWORD})


@dataclass(frozen=True, slots=True)
class Table:
    """A parametrised test: its decorator, its parameters as written in `def`, its body."""

    decorator: list[str]
    parameters: list[str]
    body: list[str]


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    annotation: str | None
    cells: tuple[ast.expr, ...]


@dataclass(frozen=True, slots=True)
class _Judged:
    """The body of the test, and the column of expected values if rows differ in them."""

    body: list[str]
    columns: tuple[_Column, ...] = ()


def table_of(examples: Sequence[Worked], spec: Spec, comparison: Comparison) -> Table | None:
    """The table, or `None` when the examples do not have the same shape."""
    calls = [_only_target(one, spec) for one in examples]
    plain = [call for call in calls if call is not None]
    if len(examples) < 2 or len(plain) < len(examples):  # noqa: PLR2004 - one row is no table
        return None
    arguments = _columns(plain, spec)
    template = _template(examples, plain, [one.name for one in arguments], spec)
    judged = _judged(template, examples, spec, comparison) if template and arguments else None
    if judged is None or _uses_target([*arguments, *judged.columns], spec):
        return None
    columns = (*arguments, *judged.columns)
    return Table(_decorator(columns), [_parameter(one) for one in columns], judged.body)


def _only_target(worked: Worked, spec: Spec) -> ast.Call | None:
    """The call of the function under test, when there is one and its arguments are plain."""
    if worked.given or worked.after:
        return None
    calls = [n for n in ast.walk(worked.subject) if isinstance(n, ast.Call) and is_target(n, spec)]
    if len(calls) != 1:
        return None
    [call] = calls
    starred = any(isinstance(one, ast.Starred) for one in call.args)
    return None if starred or any(one.arg is None for one in call.keywords) else call


def _columns(calls: Sequence[ast.Call], spec: Spec) -> list[_Column]:
    """One column for each argument; none when the calls differ in how they pass them."""
    first = calls[0]
    keywords = [one.arg for one in first.keywords]
    if any(
        len(one.args) != len(first.args) or [each.arg for each in one.keywords] != keywords
        for one in calls
    ):
        return []
    parameters = _parameters(first, spec)
    cells = zip(
        *([*one.args, *(each.value for each in one.keywords)] for one in calls), strict=True
    )
    taken = set(bound_names(spec) | _RESERVED)
    columns: list[_Column] = []
    for (name, annotation), values in zip(parameters, cells, strict=True):
        free = _free(name, taken)
        taken.add(free)
        columns.append(_Column(free, usable_annotation(annotation, spec), values))
    return columns


def _parameters(call: ast.Call, spec: Spec) -> list[tuple[str, str | None]]:
    """Name and annotation of what each argument of `call` is passed to."""
    parameters = _unbound(call, spec)
    by_place = [(one.name, one.annotation) for one in parameters if one.kind in _BY_PLACE]
    rest = next((p for p in parameters if p.kind is ParameterKind.VAR_POSITIONAL), None)
    for number in range(len(call.args) - len(by_place)):
        name = f"{rest.name}_{number + 1}" if rest else f"argument_{number + 1}"
        by_place.append((name, rest.annotation if rest else None))
    by_name = {one.name: one.annotation for one in parameters}
    named_ones = [(one.arg or "", by_name.get(one.arg or "")) for one in call.keywords]
    return [*by_place[: len(call.args)], *named_ones]


def _unbound(call: ast.Call, spec: Spec) -> tuple[Parameter, ...]:
    """The parameters that the caller passes: not `self`, not `cls`."""
    signature = spec.signature.value
    through_class = (
        isinstance(call.func, ast.Attribute) and flat(call.func.value) == spec.class_name
    )
    binds = signature.method is MethodKind.CLASS or (
        signature.method is MethodKind.INSTANCE and not through_class
    )
    first = signature.parameters[:1]
    is_bound = binds and first and first[0].name in {"self", "cls"}
    return signature.parameters[1:] if is_bound else signature.parameters


def _template(
    examples: Sequence[Worked], calls: Sequence[ast.Call], names: Sequence[str], spec: Spec
) -> ast.expr | None:
    """What the examples have in common: the call with column names for its arguments."""
    templates = [
        _Filler(names, spec).visit(copy.deepcopy(one.subject))
        for one, _ in zip(examples, calls, strict=True)
    ]
    return templates[0] if len({flat(one) for one in templates}) == 1 else None


class _Filler(ast.NodeTransformer):
    def __init__(self, names: Sequence[str], spec: Spec) -> None:
        self._names = names
        self._spec = spec

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        if not is_target(node, self._spec):
            return node
        values = [named(name) for name in self._names]
        by_name = zip(node.keywords, values[len(node.args) :], strict=False)
        return ast.Call(
            func=node.func,
            args=list(values[: len(node.args)]),
            keywords=[ast.keyword(arg=one.arg, value=value) for one, value in by_name],
        )


def _judged(
    template: ast.expr, examples: Sequence[Worked], spec: Spec, comparison: Comparison
) -> _Judged | None:
    first = examples[0].outcome
    if isinstance(first, ExpectedError):
        same = all(one.outcome == first for one in examples)
        return _Judged(raises_lines(template, first)) if same else None
    values = [one.outcome for one in examples if isinstance(one.outcome, ast.expr)]
    if len(values) < len(examples) or not all(map(comparison.is_whole, values)):
        return None
    return _judged_by_value(template, values, spec, comparison)


def _judged_by_value(
    template: ast.expr, values: Sequence[ast.expr], spec: Spec, comparison: Comparison
) -> _Judged | None:
    taken = names_in(template)
    if len({flat(value) for value in values}) == 1:
        [claim] = comparison.claims(template, values[0])
        return _Judged(claim_lines(claim, taken))
    annotation = usable_annotation(spec.signature.value.returns, spec) or "object"
    if any(_is_singleton(value) for value in values):
        if not all(_is_bool(value) for value in values):
            return None
        claim = Claim(template, Operator.IDENTICAL, named(_EXPECTED))
        return _Judged(claim_lines(claim, taken), (_Column(_EXPECTED, "bool", tuple(values)),))
    if comparison.returns_float and all(map(is_number, values)):
        approximate = called("pytest.approx", named(_EXPECTED))
        claim = Claim(template, Operator.EQUAL, approximate)
        return _Judged(claim_lines(claim, taken), (_Column(_EXPECTED, "float", tuple(values)),))
    claim = Claim(template, Operator.EQUAL, named(_EXPECTED))
    cells = tuple(near(value) for value in values)
    is_changed = any(cell is not value for cell, value in zip(cells, values, strict=True))
    column = _Column(
        _EXPECTED, "object" if is_changed or _is_run(template, spec) else annotation, cells
    )
    return _Judged(claim_lines(claim, taken), (column,))


def _is_run(template: ast.expr, spec: Spec) -> bool:
    """The value is not what the signature says: the function's answer is worked on first."""
    return not is_target(template, spec) and not spec.signature.value.is_async


def _is_singleton(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, bool))


def _is_bool(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, bool)


def _uses_target(columns: Sequence[_Column], spec: Spec) -> bool:
    """Rows are built before any test runs: what calls the code under test must not be there."""
    return any(spec.import_name in names_in(cell) for one in columns for cell in one.cells)


def _decorator(columns: Sequence[_Column]) -> list[str]:
    rows: list[ast.expr] = [
        _tuple(row) for row in zip(*(one.cells for one in columns), strict=True)
    ]
    names = _tuple([ast.Constant(one.name) for one in columns])
    return [
        "@pytest.mark.parametrize(",
        *laid_out("", names, ",", INDENT),
        *one_per_line("[", rows, "],", INDENT),
        ")",
    ]


def _tuple(nodes: Sequence[ast.expr]) -> ast.expr:
    return nodes[0] if len(nodes) == 1 else ast.Tuple(elts=list(nodes), ctx=ast.Load())


def _parameter(column: _Column) -> str:
    return f"{column.name}: {column.annotation}" if column.annotation else column.name


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    return name
