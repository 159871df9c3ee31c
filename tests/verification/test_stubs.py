"""Stub modules of many shapes, executed as the probe executes them."""

from __future__ import annotations

import asyncio
import dataclasses
import decimal
import inspect
import types
from typing import Any

import pytest

from redfirst.probe.recorder import Recorder
from redfirst.probe.stub_runtime import make_runtime
from redfirst.spec.document import read_spec
from redfirst.verification.stub_source import stub_module
from redfirst.verification.stubs import make_stubs

TOTAL = """
function: total
module: shop
signature: "total(prices: list[int], *, tax: int = 0) -> int"
behavior: Sum the prices, which are integer cents, and add the tax.
edge_cases:
  - case: two prices -> their sum
    id: EC-two
    examples:
      - {call: "total([100, 250])", returns: 350}
      - {call: "total([100], tax=5)", returns: 105}
  - case: no prices -> zero
    id: EC-none
    examples: [{call: "total([])", returns: 0}]
errors:
  - case: negative price -> raise ValueError("negative price")
    id: ER-negative
    examples: [{call: "total([-1])"}]
"""
SORT = """
function: arrange
module: shop
signature: "arrange(items: list[int], done: Callable[[], None] | None = None) -> None"
behavior: Sort the items in place, then say so.
edge_cases:
  - case: unsorted -> sorted
    id: EC-sort
    examples: [{given: {xs: "[2, 1]"}, call: "arrange(xs)", returns: null, after: {xs: "[1, 2]"}}]
"""
ACCOUNT = """
function: Account.withdraw
module: bank
signature: "withdraw(self, cents: int) -> int"
behavior: Take the cents from the balance and return what is left.
types:
  Account: {record: {balance: int}, frozen: false}
edge_cases:
  - case: enough money -> the rest
    id: EC-rest
    examples: [{call: "Account(100).withdraw(30)", returns: 70}]
errors:
  - 'too little -> raise ValueError("too little")'
"""
FETCH = """
function: fetch
module: net
signature: "async def fetch(url: str) -> str"
behavior: Fetch the text behind the address.
edge_cases:
  - case: an address -> its text
    id: EC-text
    examples: [{call: 'await fetch("a")', returns: "'A text'"}]
"""
COUNT = """
function: count
module: net
signature: "count(to: int) -> Iterator[int]"
behavior: Count from zero up to a number.
edge_cases:
  - case: two -> zero and one
    id: EC-two
    examples: [{call: "list(count(2))", returns: "[0, 1]"}]
errors:
  - 'negative -> raise ValueError("negative")'
"""


class Loaded:
    """A stub module, and the recorder that its runtime writes."""

    def __init__(self, text: str, name: str) -> None:
        spec = read_spec(text).spec
        assert spec is not None, read_spec(text).problems
        self.recorder = Recorder()
        self.recorder.stub = name
        module = types.ModuleType(spec.module.value)
        module.__dict__["__redfirst__"] = make_runtime(self.recorder)
        exec(stub_module(spec, make_stubs(spec)), module.__dict__)
        self.module = module

    def eval(self, expression: str) -> Any:
        return eval(expression, self.module.__dict__)


@pytest.mark.parametrize(
    ("spec", "stub", "expression", "expected"),
    [
        (TOTAL, "empty", "total([5])", 0),
        (TOTAL, "filled", "total([5])", 1),
        (TOTAL, "none", "total([5])", None),
        (TOTAL, "echo", "total([5])", [5]),
        (TOTAL, "witness", "total([100, 250])", 350),
        (TOTAL, "witness", "total(prices=[100], tax=5)", 105),
        (TOTAL, "without:EC-none", "total([])", 1),
        (TOTAL, "without:EC-none", "total([100, 250])", 350),
        (TOTAL, "without:ER-negative", "total([-1])", None),
        (ACCOUNT, "filled", "Account(100).withdraw(5)", 1),
        (ACCOUNT, "witness", "Account(100).withdraw(30)", 70),
        (COUNT, "empty", "list(count(5))", []),
        (COUNT, "filled", "list(count(5))", [1]),
        (COUNT, "witness", "list(count(2))", [0, 1]),
    ],
)
def test_a_stub_answers_as_its_kind_says(
    spec: str, stub: str, expression: str, expected: object
) -> None:
    assert Loaded(spec, stub).eval(expression) == expected


@pytest.mark.parametrize(
    ("spec", "stub", "expression", "kind", "message"),
    [
        (TOTAL, "exact:ER-negative", "total([5])", ValueError, "negative price"),
        (TOTAL, "sibling:ER-negative", "total([5])", TypeError, "negative price"),
        (TOTAL, "witness", "total([-1])", ValueError, "negative price"),
        (ACCOUNT, "exact:ER-too-little", "Account(1).withdraw(5)", ValueError, "too little"),
        (COUNT, "exact:ER-negative", "count(-1)", ValueError, "negative"),
        (COUNT, "exact-late:ER-negative", "list(count(-1))", ValueError, "negative"),
    ],
)
def test_a_stub_raises_as_its_kind_says(
    spec: str, stub: str, expression: str, kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind) as caught:
        Loaded(spec, stub).eval(expression)
    assert type(caught.value) is kind
    assert str(caught.value) == message


