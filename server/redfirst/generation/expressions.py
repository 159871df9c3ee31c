"""Python expressions as trees that remember how their author spelled the literals."""

from __future__ import annotations

import ast
import copy
import io
import re
import tokenize
from typing import Final

from redfirst.generation.syntax import syntax_tree

_SINGLE_QUOTED: Final = re.compile(r"([A-Za-z]{0,2})'((?:[^'\"\\\n]|\\[^\n\"])*)'")


class Literal(ast.Constant):
    """A constant with its spelling in the source: `1_000_00` stays that."""

    spelling: str = ""


def parse_expression(source: str) -> ast.expr | None:
    """The tree of one expression, or `None` where there is none; it may span lines."""
    wrapped = f"({source.strip()}\n)"
    tree = syntax_tree(wrapped) if source.strip() else None
    match tree.body if tree else []:
        case [ast.Expr(value=expression)]:
            return _Speller(wrapped).visit(expression)
        case _:
            return None


def flat(node: ast.expr) -> str:
    """`node` on one line, spaced as formatters do, literals as their author wrote them."""
    meaning = ast.unparse(_Plain().visit(copy.deepcopy(node)))
    text = ast.unparse(_Verbatim().visit(copy.deepcopy(node)))
    return text if _same(text, meaning) else meaning


def quoted(text: str) -> str:
    """`text` as a string literal, in double quotes unless that needs an escape."""
    return _in_double_quotes(repr(text))


def named(name: str) -> ast.Name:
    """A use of `name`."""
    return ast.Name(id=name, ctx=ast.Load())


def called(function: str, *arguments: ast.expr, **keywords: ast.expr) -> ast.Call:
    """A call of a dotted name."""
    first, *rest = function.split(".")
    callee: ast.expr = named(first)
    for attribute in rest:
        callee = ast.Attribute(value=callee, attr=attribute, ctx=ast.Load())
    pairs = [ast.keyword(arg=name, value=value) for name, value in keywords.items()]
    return ast.Call(func=callee, args=list(arguments), keywords=pairs)


def names_in(node: ast.AST) -> frozenset[str]:
    """Every name that stands in `node`."""
    return frozenset(part.id for part in ast.walk(node) if isinstance(part, ast.Name))


class _Speller(ast.NodeTransformer):
    """Constants become literals; strings take the quotes that formatters prefer."""

    def __init__(self, source: str) -> None:
        self._source = source

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.JoinedStr:
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        segment = ast.get_source_segment(self._source, node) or ""
        if not segment or _is_joined(segment):
            return node
        literal = Literal(value=node.value)
        literal.spelling = _in_double_quotes(segment)
        return literal


class _Verbatim(ast.NodeTransformer):
    """`ast.unparse` writes a name as it stands: so literals are passed off as names."""

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.JoinedStr:
        return node

    def visit_Literal(self, node: Literal) -> ast.expr:
        return named(node.spelling)

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        return named(quoted(node.value)) if isinstance(node.value, str) else node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        simple = isinstance(node.op, ast.Pow) and _is_simple(node.left) and _is_simple(node.right)
        self.generic_visit(node)
        if simple:  # Formatters hug the operator then: `10**18`.
            return named(f"{ast.unparse(node.left)}**{ast.unparse(node.right)}")
        return node


class _Plain(ast.NodeTransformer):
    """Literals become constants again."""

    def visit_Literal(self, node: Literal) -> ast.Constant:
        return ast.Constant(value=node.value)


def _is_simple(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        return _is_simple(node.operand)
    return isinstance(node, ast.Name) or (
        isinstance(node, ast.Constant) and isinstance(node.value, (int, float))
    )


def _is_joined(segment: str) -> bool:
    """Strings side by side are one constant; so are strings over several lines."""
    tokens = tokenize.generate_tokens(io.StringIO(segment).readline)
    return "\n" in segment or sum(token.type == tokenize.STRING for token in tokens) > 1


def _in_double_quotes(literal: str) -> str:
    literal = re.sub("^[uU](?=['\"])", "", literal)  # This prefix means nothing any more.
    match = _SINGLE_QUOTED.fullmatch(literal)
    if match is None or literal.startswith(("'''", match[1] + "'''")):
        return literal
    prefix, content = match.groups()
    if "r" not in prefix.lower():
        content = content.replace("\\'", "'")
    return f'{prefix}"{content}"'


def _same(text: str, meaning: str) -> bool:
    read, wanted = syntax_tree(text), syntax_tree(meaning)
    return read is not None and wanted is not None and ast.dump(read) == ast.dump(wanted)
