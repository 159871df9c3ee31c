"""What a stub module can call: `__redfirst__` in its text is an object of this file.

Runs in the project's interpreter: standard library only, Python 3.10 and newer.
"""

from __future__ import annotations

import functools
import inspect
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .likeness import Nothing, Opaque, spoil
from .witness import CannotBecome, Captured, Witness

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Generator, Mapping

    from .recorder import Recorder
    from .witness import Answer


class Unwritten(Exception):  # noqa: N818 - reads as the state of the function
    """The function under test has no behaviour. Private: no honest test expects it."""

    def __init__(self) -> None:
        super().__init__("\u2205 the function under test is not written \u2205")


class Permissive:
    """A class that nothing is known of: takes any arguments, equal when they are."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self.__dict__.update(named)
        self.__dict__["_arguments"] = arguments

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(type(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.__dict__})"


class Runtime:
    """The face that a stub module sees. One per run; `recorder` is what the plugin reads."""

    Unwritten = Unwritten
    Permissive = Permissive

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._behaviours: dict[str, Callable[[dict[str, Any]], Any]] = {}
        self._capturing = False
        self._witness: Witness | None = None
        self._opaque: dict[str, Opaque] = {}

    def behaviour(self, stub: str) -> Callable[[Callable[[dict[str, Any]], Any]], None]:
        """Register what the function does when `stub` is the one that a run chose."""
        return functools.partial(self._behaviours.__setitem__, stub)

    def stand_in(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function under test: `function` for its signature only, the chosen stub otherwise.

        Every call is counted, and checked against the signature first. A coroutine function is
        reached when its coroutine is awaited: one that nobody awaits has done nothing.
        """
        signature = inspect.signature(function)

        @functools.wraps(function)
        def watched(*arguments: Any, **named: Any) -> Any:
            return self._perform(self._bound(signature, arguments, named))

        @functools.wraps(function)
        async def watched_when_awaited(*arguments: Any, **named: Any) -> Any:
            return self._perform(self._bound(signature, arguments, named))

        return watched_when_awaited if inspect.iscoroutinefunction(function) else watched

    def _bound(
        self, signature: inspect.Signature, arguments: tuple[Any, ...], named: dict[str, Any]
    ) -> dict[str, Any]:
        try:
            bound = signature.bind(*arguments, **named)
        except TypeError as error:
            self._recorder.misfit = str(error)
            raise
        bound.apply_defaults()
        if self._capturing:
            raise Captured(bound.arguments)
        self._recorder.calls += 1
        return bound.arguments

    def _perform(self, arguments: dict[str, Any]) -> Any:
        if not self._recorder.stub:  # still being collected: no run has begun
            raise Unwritten
        return self._behaviours[self._recorder.stub](arguments)

    @contextmanager
    def tolerant(self, namespace: dict[str, Any], statement: str) -> Generator[None, None, None]:
        """An import of the spec's that may fail: its names then stand for permissive classes."""
        try:
            yield
        except ImportError:
            for name in _bound_names(statement):
                namespace[name] = type(name, (Permissive,), {})

    def permissive_module(self, namespace: dict[str, Any]) -> Callable[[str], Any]:
        """A module's `__getattr__` that makes a class of any public name it is asked for."""

        def lookup(name: str) -> Any:
            if name.startswith("_"):
                module = namespace["__name__"]
                raise AttributeError(f"module {module!r} has no attribute {name!r}")
            base = Exception if name.endswith(("Error", "Exception")) else Permissive
            return namespace.setdefault(name, type(name, (base,), {}))

        return lookup

    def alias(self, target: Callable[[], Any]) -> Any:
        """What an alias stands for, or a permissive class when it cannot be evaluated."""
        try:
            return target()
        except Exception:  # noqa: BLE001 - any text may stand in a spec
            return Permissive

    def opaque(self, name: str) -> Opaque:
        """The object of that name, always the same one; it equals nothing but itself."""
        return self._opaque.setdefault(name, Opaque(name))

    def nothing(self) -> Opaque:
        """As `opaque`, and false."""
        return self._opaque.setdefault("nothing", Nothing("nothing"))

    def first_argument(self, arguments: Mapping[str, Any]) -> Any:
        """The first argument of the call, `self` and `cls` left out."""
        values = [value for name, value in arguments.items() if name not in ("self", "cls")]
        return values[0] if values else None

    def scramble(self, arguments: Mapping[str, Any]) -> None:
        """Change whatever can be changed of the arguments; call what can be called."""
        for value in arguments.values():
            spoil(value)

    def error(self, kind: type[BaseException], message: str) -> BaseException:
        """An error of exactly that type and message, however its constructor is made."""
        try:
            made = kind(message)
        except Exception:  # noqa: BLE001 - the constructor is the project's
            made = kind.__new__(kind)
        made.args = (message,)
        return made

    def sibling(self, kind: type[BaseException], message: str) -> BaseException:
        """An error that shares the nearest ancestor with `kind`, and is no `kind` itself."""
        parent = kind.__mro__[1]
        if parent is Exception:
            return (ValueError if issubclass(TypeError, kind) else TypeError)(message)
        relative: Any = type(f"RelativeOf{kind.__name__}", (parent,), {})
        return self.error(relative, message)

    def failing_stream(self, error: Callable[[], BaseException]) -> FailingStream:
        """An iterator, plain and asynchronous, that raises when it is asked for its first item."""
        return FailingStream(error)

    def failing_call(self, error: Callable[[], BaseException]) -> FailingCall:
        """A callable and a context manager, plain and asynchronous, that raises when it is used."""
        return FailingCall(error)

    async def aiter(self, items: tuple[Any, ...]) -> AsyncIterator[Any]:
        """An asynchronous iterator over `items`."""
        for item in items:
            yield item

    def learn(self, namespace: dict[str, Any], table: list[dict[str, Any]]) -> None:
        """Read the examples; from now on `answer` knows them."""
        self._capturing = True
        try:
            self._witness = Witness(namespace, table)
        finally:
            self._capturing = False

    def answer(
        self, arguments: dict[str, Any], lie_about: str | None = None, turn: int | None = None
    ) -> Any:
        """Do what the examples say that the function does with these arguments.

        About the case `lie_about` the answer is wrong on purpose. With a `turn`, only about its
        examples of that turn, and wrong in another way.
        """
        known = self._witness.find(arguments, lie_about) if self._witness else None
        if known is None:
            self._recorder.unanswered = True
            raise Unwritten
        if known.case == lie_about and turn in (None, known.turn):
            lie = known.lie(arguments) if turn is None else known.lie_otherwise(arguments)
            self._recorder.lies.append(lie.wrong)
            return self._deliver(lie, known.form)
        try:
            answer = known.answer(arguments)
        except CannotBecome:
            self._recorder.unanswered = True
            raise Unwritten from None
        return self._deliver(answer, known.form)

    def _deliver(self, answer: Answer, form: str) -> Any:
        if answer.error is not None:
            raise self.error(*answer.error)
        value: Any = answer.value
        if not isinstance(answer.value, (list, tuple)) or form == "value":
            return value
        return iter(value) if form == "stream" else self.aiter(tuple(value))


class FailingStream:
    """Raises on the first item, however it is iterated."""

    def __init__(self, error: Callable[[], BaseException]) -> None:
        self._error = error

    def __iter__(self) -> FailingStream:
        return self

    def __next__(self) -> Any:
        raise self._error()

    def __aiter__(self) -> FailingStream:
        return self

    async def __anext__(self) -> Any:
        raise self._error()


class FailingCall:
    """Raises when it is called or entered."""

    def __init__(self, error: Callable[[], BaseException]) -> None:
        self._error = error

    def __call__(self, *_: Any, **__: Any) -> Any:
        """Raise."""
        raise self._error()

    def __enter__(self) -> Any:
        raise self._error()

    def __exit__(self, *_: object) -> None:
        """Never reached: entering raises."""

    async def __aenter__(self) -> Any:
        raise self._error()

    async def __aexit__(self, *_: object) -> None:
        """Never reached: entering raises."""


def make_runtime(recorder: Recorder) -> Runtime:
    """The object that stub modules know as `__redfirst__`."""
    return Runtime(recorder)


def _bound_names(statement: str) -> list[str]:
    _, _, names = statement.rpartition("import ")
    return [name.split(" as ")[-1].strip(" ()").split(".")[0] for name in names.split(",")]
