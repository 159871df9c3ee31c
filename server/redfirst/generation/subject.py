"""The expression that a test looks at: the example's call, run to its end."""

from __future__ import annotations

import ast
import copy
from typing import TYPE_CHECKING, Final

from redfirst.generation.expressions import called, flat
from redfirst.spec.returned import ASYNC_STREAMS, STREAMS, outer_name
from redfirst.spec.target import is_target

if TYPE_CHECKING:
    from collections.abc import Callable

    from redfirst.spec.model import Spec

COLLECTOR: Final = "collect_items"
COLLECTOR_SOURCE: Final = (
    f"async def {COLLECTOR}(stream):",
    '    """Run an asynchronous generator to its end."""',
    "    return [item async for item in stream]",
)


def subject(call: ast.expr, expected: ast.expr | None, spec: Spec) -> ast.expr:
    """`call` so that its value can be compared with `expected`, or its error be caught (`None`).

    A coroutine is awaited, a generator is run to its end.
    """
    signature = spec.signature.value
    returns = outer_name(signature.returns)
    if returns in ASYNC_STREAMS and is_target(call, spec):
        return called("asyncio.run", called(COLLECTOR, call))
    if signature.is_async:
        return _Awaited(lambda node: is_target(node, spec)).visit(copy.deepcopy(call))
    if returns in STREAMS and is_target(call, spec):
        return _exhausted(call, expected)
    return call


def _exhausted(call: ast.expr, expected: ast.expr | None) -> ast.expr:
    match expected:
        case None | ast.List() | ast.ListComp():
            return called("list", call)
        case ast.Tuple():
            return called("tuple", call)
        case _:
            return call


class _Awaited(ast.NodeTransformer):
    """Runs the coroutines in an expression; one that is run already stays."""

    def __init__(self, is_target: Callable[[ast.AST], bool]) -> None:
        self._is_target = is_target

    def visit_Await(self, node: ast.Await) -> ast.expr:
        return called("asyncio.run", self.generic_visit(node.value))  # pyright: ignore[reportArgumentType]

    def visit_Call(self, node: ast.Call) -> ast.expr:
        if flat(node.func) == "asyncio.run":
            return node
        self.generic_visit(node)
        return called("asyncio.run", node) if self._is_target(node) else node
