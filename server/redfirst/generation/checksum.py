"""A checksum of Python source that a formatter does not change and an edit does.

It is taken over the syntax tree and the comments, not over the text: `ruff format` and `black`
change quotes, line breaks, trailing commas, brackets and joined strings, and a token stream
would show all but the first two of these. `ast.dump` is not used because its output differs
between versions of Python, and two people with different versions must see the same drift.
"""

from __future__ import annotations

import ast
import hashlib
import inspect
import io
import tokenize
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from redfirst.generation.syntax import BOM, syntax_tree
from redfirst.spec.python_source import UNREADABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

_LENGTH: Final = 16
_SPELLING_ONLY: Final = frozenset({"ctx", "kind", "type_comment", "type_ignores"})


@lru_cache(maxsize=8)  # an editor asks for one thing after the other of the same module
def checksum(source: str) -> str:
    """16 hexadecimal digits. Text that Python cannot parse is taken line by line."""
    text = source.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")
    meaning = _meaning(text)
    if meaning is None:
        meaning = "\n".join(line.rstrip() for line in text.strip().split("\n"))
    return hashlib.sha256(meaning.encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def _meaning(text: str) -> str | None:
    tree = syntax_tree(text)
    if tree is None:
        return None
    try:
        return "\n".join((*_node(tree), *_comments(text)))
    except (*UNREADABLE, tokenize.TokenError):
        return None


def _comments(text: str) -> Iterator[str]:
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield "# " + token.string[1:].strip()


def _node(node: ast.AST) -> Iterator[str]:
    """`node` as lines; what is absent is left out, so that a new Python's new fields are too."""
    yield f"({type(node).__name__}"
    for name, value in _fields(node):
        yield f".{name}"
        yield from _value(value)
    yield ")"


def _fields(node: ast.AST) -> Iterator[tuple[str, object]]:
    if isinstance(node, ast.Constant):
        yield "value", _constant(node.value)
        return
    docstring = _docstring(node)
    for name, value in ast.iter_fields(node):
        if value is None or value == [] or name in _SPELLING_ONLY:
            continue
        if name == "body" and docstring is not None:
            yield "docstring", repr(docstring)
            yield name, value[1:]
        else:
            yield name, value


def _value(value: object) -> Iterator[str]:
    if isinstance(value, ast.AST):
        yield from _node(value)
    elif isinstance(value, list):
        yield "["
        for item in value:  # pyright: ignore[reportUnknownVariableType]
            yield from _value(item)  # pyright: ignore[reportUnknownArgumentType]
        yield "]"
    else:
        yield str(value)


def _constant(value: object) -> str:
    # Decimal digits of a huge integer are refused by Python; hexadecimal ones are not.
    return f"{value:#x}" if type(value) is int else repr(value)


def _docstring(node: ast.AST) -> str | None:
    """The docstring without the indentation that a formatter adjusts."""
    if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
        written = ast.get_docstring(node, clean=False)
        if written is not None:
            return "\n".join(
                line.rstrip() for line in inspect.cleandoc(written).strip().split("\n")
            )
    return None
