"""The JSON Schema of a spec, and what does not fit it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final, cast

from redfirst.spec.yaml.nodes import Alias, Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

FILE_NAME: Final = "spec.schema.json"


@dataclass(frozen=True, slots=True)
class Violation:
    """A node breaks the rule `rule` (`type`, `required`, ...) of the schema part named `title`.

    `wanted` are the types that would fit, `known` the keys that may stand there, `missing` those
    that must and do not.
    """

    node: Node
    rule: str
    title: str
    wanted: tuple[str, ...]
    known: tuple[str, ...]
    missing: tuple[str, ...]


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of a spec."""
    return json.loads(_file().read_text(encoding="utf-8"))


def violations(root: Mapping) -> tuple[Violation, ...]:
    """Everything in `root` that the schema does not allow, but for bounds of numbers, which have a
    rule of their own. Never raises.

    A spec is checked at every keystroke, and our schema needs few of JSON Schema's words: read once
    into parts, they take a tenth of the time that a general validator takes.
    """
    found: list[Violation] = []
    _check(root, _whole(), found)
    return tuple(found)


def violations_of_item(name: str, item: Node) -> tuple[Violation, ...]:
    """As `violations`, in one item of the list under the top-level key `name`."""
    part = _whole().properties[name].items
    found: list[Violation] = []
    if part is not None:
        _check(item, part, found)
    return tuple(found)


def _file() -> Traversable:
    package = resources.files("redfirst")
    shipped = package / "shipped" / "schemas" / FILE_NAME
    # In a checkout the schema is not inside the package.
    return shipped if shipped.is_file() else package / ".." / ".." / "schemas" / FILE_NAME


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the schema: what a node at its place must be.

    `others` is the part of keys that `properties` does not know; `None`: they may be anything, or,
    in a `closed` part, must not be there.
    """

    title: str
    wanted: tuple[str, ...]
    min_length: int
    required: tuple[str, ...]
    closed: bool
    properties: dict[str, _Part]
    others: _Part | None
    items: _Part | None


# What `_part` reads; the others are for people, or are bounds.
WORDS: Final = frozenset(
    {
        "$ref",
        "title",
        "type",
        "minLength",
        "required",
        "additionalProperties",
        "properties",
        "items",
    }
)


@cache
def _whole() -> _Part:
    return _part(schema())


def _part(told: dict[str, Any]) -> _Part:
    while "$ref" in told:
        told = schema()["$defs"][told["$ref"].rpartition("/")[2]]
    wanted: Any = told.get("type", ())
    others: Any = told.get("additionalProperties")
    return _Part(
        title=told.get("title", ""),
        wanted=(wanted,) if isinstance(wanted, str) else tuple(wanted),
        min_length=told.get("minLength", 0),
        required=tuple(told.get("required", ())),
        closed=others is False,
        properties={name: _part(below) for name, below in told.get("properties", {}).items()},
        others=_part(cast("dict[str, Any]", others)) if isinstance(others, dict) else None,
        items=_part(told["items"]) if "items" in told else None,
    )


def _check(node: Node, part: _Part, found: list[Violation]) -> None:
    kind = _kind(node)
    if part.wanted and kind not in part.wanted:
        found.append(_violation(node, "type", part))
    if isinstance(node, Mapping):
        _check_mapping(node, part, found)
    elif isinstance(node, Sequence):
        if part.items is not None:
            for item in node.items:
                _check(item, part.items, found)
    elif kind == "string" and len(_text(node)) < part.min_length:
        found.append(_violation(node, "minLength", part))


def _check_mapping(node: Mapping, part: _Part, found: list[Violation]) -> None:
    values = {key.text: value for key, value in node.named()}
    if any(name not in values for name in part.required):
        found.append(_violation(node, "required", part))
    if part.closed and not part.properties.keys() >= values.keys():
        found.append(_violation(node, "additionalProperties", part))
    for name, value in values.items():
        below = part.properties.get(name, part.others)
        if below is not None:
            _check(value, below, found)


def _kind(node: Node) -> str:
    """The type that JSON Schema sees. An alias, refused already, passes for a text."""
    if isinstance(node, Scalar):
        return _KINDS[type(node.value)]
    if isinstance(node, Sequence):
        return "array"
    return "object" if isinstance(node, Mapping) else "string"


_KINDS: Final[dict[type, str]] = {
    str: "string",
    bool: "boolean",
    int: "number",
    float: "number",
    type(None): "null",
}


def _text(node: Scalar | Alias) -> str:
    return str(node.value) if isinstance(node, Scalar) else node.name


def _violation(node: Node, rule: str, part: _Part) -> Violation:
    present = {key.text for key, _ in node.named()} if isinstance(node, Mapping) else set[str]()
    return Violation(
        node,
        rule,
        part.title,
        part.wanted,
        tuple(part.properties),
        tuple(name for name in part.required if name not in present),
    )
