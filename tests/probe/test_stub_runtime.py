"""How the function under test behaves while a stub stands in for it."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any

import pytest

from redfirst.probe.recorder import Recorder
from redfirst.probe.stub_runtime import make_runtime


def test_a_coroutine_function_stays_one_and_is_reached_when_it_is_awaited() -> None:
    recorder = Recorder()
    recorder.stub = "seven"
    runtime = make_runtime(recorder)
    runtime.behaviour("seven")(lambda _: 7)

    async def f(x: int) -> None: ...

    function = runtime.stand_in(f)
    coroutine = function(1)
    assert inspect.iscoroutinefunction(function)
    assert recorder.calls == 0
    assert asyncio.run(coroutine) == 7
    assert recorder.calls == 1


def test_an_opaque_value_is_the_same_in_every_call() -> None:
    """Else `f(x) == f(x)`, which looks at no answer, would fail on every stub and seem red."""
    runtime = make_runtime(Recorder())
    assert runtime.opaque("filled") == runtime.opaque("filled")
    assert runtime.nothing() == runtime.nothing()
    assert runtime.opaque("filled") != runtime.nothing()


def test_an_error_may_come_when_a_result_is_called_or_entered() -> None:
    result: Any = make_runtime(Recorder()).failing_call(lambda: ValueError("late"))
    with pytest.raises(ValueError, match="late"):
        result(1, key=2)
    with pytest.raises(ValueError, match="late"), result:
        pass
