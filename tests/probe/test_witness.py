"""Which example a witness answers from."""

from __future__ import annotations

from typing import Any

import pytest

from redfirst.probe.recorder import Recorder
from redfirst.probe.stub_runtime import Unwritten, make_runtime


def row(call: str, **said: Any) -> dict[str, Any]:
    """An example of the case `id`, silent on everything that is not said."""
    silent: dict[str, Any] = {"case": "EC", "given": [], "returns": None, "raises": None}
    return {**silent, "after": [], "form": "value", "turn": 0, "call": call, **said}


def asked(*rows: dict[str, Any], arguments: dict[str, Any]) -> Any:
    """The answer of a witness that knows `rows` of `f(xs)` to a call with `arguments`."""
    runtime = make_runtime(Recorder())

    def f(xs: Any) -> None: ...

    runtime.learn({"f": runtime.stand_in(f)}, list(rows))
    return runtime.answer(arguments)


def test_an_example_that_is_silent_on_an_effect_does_not_deny_it() -> None:
    xs = [2, 1]
    given = [("xs", "[2, 1]")]
    silent = row("f(xs)", given=given, returns="7")
    telling = row("f(xs)", given=given, returns="7", after=[("xs", "[1, 2]")])
    assert asked(silent, telling, arguments={"xs": xs}) == 7
    assert xs == [1, 2]


@pytest.mark.parametrize(
    "other", [{"returns": "8"}, {"returns": "7", "after": [("xs", "[]")]}], ids=["value", "effect"]
)
def test_examples_that_disagree_leave_the_call_unanswered(other: dict[str, Any]) -> None:
    given = [("xs", "[2, 1]")]
    one = row("f(xs)", given=given, returns="7", after=[("xs", "[1, 2]")])
    with pytest.raises(Unwritten):
        asked(one, row("f(xs)", given=given, **other), arguments={"xs": [2, 1]})


def test_an_example_with_a_function_answers_for_that_function_only() -> None:
    known = row("f(lambda: 42)", returns="42")
    assert asked(known, arguments={"xs": lambda: 42}) == 42
    with pytest.raises(Unwritten):
        asked(known, arguments={"xs": lambda: 43})


def test_examples_of_a_coroutine_function_are_learnt_without_a_loop() -> None:
    runtime = make_runtime(Recorder())

    async def f(xs: Any) -> None: ...

    runtime.learn({"f": runtime.stand_in(f)}, [row("f([1])", returns="7")])
    assert runtime.answer({"xs": [1]}) == 7
