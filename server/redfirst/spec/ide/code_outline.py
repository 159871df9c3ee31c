"""The functions and classes that a Python module defines, and where their names stand."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from redfirst.spec.ranges import LineIndex, Span
from redfirst.spec.syntax import SyntaxFault, parse_module

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_Defining = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

_NAME: Final = re.compile(r"(?:async[\s\\]+)?(?:def|class)[\s\\]+(\w+)")
_LINE: Final = re.compile(
    r"""^(?P<indent>[ \t]*)
        (?:(?:async[ ]+)?(?P<keyword>def|class)[ ]+(?P<name>[^\W\d]\w*)|[^\s#)\]}])""",
    re.MULTILINE | re.VERBOSE,
)


class DefinitionKind(StrEnum):
    """What a definition makes."""

    FUNCTION = "function"
    CLASS = "class"


@dataclass(frozen=True, slots=True)
class Definition:
    """`name` is dotted inside of a class: `Basket.add`. `span` is that of its last part."""

    name: str
    kind: DefinitionKind
    span: Span


def definitions(source: str) -> tuple[Definition, ...]:
    """What can be reached from outside, in the order of the text, half-typed modules included.

    A name that is defined again, as overloads are, is there each time.
    """
    tree = parse_module(source)
    if isinstance(tree, SyntaxFault):
        return tuple(_by_lines(source))
    return tuple(_in_body(tree.body, "", source, LineIndex(source)))


def definition_of(source: str, name: str) -> Definition | None:
    """The definition that counts: the last one of that dotted name."""
    return next((one for one in reversed(definitions(source)) if one.name == name), None)


def _in_body(
    body: Iterable[ast.AST], prefix: str, source: str, lines: LineIndex
) -> Iterator[Definition]:
    for node in body:
        if isinstance(node, _Defining):
            is_class = isinstance(node, ast.ClassDef)
            kind = DefinitionKind.CLASS if is_class else DefinitionKind.FUNCTION
            yield Definition(prefix + node.name, kind, _name_span(node, source, lines))
            if isinstance(node, ast.ClassDef):
                yield from _in_body(node.body, f"{prefix}{node.name}.", source, lines)
        elif isinstance(node, ast.If | ast.Try | ast.ExceptHandler | ast.With):
            yield from _in_body(ast.iter_child_nodes(node), prefix, source, lines)


def _name_span(node: _Defining, source: str, lines: LineIndex) -> Span:
    # Only white space can stand before it, so that bytes and characters agree.
    start = lines.line_span(node.lineno - 1).start + node.col_offset
    match = _NAME.match(source, start)
    return Span(*match.span(1)) if match else Span(start, start)


def _by_lines(source: str) -> Iterator[Definition]:
    """As indentation shows it: a class holds what is indented deeper below it."""
    around: list[tuple[int, str, DefinitionKind]] = []
    for match in _LINE.finditer(source):
        indent = len(match["indent"].expandtabs())
        around = [each for each in around if each[0] < indent]
        if match["name"] is None:
            continue
        kind = DefinitionKind.CLASS if match["keyword"] == "class" else DefinitionKind.FUNCTION
        outer = around[-1] if around else None
        name = f"{outer[1]}.{match['name']}" if outer else match["name"]
        if all(each[2] is DefinitionKind.CLASS for each in around):
            yield Definition(name, kind, Span(*match.span("name")))
        around.append((indent, name, kind))
