"""Equality between floats, which rounding breaks."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from redfirst.generation.gate.reach import FunctionNode
from redfirst.spec.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redfirst.generation.gate.module_tree import Module
    from redfirst.spec.problem import Problem

_EXACT: Final = frozenset({"inf", "nan", "infinity"})
_ADAPTERS: Final = frozenset({"asyncio.run", "abs"})
_UNITTEST: Final = frozenset({"assertEqual", "assertEquals", "assertListEqual", "assertTupleEqual"})


def find(module: Module) -> Iterator[Problem]:
    """RF212 for each comparison of a float by `==`, unless it only chooses what to do."""
    choosing = {
        id(inner)
        for node in module.nodes
        if isinstance(node, ast.If | ast.IfExp | ast.While)
        for inner in ast.walk(node.test)
    }
    tolerant = set(_tolerant_names(module))
    floating = set(_floating_names(module))
    for node in module.nodes:
        for left, right in _compared(node) if id(node) not in choosing else ():
            pair = (left, right)
            if any(_is_tolerant(side, tolerant) for side in pair):
                continue
            if any(_is_float(module, side, floating) for side in pair):
                yield module.problem(
                    Code.FLOAT_EQUALITY,
                    "Floats are compared for equality here, so rounding decides the test. Use "
                    "`pytest.approx`, or integers or `Decimal` for money.",
                    node,
                )
                break


def _compared(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    match node:
        case ast.Compare(left=left, ops=ops, comparators=comparators):
            sides = [left, *comparators]
            for index, operator in enumerate(ops):
                if isinstance(operator, ast.Eq):
                    yield sides[index], sides[index + 1]
        case ast.Call(func=ast.Attribute(attr=name), args=[left, right, *_]) if name in _UNITTEST:
            yield left, right
        case _:
            return


def _is_tolerant(node: ast.expr, tolerant: set[str]) -> bool:
    """`approx` on either side, or a side that was rounded on purpose."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "round":
        return True
    return any(
        (isinstance(inner, ast.Name) and inner.id in tolerant) or _is_approx(inner)
        for inner in ast.walk(node)
    )


def _is_approx(node: ast.AST) -> bool:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return "approx" in name.lower() or "isclose" in name.lower()
        case _:
            return False


def _tolerant_names(module: Module) -> Iterator[str]:
    """Names that may hold an `approx`: assigned, filled by `parametrize`, or given by a fixture."""
    for node in module.nodes:
        if not isinstance(node, ast.Assign | ast.AnnAssign | FunctionNode):
            continue
        parts: Sequence[ast.AST] = node.decorator_list if isinstance(node, FunctionNode) else [node]
        if any(_is_approx(inner) for part in parts for inner in ast.walk(part)):
            yield from _given_names(node)
        elif isinstance(node, FunctionNode) and any(_is_approx(inner) for inner in ast.walk(node)):
            yield node.name


def _given_names(node: ast.Assign | ast.AnnAssign | FunctionNode) -> Iterator[str]:
    if isinstance(node, FunctionNode):
        arguments = node.args
        yield from (a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs))
        return
    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
        yield from (name.id for name in ast.walk(target) if isinstance(name, ast.Name))


def _floating_names(module: Module) -> Iterator[str]:
    """Names that only ever hold what the function under test returned, when that is a float."""
    held: dict[str, list[bool]] = {}
    for node in module.nodes:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                held.setdefault(name, []).append(_is_float_call(module, value))
            case ast.Assign() | ast.AugAssign() | ast.For() | ast.withitem() | ast.arg():
                for name in _stored(node):
                    held.setdefault(name, []).append(False)
            case _:
                pass
    return (name for name, floats in held.items() if all(floats))


def _stored(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.arg):
        yield node.arg
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
            yield inner.id


def _is_float(module: Module, node: ast.expr, floating: set[str]) -> bool:
    match node:
        case ast.Constant(value=value):
            return isinstance(value, float)
        case ast.UnaryOp(operand=operand):
            return _is_float(module, operand, floating)
        case ast.BinOp():
            return _is_float_arithmetic(module, node, floating)
        case (
            ast.List(elts=parts)
            | ast.Tuple(elts=parts)
            | ast.Set(elts=parts)
            | ast.Dict(values=parts)
        ):
            return any(_is_float(module, part, floating) for part in parts)
        case ast.Call(func=ast.Name(id="float"), args=[argument, *_]):
            return not _is_infinite(argument)
        case _:
            is_held = isinstance(node, ast.Name) and node.id in floating
            return is_held or _is_float_call(module, node)


def _is_float_arithmetic(module: Module, node: ast.BinOp, floating: set[str]) -> bool:
    sides = (node.left, node.right)
    floats = [_is_float(module, side, floating) for side in sides]
    if isinstance(node.op, ast.Add | ast.Sub):
        return any(floats)
    # `timedelta(hours=1) * 0.5` is no float: both sides must be numbers.
    return any(floats) and all(
        is_float or isinstance(side, ast.Constant)
        for side, is_float in zip(sides, floats, strict=True)
    )


def _is_infinite(argument: ast.expr) -> bool:
    """`float("inf")` is exact."""
    return (
        isinstance(argument, ast.Constant)
        and isinstance(argument.value, str)
        and argument.value.strip().lstrip("+-").lower() in _EXACT
    )


def _is_float_call(module: Module, node: ast.expr) -> bool:
    if module.spec.signature.value.returns != "float":
        return False
    match node:
        case ast.Await(value=value):
            return _is_float_call(module, value)
        case ast.Call(func=func, args=args):
            path = module.names.path(func)
            inner = path in _ADAPTERS and any(_is_float_call(module, arg) for arg in args)
            return inner or path == module.target or _is_method(module, func)
        case _:
            return False


def _is_method(module: Module, func: ast.expr) -> bool:
    method = module.spec.function.value.rpartition(".")[2]
    return bool(module.spec.class_name) and isinstance(func, ast.Attribute) and func.attr == method
