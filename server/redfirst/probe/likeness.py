"""When two values are the same to a witness, and how to make a value that is not.

Runs in the project's interpreter: standard library only, Python 3.10 and newer.
"""

from __future__ import annotations

import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import inspect
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_ARGUMENTS = 4
# `Any`, so that the type checker does not take their items for something it knows.
_SEQUENCES: Any = (list, tuple, collections.deque)
_MAPPING: Any = dict
_SET: Any = set
_CONTAINERS: Any = (list, dict, set, collections.deque, bytearray)


class Opaque:
    """Equals nothing but itself."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return f"<{self._name}: a value of redfirst's that equals nothing>"


class Nothing(Opaque):
    """As opaque, and false."""

    def __bool__(self) -> bool:
        return False


def same(left: Any, right: Any) -> bool:
    """Equal in type and value, all the way down; functions when they certainly do the same."""
    if is_behaviour(left) and is_behaviour(right):
        return same_behaviour(left, right)
    if type(left) is not type(right):
        return False
    if isinstance(left, _SEQUENCES):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, _MAPPING):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if dataclasses.is_dataclass(left):
        return all(
            same(getattr(left, one.name, None), getattr(right, one.name, None))
            for one in dataclasses.fields(left)
        )
    return _equal(left, right)


def _equal(left: Any, right: Any) -> bool:
    try:
        if left == right:
            return True
    except Exception:  # noqa: BLE001 - `==` is the project's
        return False
    if isinstance(left, float):
        return left != left and right != right  # noqa: PLR0124 - both are NaN
    if type(left).__eq__ is object.__eq__ and hasattr(left, "__dict__"):
        return same(vars(left), vars(right))
    return False


def same_behaviour(left: Any, right: Any) -> bool:
    """One object, or functions of the same code that read the same values.

    An example answers for its own function; what another would make of it is not known.
    """
    if not (inspect.isfunction(left) and inspect.isfunction(right)):
        return left is right or _equal(left, right)
    return left is right or (
        _same_code(left.__code__, right.__code__)
        and same(left.__defaults__, right.__defaults__)
        and same(left.__kwdefaults__, right.__kwdefaults__)
        and same(_variables(left), _variables(right))
    )


_OF_CODE = ("co_code", "co_names", "co_freevars", "co_argcount", "co_kwonlyargcount")
_FLAGS = inspect.CO_VARARGS | inspect.CO_VARKEYWORDS  # others tell of the module's imports


def _same_code(left: Any, right: Any) -> bool:
    return (
        all(getattr(left, part) == getattr(right, part) for part in _OF_CODE)
        and left.co_flags & _FLAGS == right.co_flags & _FLAGS
        and len(left.co_consts) == len(right.co_consts)
        and all(map(_same_constant, left.co_consts, right.co_consts))
    )


def _same_constant(left: Any, right: Any) -> bool:
    if inspect.iscode(left) and inspect.iscode(right):
        return _same_code(left, right)
    return type(left) is type(right) and bool(left == right)


def _variables(function: Any) -> dict[str, Any]:
    """The values from outside that a function reads, by name."""
    outside = inspect.getclosurevars(function)
    return {**outside.nonlocals, **outside.globals}


def is_behaviour(value: Any) -> bool:
    """A function, not a class: two of them cannot be compared."""
    return callable(value) and not isinstance(value, type) and not dataclasses.is_dataclass(value)


def different(value: Any) -> Any:
    """A value of the same type that is not the same, or one that equals nothing."""
    for kind, change in _CHANGES:
        if isinstance(value, kind):
            return change(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _different_record(value)
    return Opaque("wrong")


def _different_record(value: Any) -> Any:
    """Every field changes: a test may look at any one of them, and need not look at all."""
    names = [one.name for one in dataclasses.fields(value) if one.init]
    changes = {name: different(getattr(value, name)) for name in names}
    return dataclasses.replace(value, **changes) if changes else Opaque("wrong")


def _other_member(value: enum.Enum) -> Any:
    return next((member for member in type(value) if member is not value), Opaque("wrong"))


def _other_mapping(value: dict[Any, Any]) -> dict[Any, Any]:
    if not value:
        return {Opaque("key"): Opaque("wrong")}
    return {key: different(item) for key, item in value.items()}


def _other_sequence(value: Any) -> Any:
    return type(value)([different(item) for item in value] or [Opaque("wrong")])


def _more(value: Any) -> Any:
    """So much more that rounding does not undo it."""
    return value + abs(value) + 1 if math.isfinite(value) else type(value)(0)


def _later(value: datetime.date) -> datetime.date:
    try:
        return value + datetime.timedelta(366)
    except OverflowError:
        return value - datetime.timedelta(366)


_CHANGES: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (bool, lambda value: not value),
    (enum.Enum, _other_member),
    (int, lambda value: value + 1),
    ((float, decimal.Decimal), _more),
    (complex, lambda value: value + abs(value) + 1),
    (fractions.Fraction, lambda value: value + 1),
    (str, lambda value: value + "A"),
    ((bytes, bytearray), lambda value: value + b"A"),
    (datetime.date, _later),
    (datetime.timedelta, lambda value: value + datetime.timedelta(1)),
    (dict, _other_mapping),
    ((list, set, frozenset, collections.deque), _other_sequence),
    (tuple, lambda value: tuple(map(different, value)) or (Opaque("wrong"),)),
)


def spoil(value: Any) -> None:
    """Change `value` in place where it can be changed; call it where it can be called."""
    if isinstance(value, _CONTAINERS):
        _spoil_container(value)
    elif is_behaviour(value):
        _call_somehow(value)
    elif hasattr(value, "__dict__") and not isinstance(value, type):
        attributes: dict[str, Any] = value.__dict__
        attributes.update({name: different(item) for name, item in attributes.items()})


def _spoil_container(value: Any) -> None:
    if value:
        value.clear()
    elif isinstance(value, dict):
        value["spoilt"] = Opaque("spoilt")
    elif isinstance(value, _SET):
        value.add(Opaque("spoilt"))
    elif isinstance(value, bytearray):
        value.extend(b"A")
    else:
        value.append(Opaque("spoilt"))


def _call_somehow(function: Any) -> None:
    for count in range(_MOST_ARGUMENTS + 1):
        try:
            function(*(Opaque("argument") for _ in range(count)))
        except TypeError:
            continue
        except Exception:  # noqa: BLE001, S110 - it was called: that is all that is wanted
            pass
        return
