"""The `match` of a `pytest.raises`, as far as it can be worked out without running anything."""

from __future__ import annotations

import ast
import re
import warnings
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from redfirst.generation.gate.module_tree import Module

# Searching for a repeated group that repeats or chooses inside can take for ever, and each further
# repetition multiplies the work by the length of the message. An editor does not wait for that.
_MAY_EXPLODE: Final = re.compile(r"[+*?}|][^()]*\)+[+*{]")
_REPETITION: Final = re.compile(r"(?<!\\)[*+{]")
_MOST_STEPS: Final = 1_000_000
_UNLIKE_ANY_MESSAGE: Final = ("", "\N{CURRENCY SIGN}")


class Match(StrEnum):
    """What a pattern does with the declared message."""

    HITS = "hits"
    MISSES = "misses"
    HITS_ANYTHING = "hits anything"
    INVALID = "invalid"
    UNKNOWN = "unknown"


def text_of(node: ast.AST | None, module: Module) -> str | None:
    """The text that an expression stands for; `None` when it is not plain to see."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            return _joined([left, right], module)
        case ast.JoinedStr(values=values):
            return _joined(values, module)
        case ast.FormattedValue(value=value, conversion=-1, format_spec=None):
            return text_of(value, module)
        case ast.Call(args=[argument, *_]):
            return _called(node, argument, module)
        case _:
            return _constant(node.id, module) if isinstance(node, ast.Name) else None


def hits(pattern: str, messages: Iterable[str]) -> Match:
    """What searching for `pattern`, as pytest does, makes of the `messages`, any of them."""
    messages = tuple(messages)
    if _may_take_long(pattern, max(map(len, messages), default=0)):
        return Match.UNKNOWN
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compiled = re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return Match.INVALID
    if not any(compiled.search(message) for message in messages):
        return Match.MISSES
    is_loose = any(compiled.search(text) for text in _UNLIKE_ANY_MESSAGE)
    return Match.HITS_ANYTHING if is_loose else Match.HITS


def _may_take_long(pattern: str, length: int) -> bool:
    repetitions = min(len(_REPETITION.findall(pattern)), 50)
    return _MAY_EXPLODE.search(pattern) is not None or length**repetitions > _MOST_STEPS


def _joined(nodes: Sequence[ast.expr], module: Module) -> str | None:
    texts = [text_of(node, module) for node in nodes]
    known = [text for text in texts if text is not None]
    return "".join(known) if len(known) == len(texts) else None


def _called(call: ast.Call, argument: ast.expr, module: Module) -> str | None:
    path = module.names.path(call.func)
    text = text_of(argument, module)
    if path == "re.escape" and text is not None:
        return re.escape(text)
    is_plain = path in {"re.compile", "str"} and len(call.args) == 1 and not call.keywords
    return text if is_plain else None


def _constant(name: str, module: Module) -> str | None:
    """The text that the module binds to `name`, once and nowhere else."""
    value = module.bound_once.get(name)
    return None if value is None or _mentions(value, name) else text_of(value, module)


def _mentions(value: ast.expr, name: str) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(value))