def test_the_unwritten_stub_raises_what_no_honest_test_expects() -> None:
    loaded = Loaded(TOTAL, "unwritten")
    with pytest.raises(Exception, match="not written") as caught:
        loaded.eval("total([5])")
    assert type(caught.value).__mro__[1] is Exception


def test_another_message_is_never_the_declared_one() -> None:
    with pytest.raises(ValueError, match="another") as caught:
        Loaded(TOTAL, "wrong-message:ER-negative").eval("total([5])")
    assert "negative" not in str(caught.value)


def test_calls_are_counted_and_misfits_are_not_calls() -> None:
    loaded = Loaded(TOTAL, "empty")
    loaded.eval("total([1])")
    loaded.eval("total([1], tax=2)")
    with pytest.raises(TypeError):
        loaded.eval("total([1], 2)")
    assert loaded.recorder.calls == 2
    assert loaded.recorder.misfit == "too many positional arguments"


def test_the_signature_is_the_declared_one() -> None:
    signature = inspect.signature(Loaded(TOTAL, "empty").module.total)
    assert str(signature) == "(prices: 'list[int]', *, tax: 'int' = 0) -> 'int'" or list(
        signature.parameters
    ) == ["prices", "tax"]


def test_a_witness_that_is_asked_something_else_says_so() -> None:
    loaded = Loaded(TOTAL, "witness")
    with pytest.raises(Exception, match="not written"):
        loaded.eval("total([7])")
    assert loaded.recorder.unanswered


def test_a_lie_is_recorded() -> None:
    loaded = Loaded(TOTAL, "without:EC-two")
    loaded.eval("total([])")
    assert loaded.recorder.lies == []
    loaded.eval("total([100, 250])")
    assert loaded.recorder.lies == ["`total([100, 250])` returned `351` in place of `350`"]


def test_one_example_is_answered_almost_right_and_its_neighbour_right() -> None:
    first, second = Loaded(TOTAL, "almost:EC-two"), Loaded(TOTAL, "almost-next:EC-two")
    assert [one.eval("total([100, 250])") for one in (first, second)] == [349, 350]
    assert [one.eval("total([100], tax=5)") for one in (first, second)] == [105, 104]
    assert first.recorder.lies == ["`total([100, 250])` returned `349` in place of `350`"]
    assert second.recorder.lies == ["`total([100], tax=5)` returned `104` in place of `105`"]


def test_what_can_be_wrong_in_one_way_only_gets_no_second_lie() -> None:
    spec = read_spec(TOTAL.replace("returns: 0", "returns: True")).spec
    assert spec
    almost = [stub.name for stub in make_stubs(spec) if stub.name.startswith("almost")]
    assert almost == ["almost:EC-two", "almost-next:EC-two"]


def test_effects_on_arguments_are_shown_left_out_and_spoilt() -> None:
    def arranged(stub: str) -> list[int]:
        items = [2, 1]
        loaded = Loaded(SORT, stub)
        assert loaded.module.arrange(items) is None
        return items

    assert arranged("witness") == [1, 2]
    assert arranged("empty") == [2, 1]
    assert arranged("filled") == []
    assert arranged("without:EC-sort") == [2, 1]
    assert arranged("almost:EC-sort") == []


def test_a_spoiling_stub_calls_what_it_is_given() -> None:
    called: list[str] = []
    Loaded(SORT, "filled").module.arrange([1], lambda: called.append("done"))
    assert called == ["done"]


def test_async_functions_are_awaited() -> None:
    loaded = Loaded(FETCH, "witness")
    assert asyncio.iscoroutinefunction(loaded.module.fetch)
    assert asyncio.run(loaded.module.fetch("a")) == "A text"
    assert loaded.recorder.calls == 1


def test_records_are_real_dataclasses() -> None:
    account = Loaded(ACCOUNT, "empty").module.Account
    assert [field.name for field in dataclasses.fields(account)] == ["balance"]
    assert account(5) == account(5) != account(6)


@pytest.mark.parametrize("message", ["a", "no", "message", "Not a number", "a q", "x", "!"])
def test_another_message_holds_no_word_of_the_declared_one(message: str) -> None:
    loaded = Loaded(TOTAL.replace('negative price")', f'{message}")'), "wrong-message:ER-negative")
    with pytest.raises(ValueError, match=r".") as caught:
        loaded.module.total([-1])
    shown = str(caught.value)
    assert [word for word in message.lower().split() if word in shown] == []


def test_an_imported_error_stays_what_it_is_however_the_import_is_written() -> None:
    spec = TOTAL.replace("ValueError", "InvalidOperation")
    module = Loaded(f"{spec}imports: ['from decimal import (InvalidOperation)']\n", "empty").module
    assert module.InvalidOperation is decimal.InvalidOperation


def test_an_example_on_several_lines_is_answered() -> None:
    spec = TOTAL.replace("returns: 0", 'returns: "0\\n  + 7"')
    assert Loaded(spec, "witness").module.total([]) == 7


def test_without_types_any_public_name_can_be_imported() -> None:
    module = Loaded(TOTAL, "empty").module
    assert module.Price(5) == module.Price(5) != module.Price(6)
    assert issubclass(module.PriceError, Exception)
    with pytest.raises(AttributeError):
        _ = module._private
