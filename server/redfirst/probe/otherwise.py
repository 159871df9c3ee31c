"""A second wrong value, wrong in another way than the first: less, earlier, begun otherwise, gone.

A test that holds a value from one side only (`>= 50`, `startswith`, a loop over what there is)
notices `different` or this one, not both. Runs in the project's interpreter: standard library only,
Python 3.10 and newer.
"""

from __future__ import annotations

import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import math
from typing import TYPE_CHECKING, Any

from .likeness import different

if TYPE_CHECKING:
    from collections.abc import Callable


def otherwise(value: Any) -> Any:
    """A value of the same type that is wrong in another way; what `different` says if none is."""
    if isinstance(value, bool):
        return not value
    for kind, change in _CHANGES:
        if isinstance(value, kind):
            return change(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _other_record(value)
    return different(value)


def _other_record(value: Any) -> Any:
    names = [one.name for one in dataclasses.fields(value) if one.init]
    changes = {name: otherwise(getattr(value, name)) for name in names}
    return dataclasses.replace(value, **changes) if changes else different(value)


def _last_other_member(value: enum.Enum) -> Any:
    others = [member for member in type(value) if member is not value]
    return others[-1] if others else different(value)


def _emptied(value: Any) -> Any:
    return type(value)() if value else different(value)


def _less(value: Any) -> Any:
    """So much less that rounding does not undo it."""
    return value - abs(value) - 1 if math.isfinite(value) else type(value)(1)


def _earlier(value: datetime.date) -> datetime.date:
    try:
        return value - datetime.timedelta(366)
    except OverflowError:
        return value + datetime.timedelta(732)


_CHANGES: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (enum.Enum, _last_other_member),
    ((int, fractions.Fraction), lambda value: value - 1),
    ((float, decimal.Decimal), _less),
    (complex, lambda value: value - abs(value) - 1),
    (str, lambda value: "A" + value),
    ((bytes, bytearray), lambda value: type(value)(b"A") + value),
    (datetime.date, _earlier),
    (datetime.timedelta, lambda value: value - datetime.timedelta(1)),
    ((list, dict, set, frozenset, collections.deque), _emptied),
    (tuple, lambda value: tuple(map(otherwise, value)) or different(value)),
)
