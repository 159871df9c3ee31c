"""Answers a call as the spec's examples say, or wrongly for one case on purpose.

Runs in the project's interpreter: standard library only, Python 3.10 and newer. The texts of the
examples are the spec's own and are evaluated in the stub module's namespace.
"""

from __future__ import annotations

import inspect
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .likeness import different, is_behaviour, same, spoil
from .otherwise import otherwise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


# `Any`, so that the type checker does not take their items for something it knows.
_DEQUE: Any = deque
_REFILLED: Any = (dict, set, deque)
_LONGEST = 60  # characters of a wrong value that a person is shown


class CannotBecome(Exception):  # noqa: N818 - says what happened
    """An argument cannot be changed in place into what the example says."""


class Captured(BaseException):
    """Carries the arguments out of an example's call, past every `except Exception`."""

    def __init__(self, arguments: dict[str, Any]) -> None:
        super().__init__()
        self.arguments = arguments


@dataclass(frozen=True)
class Answer:
    """A value, or an error as its class and message; of a lie also what is wrong with it."""

    value: Any = None
    error: tuple[type[BaseException], str] | None = None
    wrong: str = ""


class KnownCall:
    """One example, with the arguments that its call hands to the function."""

    def __init__(self, row: dict[str, Any], namespace: dict[str, Any]) -> None:
        self._row = row
        self._namespace = namespace
        self.case: str = row["case"]
        self.turn: int = row["turn"]
        self.form: str = row["form"]
        names = self._names()
        self.arguments = _captured(row["call"], names)
        self._parameters = {
            name: parameter
            for name, _ in row["given"]
            for parameter, value in self.arguments.items()
            if value is names[name]
        }

    def fits(self, arguments: dict[str, Any]) -> bool:
        """Whether a call with `arguments` is the call of this example."""
        return same(self.arguments, arguments)

    def agrees(self, other: KnownCall) -> bool:
        """Whether both examples give the same answer, as far as their texts tell.

        An example that is silent on an effect does not deny it.
        """
        here, there = dict(self._row["after"]), dict(other._row["after"])
        return all(self._row[part] == other._row[part] for part in ("returns", "raises")) and all(
            here[name] == there[name] for name in here.keys() & there.keys()
        )

    @property
    def effects(self) -> int:
        """Of how many names the example says what they are after the call."""
        return len(self._row["after"])

    def answer(self, arguments: dict[str, Any]) -> Answer:
        """Take effect on `arguments`, then say what the example says."""
        names = self._names()
        for name, source in self._row["after"]:
            if name not in self._parameters:
                raise CannotBecome(name)
            become(arguments[self._parameters[name]], eval(source, names))  # noqa: S307
        if self._row["raises"] is not None:
            kind, message = self._row["raises"]
            return Answer(error=(eval(kind, names), message))  # noqa: S307
        return Answer(None if self._row["returns"] is None else eval(self._row["returns"], names))  # noqa: S307

    def lie(self, arguments: dict[str, Any]) -> Answer:
        """Answer wrongly: another value, no error, no effect (or a wrong one where none is due)."""
        names = self._names()
        if not self._row["after"]:
            return self._wrong_value(names, different)
        if not self._is_due(names):
            return self._wrong_effect(arguments)
        return Answer(wrong=f"`{self._row['call']}` had no effect")

    def lie_otherwise(self, arguments: dict[str, Any]) -> Answer:
        """Answer wrongly in another way: a value on the other side, a wrong effect."""
        if self._row["after"]:
            return self._wrong_effect(arguments)
        return self._wrong_value(self._names(), otherwise)

    def _wrong_value(self, names: dict[str, Any], change: Callable[[Any], Any]) -> Answer:
        call, right = self._row["call"], self._row["returns"]
        if self._row["raises"] is not None or right is None:
            return Answer(wrong=f"`{call}` returned None")
        value = change(eval(right, names))  # noqa: S307
        return Answer(value, wrong=f"`{call}` returned `{_shown(value)}` in place of `{right}`")

    def _wrong_effect(self, arguments: dict[str, Any]) -> Answer:
        for argument in arguments.values():
            spoil(argument)
        return Answer(wrong=f"`{self._row['call']}` had a wrong effect")

    def _is_due(self, names: dict[str, Any]) -> bool:
        """Whether the example says that the call changes something."""
        effects = self._row["after"]
        return not all(same(eval(source, names), names[name]) for name, source in effects)  # noqa: S307

    def _names(self) -> dict[str, Any]:
        names = dict(self._namespace)
        for name, source in self._row["given"]:
            names[name] = eval(source, names)  # noqa: S307
        return names


class Witness:
    """All examples of a spec."""

    def __init__(self, namespace: dict[str, Any], table: list[dict[str, Any]]) -> None:
        self._calls = list(_known(table, namespace))

    def find(self, arguments: dict[str, Any], preferred: str | None) -> KnownCall | None:
        """The example that this call is, `None` when none is or when examples disagree on it.

        An example of the case `preferred` goes before the others.
        """
        fitting = [call for call in self._calls if call.fits(arguments)]
        own = [call for call in fitting if call.case == preferred]
        if own:
            return own[0]
        told = max(fitting, key=lambda call: call.effects, default=None)
        return told if told and all(told.agrees(call) for call in fitting) else None


def _known(table: list[dict[str, Any]], namespace: dict[str, Any]) -> Iterator[KnownCall]:
    for row in table:
        with suppress(Exception):  # an example that cannot be evaluated is no witness
            yield KnownCall(row, namespace)


def _shown(value: Any) -> str:
    text = " ".join(repr(value).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}\u2026"


def _captured(call: str, names: dict[str, Any]) -> dict[str, Any]:
    try:
        called = eval(call, names)  # noqa: S307 - the spec's own text
        if inspect.iscoroutine(called):
            called.send(None)
    except Captured as captured:
        return captured.arguments
    raise LookupError(call)


def become(target: Any, wanted: Any) -> None:
    """Change `target` in place so that it equals `wanted`; `CannotBecome` when it cannot be."""
    if type(target) is not type(wanted) or is_behaviour(target):
        raise CannotBecome(repr(target))
    if isinstance(target, (list, bytearray)):
        target[:] = wanted
    elif isinstance(target, _REFILLED):
        target.clear()
        (target.extend if isinstance(target, _DEQUE) else target.update)(wanted)
    elif hasattr(target, "__dict__"):
        target.__dict__.clear()
        target.__dict__.update(wanted.__dict__)
    elif target != wanted:
        raise CannotBecome(repr(target))
