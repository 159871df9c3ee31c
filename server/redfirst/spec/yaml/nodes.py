"""YAML as nodes with exact places: what stands in the text, not what some loader makes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.ranges import Span

Plain: TypeAlias = "str | int | float | bool | None"

_NOT_A_STRING_STARTS: Final = frozenset("-+.0123456789~nNtTfF")
_CONSTANTS: Final[dict[str, Plain]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_INTEGER: Final = re.compile(r"[-+]?[0-9]+")
_BASED_INTEGER: Final = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_LONGEST_NUMBER: Final = 400


class Style(StrEnum):
    """How a scalar is written."""

    PLAIN = "plain"
    SINGLE = "'"
    DOUBLE = '"'
    LITERAL = "|"
    FOLDED = ">"


@dataclass(frozen=True, slots=True)
class Scalar:
    """One text. `span` covers it with its quotes.

    `repaired` says that YAML could not read it, and `text` is what the line seems to mean.
    """

    span: Span
    text: str
    style: Style = Style.PLAIN
    repaired: bool = False

    @property
    def value(self) -> Plain:
        """The value by the core schema of YAML 1.2; only a plain scalar is ever not a string."""
        if self.style is not Style.PLAIN or self.repaired:
            return self.text
        return core_value(self.text)


@dataclass(frozen=True, slots=True)
class Alias:
    """`*name`: kept where it stands, never followed."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes; `flow` when written in brackets."""

    span: Span
    items: tuple[Node, ...]
    flow: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A key with its value."""

    key: Node
    value: Node


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values in the order of the text, duplicates kept; `flow` when in braces."""

    span: Span
    pairs: tuple[Pair, ...]
    flow: bool

    def named(self) -> Iterator[tuple[Scalar, Node]]:
        """The pairs whose key is a scalar; of equal keys only the first."""
        seen: set[str] = set()
        for pair in self.pairs:
            if isinstance(pair.key, Scalar) and pair.key.text not in seen:
                seen.add(pair.key.text)
                yield pair.key, pair.value

    def get(self, name: str) -> Node | None:
        """The value of the first key `name`."""
        pair = self._first(name)
        return None if pair is None else pair.value

    def key(self, name: str) -> Scalar | None:
        """The first key `name` itself."""
        pair = self._first(name)
        return pair.key if pair is not None and isinstance(pair.key, Scalar) else None

    def _first(self, name: str) -> Pair | None:
        for pair in self.pairs:
            if isinstance(pair.key, Scalar) and pair.key.text == name:
                return pair
        return None


Node: TypeAlias = "Scalar | Alias | Sequence | Mapping"


def walk(root: Node) -> Iterator[Node]:
    """Every node below `root` and itself, in the order of the text."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, Sequence):
            waiting.extend(reversed(node.items))
        elif isinstance(node, Mapping):
            for pair in reversed(node.pairs):
                waiting += (pair.value, pair.key)


def is_empty(node: Node | None) -> bool:
    """Nothing is written there: `key:` or `-` with nothing behind it."""
    return isinstance(node, Scalar) and node.style is Style.PLAIN and not node.text


def core_value(text: str) -> Plain:
    """A plain scalar's value by the core schema of YAML 1.2."""
    if text and (text[0] not in _NOT_A_STRING_STARTS or len(text) > _LONGEST_NUMBER):
        return text
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _BASED_INTEGER.fullmatch(text):
        return int(text, 0)
    return float(text) if _FLOAT.fullmatch(text) else text
