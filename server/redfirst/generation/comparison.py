"""What an expected value demands of an actual one: equality, identity, or a near float."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from redfirst.generation.expressions import called, flat, named, parse_expression
from redfirst.spec.model import TypeKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from redfirst.spec.model import Spec, TypeDefinition

_FLOAT_FUNCTIONS: Final = frozenset({"float", "round"})
_FLOAT_NAMES: Final = frozenset({"math.pi", "math.e", "math.tau", "math.inf", "math.nan"})
_ARITHMETIC: Final = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.Mod)


class Operator(StrEnum):
    """How a test compares."""

    EQUAL = "=="
    IDENTICAL = "is"


@dataclass(frozen=True, slots=True)
class Claim:
    """One `assert actual operator expected`."""

    actual: ast.expr
    operator: Operator
    expected: ast.expr


@dataclass(frozen=True, slots=True)
class Comparison:
    """Turns an expected value into claims; knows how the records of one spec are built."""

    records: Mapping[str, TypeDefinition]
    returns_float: bool

    def claims(self, actual: ast.expr, expected: ast.expr) -> tuple[Claim, ...]:
        """What must hold of `actual`; several claims only where a record holds a float."""
        if self.returns_float and is_number(expected):
            return (Claim(actual, Operator.EQUAL, _approx(expected)),)
        return tuple(self._claims(actual, expected))

    def is_whole(self, expected: ast.expr) -> bool:
        """One claim is enough."""
        return not any(
            self._record_of(part) is not None and _holds_float(part) for part in ast.walk(expected)
        )

    def _claims(self, actual: ast.expr, expected: ast.expr) -> Iterator[Claim]:
        if self.is_whole(expected):
            yield Claim(actual, operator_for(expected), near(expected))
            return
        match expected:
            case ast.Call():
                yield from self._claims_of_record(actual, expected)
            case ast.List(elts=elements) | ast.Tuple(elts=elements):
                yield from self._claims_of_sequence(actual, expected, elements)
            case ast.Dict(keys=keys, values=values):
                yield from self._claims_of_mapping(actual, keys, values)
            case _:
                yield Claim(actual, Operator.EQUAL, expected)

    def _claims_of_record(self, actual: ast.expr, expected: ast.Call) -> Iterator[Claim]:
        record = self._record_of(expected)
        if record is None:
            yield Claim(actual, Operator.EQUAL, expected)
            return
        yield Claim(called("type", actual), Operator.IDENTICAL, expected.func)
        for name, value in _values_of(record, expected):
            field = ast.Attribute(value=actual, attr=name, ctx=ast.Load())
            yield from self._claims(field, value)

    def _claims_of_sequence(
        self, actual: ast.expr, expected: ast.expr, elements: Sequence[ast.expr]
    ) -> Iterator[Claim]:
        kind = "list" if isinstance(expected, ast.List) else "tuple"
        yield Claim(called("type", actual), Operator.IDENTICAL, named(kind))
        yield Claim(called("len", actual), Operator.EQUAL, ast.Constant(len(elements)))
        for number, element in enumerate(elements):
            yield from self._claims(_item(actual, ast.Constant(number)), element)

    def _claims_of_mapping(
        self, actual: ast.expr, keys: Sequence[ast.expr | None], values: Sequence[ast.expr]
    ) -> Iterator[Claim]:
        known = [key for key in keys if key is not None]
        yield Claim(called("set", actual), Operator.EQUAL, ast.Set(elts=known))
        for key, value in zip(keys, values, strict=True):
            if key is not None:
                yield from self._claims(_item(actual, key), value)

    def _record_of(self, node: ast.AST) -> TypeDefinition | None:
        match node:
            case ast.Call(func=ast.Name(id=name)):
                return self.records.get(name)
            case _:
                return None


def comparison_for(spec: Spec) -> Comparison:
    """How values of this spec are compared."""
    records = {one.name.value: one for one in spec.types if one.kind is TypeKind.RECORD}
    return Comparison(records, spec.signature.value.returns == "float")


def operator_for(expected: ast.expr) -> Operator:
    """`is` for the three values that there is only one of."""
    match expected:
        case ast.Constant(value=None | True | False):
            return Operator.IDENTICAL
        case _:
            return Operator.EQUAL


def near(expected: ast.expr) -> ast.expr:
    """`expected` with `pytest.approx` around its floats; without floats it stays as it is."""
    if not _holds_float(expected):
        return expected
    match expected:
        case ast.List(elts=elements) | ast.Tuple(elts=elements) if not _are_near(elements):
            return type(expected)(elts=[near(one) for one in elements], ctx=ast.Load())
        case ast.Dict(keys=keys, values=values) if not _are_near(values):
            return ast.Dict(keys=keys, values=[near(one) for one in values])
        case ast.List() | ast.Tuple() | ast.Dict():
            return _approx(expected)
        case _:
            return _approx(expected) if is_float(expected) else expected


def is_float(node: ast.AST) -> bool:
    """The expression surely gives a float."""
    match node:
        case ast.Constant(value=float()):
            return True
        case ast.UnaryOp(operand=operand):
            return is_float(operand)
        case ast.BinOp():
            return _is_float_result(node)
        case ast.Call(func=ast.Name(id=name)):
            return name in _FLOAT_FUNCTIONS
        case ast.Attribute():
            return flat(node) in _FLOAT_NAMES
        case _:
            return False


def is_number(node: ast.expr) -> bool:
    """The expression surely gives an integer or a float."""
    match node:
        case ast.Constant(value=value):
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
            return is_number(operand)
        case ast.BinOp(left=left, right=right):
            return is_number(left) and is_number(right)
        case _:
            return is_float(node)


def _is_float_result(node: ast.BinOp) -> bool:
    if isinstance(node.op, ast.Div) and is_number(node.left) and is_number(node.right):
        return True
    return isinstance(node.op, _ARITHMETIC) and (is_float(node.left) or is_float(node.right))


def _are_near(nodes: Sequence[ast.expr]) -> bool:
    """Numbers with a float among them: `pytest.approx` takes them together."""
    return all(map(is_number, nodes)) and any(map(is_float, nodes))


def _holds_float(node: ast.AST) -> bool:
    return any(is_float(part) for part in ast.walk(node))


def _approx(expected: ast.expr) -> ast.expr:
    if "nan" in flat(expected).lower():
        return called("pytest.approx", expected, nan_ok=ast.Constant(value=True))
    return called("pytest.approx", expected)


def _item(actual: ast.expr, key: ast.expr) -> ast.expr:
    return ast.Subscript(value=actual, slice=key, ctx=ast.Load())


def _values_of(record: TypeDefinition, built: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    """The fields with what they must be; a field that was left out has its default."""
    names = [field.name for field in record.fields]
    given = dict(zip(names, built.args, strict=False))
    given |= {one.arg: one.value for one in built.keywords if one.arg is not None}
    for field in record.fields:
        value = given.get(field.name) or parse_expression(field.default or "")
        if value is not None:
            yield field.name, value
