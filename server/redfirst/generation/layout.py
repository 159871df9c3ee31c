"""Statements broken over lines as `ruff format` and `black` would break them."""

from __future__ import annotations

import ast
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from redfirst.generation.expressions import flat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WIDTH: Final = 88
INDENT: Final = "    "
_BRACKETS: Final = {ast.List: "[]", ast.Set: "{}", ast.Tuple: "()"}

_Item = tuple[str, ast.expr]


@dataclass(frozen=True, slots=True)
class _Bracketed:
    """An expression that ends in a bracket: what stands before, in and behind it."""

    opening: str
    items: tuple[_Item, ...]
    closing: str
    is_call: bool


def fits(line: str) -> bool:
    """`line` is not too long; wide characters count twice, as formatters count them."""
    return len(line) + sum(unicodedata.east_asian_width(c) in "WF" for c in line) <= WIDTH


def breaks(node: ast.expr) -> bool:
    """`node` ends in a bracket with something in it, so that it can be broken over lines."""
    return _bracketed(node) is not None


def opening_of(node: ast.expr) -> str:
    """What stays on the first line when `node` is broken."""
    bracketed = _bracketed(node)
    return bracketed.opening if bracketed else flat(node)


def laid_out(prefix: str, node: ast.expr, suffix: str, indent: str) -> list[str]:
    """The lines of `prefix node suffix`: one when it fits, else broken at the last bracket."""
    line = f"{indent}{prefix}{flat(node)}{suffix}"
    bracketed = _bracketed(node)
    if fits(line) or bracketed is None:
        return [line]
    return [
        f"{indent}{prefix}{bracketed.opening}",
        *_content(bracketed, indent + INDENT),
        f"{indent}{bracketed.closing}{suffix}",
    ]


def one_per_line(opening: str, items: Iterable[ast.expr], closing: str, indent: str) -> list[str]:
    """A bracket that is broken even where it would fit, as a table reads best."""
    rows = [line for item in items for line in laid_out("", item, ",", indent + INDENT)]
    return [f"{indent}{opening}", *rows, f"{indent}{closing}"]


def definition(name: str, parameters: Sequence[str]) -> list[str]:
    """The `def` of a test."""
    line = f"def {name}({', '.join(parameters)}) -> None:"
    if fits(line) or not parameters:
        return [line]
    together = INDENT + ", ".join(parameters)
    inside = [together] if fits(together) else [f"{INDENT}{one}," for one in parameters]
    return [f"def {name}(", *inside, ") -> None:"]


def assignment(name: str, value: ast.expr, indent: str) -> list[str]:
    """`name = value`, in brackets of its own where only they make it fit."""
    lines = laid_out(f"{name} = ", value, "", indent)
    inner = f"{indent}{INDENT}{flat(value)}"
    if fits(lines[0]) or breaks(value) or not fits(inner):
        return lines
    return [f"{indent}{name} = (", inner, f"{indent})"]


def _content(bracketed: _Bracketed, indent: str) -> list[str]:
    together = indent + ", ".join(prefix + flat(item) for prefix, item in bracketed.items)
    if bracketed.is_call and fits(together):
        return [together]
    return [
        line for prefix, item in bracketed.items for line in laid_out(prefix, item, ",", indent)
    ]


def _bracketed(node: ast.expr) -> _Bracketed | None:
    match node:
        case ast.Call(args=[], keywords=[]):
            return _ended(_bracketed(node.func), "()")
        case ast.Attribute():
            return _ended(_bracketed(node.value), f".{node.attr}")
        case ast.Call():
            return _Bracketed(f"{_callee(node)}(", tuple(_arguments(node)), ")", is_call=True)
        case ast.Dict():
            return _display("{", tuple(_pairs(node)), "}")
        case ast.List() | ast.Set() | ast.Tuple():
            opening, closing = _BRACKETS[type(node)]
            return _display(opening, _elements(node.elts), closing)
        case _:
            return None


def _display(opening: str, items: tuple[_Item, ...], closing: str) -> _Bracketed | None:
    return _Bracketed(opening, items, closing, is_call=False) if items else None


def _ended(inner: _Bracketed | None, ending: str) -> _Bracketed | None:
    """What is called on a bracketed expression stays behind its closing bracket."""
    return replace(inner, closing=inner.closing + ending) if inner else None


def _callee(node: ast.Call) -> str:
    return flat(ast.Call(func=node.func, args=[], keywords=[])).removesuffix("()")


def _arguments(node: ast.Call) -> Iterator[_Item]:
    yield from _elements(node.args)
    for keyword in node.keywords:
        yield f"{keyword.arg}=" if keyword.arg else "**", keyword.value


def _elements(nodes: Sequence[ast.expr]) -> tuple[_Item, ...]:
    return tuple(
        ("*", node.value) if isinstance(node, ast.Starred) else ("", node) for node in nodes
    )


def _pairs(node: ast.Dict) -> Iterator[_Item]:
    for key, value in zip(node.keys, node.values, strict=True):
        yield f"{flat(key)}: " if key else "**", value
