"""`+` becomes `-`, `//` becomes `/`, `min` becomes `max`, and a minus sign goes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from redfirst.coverage.mutation.edit import Edit
from redfirst.spec.ranges import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.coverage.mutation.edit import Surroundings

_OTHER: Final[dict[type[ast.operator], tuple[str, str]]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "//"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "/"),
    ast.Mod: ("%", "//"),
    ast.Pow: ("**", "*"),
    ast.LShift: ("<<", ">>"),
    ast.RShift: (">>", "<<"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: ("|", "&"),
    ast.BitXor: ("^", "|"),
}
_OTHER_CALL: Final = {"min": "max", "max": "min", "any": "all", "all": "any"}
_NO_NUMBERS: Final = (
    ast.JoinedStr,
    ast.List,
    ast.ListComp,
    ast.Tuple,
    ast.Dict,
    ast.DictComp,
    ast.Set,
    ast.SetComp,
)


def arithmetic(node: ast.AST, around: Surroundings) -> Iterator[Edit]:
    """Texts and lists are spared: `-` on them fails at once, which any test notices."""
    source = around.source
    match node:
        case ast.BinOp(left=left, op=operator, right=right):
            if not (_is_no_number(left) or _is_no_number(right)):
                begin, end = source.span(left).end, source.span(right).start
                yield from _swapped(around, operator, begin, end, "")
        case ast.AugAssign(target=target, op=operator, value=value):
            if not _is_no_number(value):
                begin, end = source.span(target).end, source.span(value).start
                yield from _swapped(around, operator, begin, end, "=")
        case ast.UnaryOp(op=ast.USub(), operand=operand) if not isinstance(operand, ast.Constant):
            start = source.span(node).start
            yield Edit(Span(start, start + 1), "", f"`-` of {source.shown(node)} removed")
        case ast.Call(func=ast.Name(id=name) as called) if name in _OTHER_CALL:
            yield Edit(source.span(called), _OTHER_CALL[name])
        case _:
            pass


def _swapped(
    around: Surroundings, operator: ast.operator, begin: int, end: int, suffix: str
) -> Iterator[Edit]:
    if type(operator) not in _OTHER:
        return
    written, other = _OTHER[type(operator)]
    place = around.source.words_between(begin, end, (written + suffix,))
    if place is not None:
        yield Edit(place, other + suffix)


def _is_no_number(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return _is_no_number(node.left) or _is_no_number(node.right)
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
    return is_text or isinstance(node, _NO_NUMBERS)
