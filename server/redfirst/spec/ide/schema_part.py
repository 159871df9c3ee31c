"""What the JSON Schema says of a place in a spec."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from redfirst.spec.schema import schema

if TYPE_CHECKING:
    from collections.abc import Iterable

ITEM: Final = "[]"

Part = dict[str, Any]


def part_at(path: Iterable[str]) -> Part | None:
    """The part for the value at `path`, keys and `ITEM`s from the top; `None` if none is."""
    part = schema()
    for step in path:
        below = part.get("items") if step == ITEM else _value_of(part, step)
        if not isinstance(below, dict):
            return None
        part = _resolved(cast("Part", below))
    return part


def keys_of(part: Part) -> dict[str, Part]:
    """The keys that may stand at a mapping of this part, each with the part of its value."""
    return {name: _resolved(value) for name, value in part.get("properties", {}).items()}


def item_of(part: Part) -> Part:
    """The part of the items of a list; an empty one when they may be anything."""
    return _resolved(part.get("items", {}))


def _value_of(part: Part, key: str) -> object:
    return part.get("properties", {}).get(key, part.get("additionalProperties"))


def _resolved(part: Part) -> Part:
    reference = part.get("$ref")
    return part if reference is None else schema()["$defs"][reference.removeprefix("#/$defs/")]
