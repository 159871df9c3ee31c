"""JSON to the protocol's values and back, for messages of the protocol and of others."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from lsprotocol.converters import get_converter
from pygls.protocol import JsonRPCNotification, JsonRPCRequestMessage, JsonRPCResponseMessage

if TYPE_CHECKING:
    from cattrs import Converter


def make_converter() -> Converter:
    """As pygls', which makes a new class for each object in a message that the protocol does not
    know: the collector needs tens of milliseconds to be rid of some thousand of them.
    """
    converter = get_converter()
    for kind in (JsonRPCRequestMessage, JsonRPCNotification, JsonRPCResponseMessage):
        converter.register_structure_hook(kind, _structure)
    return converter


def _structure(told: dict[str, Any], kind: type[Any]) -> Any:  # noqa: ANN401  # whatever was asked for
    for name in ("params", "result"):
        if name in told:
            told[name] = _value(told[name])
    return kind(**told)


def _value(told: object) -> object:
    """Objects with attributes, however deep they are."""
    if isinstance(told, dict):
        values = cast("dict[str, object]", told).items()
        return SimpleNamespace(**{name: _value(value) for name, value in values})
    if isinstance(told, list):
        return [_value(each) for each in cast("list[object]", told)]
    return told
