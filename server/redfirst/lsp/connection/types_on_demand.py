"""The protocol's types, each built when it is first used.

lsprotocol has 554 attrs classes, and building them all takes longer than everything else before the
first answer; a session uses some dozens. So its decorator is deferred: a class gets its fields and
its methods when somebody makes an instance of it or asks for its fields.

This leans on how one version of lsprotocol is written. With any other one nothing is deferred, and
the only loss is time.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, Final, get_type_hints

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable

KNOWN_VERSION: Final = "2025.0.0"
_TYPES: Final = "lsprotocol.types"
_HOOKS: Final = "lsprotocol._hooks"

_building: Final = RLock()  # the event loop and the worker may need the same class at once


def load_types() -> bool:
    """Import lsprotocol's types; whether they are built on demand."""
    if _TYPES in sys.modules or not _is_known():
        return False
    define = attrs.define
    attrs.define = _deferring(define)
    try:
        import_module(_TYPES)
    finally:
        attrs.define = define
    # It would ask each class for its fields, to put types for names; `_with_types` does that.
    hooks: Any = import_module(_HOOKS)
    hooks._resolved_forward_references = True  # noqa: SLF001
    return True


def is_built(cls: type) -> bool:
    """Whether a class of the protocol is complete already."""
    return not isinstance(cls.__dict__.get("__attrs_attrs__"), _Fields)


class _Fields:
    """Stands in for a class's fields until they are asked for."""

    def __init__(self, define: Callable[..., Any]) -> None:
        self.define = define

    def __get__(self, instance: object, owner: type) -> tuple[attrs.Attribute[Any], ...]:
        _build(owner)
        return attrs.fields(owner)


def _deferring(define: Callable[..., Any]) -> Callable[..., Any]:
    def deferred(cls: type) -> type:
        if cls.__module__ != _TYPES:
            return define(cls)
        cls.__attrs_attrs__ = _Fields(define)  # pyright: ignore[reportAttributeAccessIssue]
        cls.__init__ = _build_and_init
        return cls

    return deferred


def _build_and_init(instance: object, *args: object, **kwargs: object) -> None:
    cls = type(instance)
    _build(cls)
    cls.__init__(instance, *args, **kwargs)


def _build(cls: type) -> None:
    """Complete `cls` where it stands: whoever sees its fields sees them with their types."""
    with _building:
        for each in reversed(cls.__mro__):
            fields = each.__dict__.get("__attrs_attrs__")
            if isinstance(fields, _Fields):
                own = each.__dict__
                fields.define(
                    each,
                    slots=False,  # a class with slots would be another class
                    auto_detect=False,  # or the `__init__` above would count as the class's own
                    eq="__eq__" not in own,
                    repr="__repr__" not in own,
                    field_transformer=_with_types,
                )


def _with_types(cls: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    hints = get_type_hints(cls)
    return [field.evolve(type=hints[field.name]) for field in fields]


def _is_known() -> bool:
    package = find_spec("lsprotocol")
    if package is None or package.origin is None:
        return False
    installed = Path(package.origin).parents[1]
    return (installed / f"lsprotocol-{KNOWN_VERSION}.dist-info").is_dir()
