"""Where a Python module names a function of another one."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.spec.names import dotted_name
from redfirst.spec.ranges import LineIndex, Span
from redfirst.spec.syntax import SyntaxFault, parse_module

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Uses:
    """`spans` are the places of the function's name, imports first of all.

    `hidden` says that the module binds the name itself, so that it may mean something else there.
    """

    spans: tuple[Span, ...]
    hidden: bool = False


def uses(source: str, module: str, function: str) -> Uses:
    """The uses of `function` (`name` or `Class.method`) of the dotted `module`.

    None in a text that Python cannot read.
    """
    tree = parse_module(source)
    if isinstance(tree, SyntaxFault):
        return Uses(())
    class_name, _, name = function.rpartition(".")
    places = _Places(LineIndex(source))
    if class_name:
        found = (places.last(node, name) for node in ast.walk(tree) if _is_called(node, name))
        return Uses(tuple(sorted(found)))
    spans = sorted(_of_function(tree, places, module, name))
    return Uses(tuple(spans), any(_binds(node, name) for node in ast.walk(tree)))


def _of_function(tree: ast.Module, places: _Places, module: str, name: str) -> Iterator[Span]:
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(names=aliases) if node.module == module and not node.level:
                yield from (places.first(each, name) for each in aliases if each.name == name)
            case ast.Name(id=found, ctx=ast.Load()) if found == name:
                yield places.first(node, name)
            case ast.Attribute(attr=found) if found == name and dotted_name(node.value) == module:
                yield places.last(node, name)
            case _:
                pass


def _is_called(node: ast.AST, name: str) -> bool:
    """A method's name: what it is called on cannot be known without running anything."""
    return isinstance(node, ast.Attribute) and node.attr == name and dotted_name(node) != name


def _binds(node: ast.AST, name: str) -> bool:
    match node:
        case ast.Name(id=found, ctx=ast.Store() | ast.Del()) | ast.arg(arg=found):
            return found == name
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return node.name == name
        case ast.alias():
            return node.asname == name
        case _:
            return False


@dataclass(frozen=True, slots=True)
class _Places:
    """Places of names in the nodes of a tree, in code points."""

    lines: LineIndex

    def first(self, node: ast.alias | ast.expr, name: str) -> Span:
        start = self.lines.offset_in_tree(node.lineno, node.col_offset)
        return Span(start, start + len(name))

    def last(self, node: ast.AST, name: str) -> Span:
        line, column = getattr(node, "end_lineno", 1), getattr(node, "end_col_offset", 0)
        end = self.lines.offset_in_tree(line, column)
        return Span(end - len(name), end)


def mentions(text: str, word: str) -> Iterator[Span]:
    """Where `word`, such as the id of a case, stands in a text on its own."""
    for match in re.finditer(rf"(?<![\w.\-]){re.escape(word)}(?![\w\-])", text):
        yield Span(*match.span())
