"""Which stubs a spec gives: made before anything runs, from nothing but the spec."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from redfirst.spec.returned import ASYNC_STREAMS, STREAMS, outer_name
from redfirst.verification.stub import Stub, StubKind
from redfirst.verification.witness import ANY_MESSAGE, example_table
from redfirst.verification.wrong_values import OPAQUE, wrong_values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.model import Case, ExpectedError, Spec
    from redfirst.verification.witness import ExampleRow

_USED_LATER: Final = frozenset(
    {
        "Callable",
        "ContextManager",
        "AbstractContextManager",
        "AsyncContextManager",
        "AbstractAsyncContextManager",
    }
)
_ROOTS: Final = frozenset({"Exception", "BaseException"})
_UNWRITTEN: Final = "raise __redfirst__.Unwritten"
_ONE_OPPOSITE: Final = (None, "None", "True", "False")
_OTHER_MESSAGES: Final = ("∅ another message ∅", "∅ qxzj ∅")
_NO_WORDS: Final = "∅ ∅"


def make_stubs(spec: Spec) -> tuple[Stub, ...]:
    """Every stub that the spec's tests may meet, in the order in which a table shows them."""
    return (
        Stub("absent", StubKind.ABSENT, "the module cannot be imported", None),
        _named(StubKind.UNWRITTEN, "the function only raises a private error", _UNWRITTEN),
        *_returning(spec),
        *_raising(spec),
        *_witnesses(spec),
    )


def _named(kind: StubKind, does: str, behaviour: str, case: str | None = None) -> Stub:
    name = kind.value if case is None else f"{kind.value}:{case}"
    return Stub(name, kind, does, behaviour, case)


def returns_nothing(spec: Spec) -> bool:
    """Whether the function returns `None` always, so that only its effects can be judged."""
    return spec.signature.value.returns == "None"


def _returning(spec: Spec) -> Iterator[Stub]:
    sentinel = "return __redfirst__.opaque('sentinel')"
    echo = "return __redfirst__.first_argument(arguments)"
    yield _named(StubKind.SENTINEL, "the function returns an object that equals nothing", sentinel)
    if returns_nothing(spec):
        yield from _effects()
        return
    yield _named(StubKind.NONE, "the function returns None", "return None")
    types = {one.name.value: one for one in spec.types}
    pair = wrong_values(spec.signature.value.returns, types)
    for kind, value in ((StubKind.EMPTY, pair.empty), (StubKind.FILLED, pair.filled)):
        yield _named(kind, f"the function returns {_readable(value)}", f"return {value}")
    if spec.signature.value.parameters:
        yield _named(StubKind.ECHO, "the function returns its first argument", echo)


def _effects() -> Iterator[Stub]:
    scramble = "__redfirst__.scramble(arguments)\nreturn None"
    yield _named(StubKind.EMPTY, "the function does nothing", "return None")
    yield _named(
        StubKind.FILLED, "the function spoils every argument that can be changed", scramble
    )


def _readable(value: str) -> str:
    if value == OPAQUE.empty:
        return "an object that is false and equals nothing"
    if value == OPAQUE.filled:
        return "an object that is true and equals nothing"
    short = re.sub(r"__redfirst__\.(?:opaque\('\w+'\)|nothing\(\))", "<object>", value)
    return re.sub(r"\b_(?=(?:datetime|decimal|fractions|collections|uuid|pathlib)\.)", "", short)


def _raising(spec: Spec) -> Iterator[Stub]:
    for case, error in spec.errors():
        kind, message = error.type_name, error.message or ANY_MESSAGE
        if error.message is not None:
            yield _named(
                StubKind.WRONG_MESSAGE,
                f"the function raises {kind} with another message",
                _raise(f"__redfirst__.error({kind}, {_unlike(message)!r})"),
                case.id,
            )
        if kind not in _ROOTS:
            yield _named(
                StubKind.SIBLING,
                f"the function raises a relative of {kind} with the right message",
                _raise(f"__redfirst__.sibling({kind}, {message!r})"),
                case.id,
            )
        yield from _exact(spec, case, error)


def _unlike(message: str) -> str:
    """A message in which no word of the declared one is found: an honest `match` may be one."""
    words = re.findall(r"\w+", message.lower()) or [message]
    free = (one for one in _OTHER_MESSAGES if not any(word in one for word in words))
    return next(free, _NO_WORDS)


def _exact(spec: Spec, case: Case, error: ExpectedError) -> Iterator[Stub]:
    wanted = f"__redfirst__.error({error.type_name}, {error.message or ANY_MESSAGE!r})"
    does = f"the function raises exactly {described(error)}"
    yield _named(StubKind.EXACT, does, _raise(wanted), case.id)
    if (late := _lazy(spec)) is not None:
        maker, moment = late
        behaviour = f"return __redfirst__.{maker}(lambda: {wanted})"
        yield _named(StubKind.EXACT_LATE, f"{does} once its result is {moment}", behaviour, case.id)


def described(error: ExpectedError) -> str:
    """`ValueError("negative total")`, as it stands in a spec."""
    if error.message is None:
        return error.type_name
    quoted = error.message.replace("\\", "\\\\").replace('"', '\\"')
    return f'{error.type_name}("{quoted}")'


def _raise(expression: str) -> str:
    return f"raise {expression}"


def _lazy(spec: Spec) -> tuple[str, str] | None:
    """For a result that is used later and may fail then: what of the runtime's makes it, and when.

    The spec does not say whether the call raises or the use of what it returns.
    """
    outermost = outer_name(spec.signature.value.returns)
    if outermost in STREAMS | ASYNC_STREAMS:
        return "failing_stream", "iterated"
    return ("failing_call", "used") if outermost in _USED_LATER else None


def _witnesses(spec: Spec) -> Iterator[Stub]:
    table = example_table(spec)
    answered = list(dict.fromkeys(row["case"] for row in table))
    if not answered:
        return
    answer = "return __redfirst__.answer(arguments)"
    yield _named(StubKind.WITNESS, "the function answers as the examples say", answer)
    for case_id in answered:
        yield _named(
            StubKind.WITHOUT,
            "the function answers as the examples say, but wrongly in this test's own case",
            f"return __redfirst__.answer(arguments, lie_about={case_id!r})",
            case_id,
        )
        for turn, kind in enumerate((StubKind.ALMOST, StubKind.ALMOST_NEXT)):
            if _can_be_otherwise([row for row in table if row["case"] == case_id], turn):
                yield _named(
                    kind,
                    "the function answers one example of this test's own case almost right",
                    f"return __redfirst__.answer(arguments, lie_about={case_id!r}, turn={turn})",
                    case_id,
                )


def _can_be_otherwise(rows: list[ExampleRow], turn: int) -> bool:
    """Whether a lie about the examples of this turn says more than the lie about all of them.

    There is one wrong answer only to what is true, false or None. A call that should raise, and
    does not, is noticed by whatever expects the error.
    """
    values = [row for row in rows if row["turn"] == turn and row["raises"] is None]
    other = any(row["after"] or row["returns"] not in _ONE_OPPOSITE for row in values)
    return bool(values) and (len(rows) > 1 or other)
