"""Tests that a careful person writes. The gate has nothing to say about any of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from redfirst.generation.gate import check_module
from tests.generation.gate_specs import (
    ADD,
    AT_MOST,
    LOCKED,
    MARKERS,
    MEAN,
    MISSING,
    PUT,
    REFUSE,
    TOTAL,
    WAIVING,
)

if TYPE_CHECKING:
    from redfirst.spec.model import Spec


@dataclass(frozen=True)
class Honest:
    title: str
    spec: Spec
    source: str


HONEST = (
    Honest(
        "plain",
        TOTAL,
        '''
from shop.basket import total

def test_empty():
    """EC-empty-basket: empty basket -> 0"""
    assert total([]) == 0
''',
    ),
    Honest(
        "parametrized rows with ids",
        TOTAL,
        '''
import pytest
from shop import basket

@pytest.mark.parametrize(
    ("prices", "expected"),
    [pytest.param([], 0, id="list"), pytest.param((), 0, id="tuple", marks=pytest.mark.slow)],
)
def test_empty(prices, expected):
    """EC-empty-basket: empty basket -> 0"""
    assert basket.total(prices) == expected
''',
    ),
    Honest(
        "fixtures and usefixtures",
        TOTAL,
        '''
import pytest
import shop.basket as b

@pytest.fixture(name="prices")
def make_prices():
    return []

@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setattr("time.time", lambda: 0)

@pytest.mark.usefixtures("clock")
def test_empty(prices, tmp_path):
    """EC-empty-basket: empty basket -> 0"""
    assert b.total(prices) == 0
''',
    ),
    Honest(
        "the call is made in a fixture",
        TOTAL,
        '''
import pytest
from shop.basket import total

@pytest.fixture
def answer():
    yield total([])

def test_empty(answer):
    """EC-empty-basket: empty basket -> 0"""
    assert answer == 0
''',
    ),
    Honest(
        "a class with setup",
        TOTAL,
        '''
import shop.basket

class TestTotal:
    def setup_method(self):
        self.answer = shop.basket.total([])

    def test_empty(self):
        """EC-empty-basket: empty basket -> 0"""
        assert self.answer == 0
''',
    ),
    Honest(
        "unittest",
        TOTAL,
        '''
import unittest
from shop.basket import total

class TestTotal(unittest.TestCase):
    def setUp(self):
        self.prices = []

    def test_empty(self):
        """EC-empty-basket: empty basket -> 0"""
        self.assertEqual(total(self.prices), 0)

if __name__ == "__main__":
    unittest.main()
''',
    ),
    Honest(
        "helpers that call and assert",
        TOTAL,
        '''
from shop.basket import total

def run(prices):
    return total(prices)

def check(prices, expected):
    assert run(prices) == expected

def test_empty():
    """EC-empty-basket: empty basket -> 0"""
    check([], 0)
''',
    ),
    Honest(
        "helpers in a base class and a class-level call",
        TOTAL,
        '''
from shop.basket import total

class Checks:
    call = staticmethod(total)

    def check(self, prices, expected):
        assert self.call(prices) == expected

class TestTotal(Checks):
    class TestEmpty(Checks):
        def test_empty(self):
            """EC-empty-basket: empty basket -> 0"""
            self.check([], 0)
''',
    ),
    Honest(
        "async with asyncio.run and with a plugin's marker",
        TOTAL,
        '''
import asyncio
import pytest
from shop.basket import total

@pytest.mark.asyncio
async def test_empty():
    """EC-empty-basket: empty basket -> 0"""
    assert await total([]) == 0

def test_empty_again():
    """EC-empty-basket: empty basket -> 0"""
    assert asyncio.run(total([])) == 0
''',
    ),
    Honest(
        "import_module, getattr and an alias",
        TOTAL,
        '''
import importlib

basket = importlib.import_module("shop.basket")
compute = getattr(basket, "total")

def test_empty():
    """EC-empty-basket: empty basket -> 0"""
    assert compute([]) == 0
''',
    ),
    Honest(
        "star import and a fixture of the function's name",
        TOTAL,
        '''
import pytest
from shop.basket import *

@pytest.fixture(name="total_function")
def total_fixture():
    return total

def test_empty(total_function):
    """EC-empty-basket: empty basket -> 0"""
    assert total_function([]) == 0
''',
    ),
    Honest(
        "relative import in a package of tests",
        TOTAL,
        '''
from ..basket import total

def test_empty():
    """EC-empty-basket: empty basket -> 0"""
    assert total([]) == 0
''',
    ),
    Honest(
        "a local variable of the function's name",
        TOTAL,
        '''
import shop.basket

def cents(prices):
    total = 0
    for price in prices:
        total += price
    return total

def test_empty():
    """EC-empty-basket: empty basket -> 0"""
    total = shop.basket.total([])
    assert total == cents([])
''',
    ),
    Honest(
        "a wrapper and a fake with a method of the function's name",
        TOTAL,
        '''
from shop import basket

class FakeTill:
    def total(self):
        return 0

def total(*prices):
    return basket.total(list(prices))

def test_empty():
    """EC-empty-basket: empty basket -> 0"""
    assert total() == FakeTill().total()
''',
    ),
    Honest(
        "patching what is not under test",
        TOTAL,
        '''
import sys
import time
from unittest import mock
from shop.basket import total

@mock.patch("time.sleep")
def test_empty(sleep, monkeypatch):
    """EC-empty-basket: empty basket -> 0"""
    monkeypatch.setattr(time, "time", lambda: 0)
    monkeypatch.setattr("subprocess.run", None)
    monkeypatch.setitem(sys.modules, "requests", None)
    prices = mock.Mock(spec=list)
    prices.extra = 1
    with mock.patch.object(time, "sleep"), mock.patch.dict("os.environ", {"A": "1"}):
        assert total([]) == 0
''',
    ),
    Honest(
        "standard library, type checking only, running as a script",
        TOTAL,
        '''
from __future__ import annotations
import os.path
import shutil
from typing import TYPE_CHECKING
import pytest
from _pytest.monkeypatch import MonkeyPatch
from shop.basket import total

if TYPE_CHECKING:
    from shop.articles import Article

def test_empty(tmp_path, monkeypatch: MonkeyPatch):
    """EC-empty-basket: empty basket -> 0"""
    shutil.rmtree(tmp_path / "cache", ignore_errors=True)
    result = total([])
    assert eval(repr(result)) == 0

if __name__ == "__main__":
    pytest.main([__file__])
''',
    ),
    Honest(
        "a fixture of the project's conftest asserts and calls",
        TOTAL,
        '''
def test_empty(check_total):
    """EC-empty-basket: empty basket -> 0"""
    check_total([], 0)
''',
    ),
    Honest(
        "a byte order mark, tabs, CRLF and characters beyond the first plane",
        TOTAL,
        "\ufefffrom shop.basket import total\r\n\r\ndef test_empty():\r\n"
        "\t'''EC-empty-basket: 💶 -> 0'''\r\n\tassert total([]) == 0, '\\d'\r\n",
    ),
    Honest(
        "two tests of one case and conditional definitions",
        TOTAL,
        '''
import sys
from shop.basket import total

if sys.version_info >= (3, 12):
    def make(): return []
else:
    def make(): return list()

class TestOne:
    def test_empty(self):
        """EC-empty-basket: empty basket -> 0"""
        assert total(make()) == 0

class TestTwo:
    def test_empty(self):
        """EC-empty-basket: empty basket -> 0"""
        assert not total(make())
''',
    ),
    Honest(
        "foreign: no link, docstrings like any other, another function tested",
        TOTAL,
        '''
import pytest
from shop.basket import total

def test_empty():
    """Regression: the basket may be empty."""
    assert total([]) == 0

def test_error():
    with pytest.raises(Exception):
        total(None)
''',
    ),
    Honest(
        "raises with an escaped message",
        REFUSE,
        '''
import re
import pytest
from shop.basket import total

def test_negative():
    """ER-negative-price: negative price"""
    with pytest.raises(ValueError, match=re.escape("negative price (cents)")):
        total([-1])
''',
    ),
    Honest(
        "raises with a raw regular expression",
        REFUSE,
        r'''
from pytest import raises
from shop.basket import total

def test_negative():
    """ER-negative-price: negative price"""
    with raises(ValueError, match=r"^negative price \(cents\)$"):
        total([-1])
''',
    ),
    Honest(
        "a part of the message, built up",
        REFUSE,
        '''
import re
import pytest
from shop.basket import total

MESSAGE = "negative price"

def test_negative():
    """ER-negative-price: negative price"""
    with pytest.raises(expected_exception=ValueError, match=f"^{re.escape(MESSAGE)}" + " "):
        total([-1])
''',
    ),
    Honest(
        "the message compared afterwards",
        REFUSE,
        '''
import pytest
from shop.basket import total

def test_negative():
    """ER-negative-price: negative price"""
    with pytest.raises(ValueError) as info:
        total([-1])
    assert isinstance(info.value, ValueError)
    assert str(info.value) == "negative price (cents)"
''',
    ),
    Honest(
        "the message looked at through a name, by info.match and by a helper",
        REFUSE,
        '''
import pytest
from shop.basket import total

def has_message(info, text):
    assert text in str(info.value)

def test_negative():
    """ER-negative-price: negative price"""
    with pytest.raises(ValueError) as info:
        total([-1])
    message = str(info.value)
    assert "negative" in message

def test_negative_match():
    """ER-negative-price: negative price"""
    with pytest.raises(ValueError) as info:
        total([-1])
    info.match("negative")

def test_negative_helper():
    """ER-negative-price: negative price"""
    with pytest.raises(ValueError) as info:
        total([-1])
    has_message(info, "negative")

def test_negative_call():
    """ER-negative-price: negative price"""
    info = pytest.raises(ValueError, total, [-1])
    assert info.value.args == ("negative price (cents)",)
''',
    ),
    Honest(
        "unknown expressions are not judged",
        REFUSE,
        '''
import pytest
from shop.basket import total

@pytest.mark.parametrize(("error", "text"), [(ValueError, "negative")])
def test_negative(error, text):
    """ER-negative-price: negative price"""
    with pytest.raises(error, match=text):
        total([-1])

@pytest.mark.parametrize("expectation", [pytest.raises(ValueError, match="negative")])
def test_negative_too(expectation):
    """ER-negative-price: negative price"""
    with expectation:
        total([-1])
''',
    ),
    Honest(
        "a subclass, made here or by the spec",
        REFUSE,
        '''
import pytest
from shop.basket import Locked, total

class Mine(ValueError):
    pass

@pytest.mark.parametrize("kind", [Mine])
def test_negative(kind):
    """ER-negative-price: negative price"""
    with pytest.raises(Mine, match="negative price"):
        total([-1])
    with pytest.raises(Locked, match="negative price"):
        total([-2])
    with pytest.raises(UnicodeDecodeError, match="negative price"):
        total([-3])
''',
    ),
    Honest(
        "a second expectation beside the right one",
        REFUSE,
        '''
import pytest
from shop.basket import total

def test_negative():
    """ER-negative-price: negative price"""
    with pytest.raises(TypeError):
        iter(total)
    with pytest.raises(ValueError, match="negative price"):
        total([-1])
''',
    ),
    Honest(
        "unittest's expectation of an error",
        REFUSE,
        '''
from unittest import TestCase
from shop.basket import total

class TestTotal(TestCase):
    def test_negative(self):
        """ER-negative-price: negative price"""
        with self.assertRaisesRegex(ValueError, "negative price"):
            total([-1])

    def test_negative_too(self):
        """ER-negative-price: negative price"""
        with self.assertRaises(ValueError) as caught:
            total([-1])
        self.assertEqual(str(caught.exception), "negative price (cents)")
''',
    ),
    Honest(
        "what the spec imports may be imported",
        REFUSE,
        '''
import pytest
import requests.exceptions
from decimal import InvalidOperation
from shop.basket import total

def test_negative():
    """ER-negative-price: negative price"""
    with pytest.raises(ValueError, match="negative"):
        total([requests, InvalidOperation])
''',
    ),
    Honest(
        "the module's own exception, by name and through the module",
        LOCKED,
        '''
import pytest
import shop.basket as b
from shop.basket import Bolted, Locked

def test_locked():
    """ER-locked-basket: locked basket"""
    with pytest.raises(Locked, match="locked"):
        b.total([])

def test_locked_through_module():
    """ER-locked-basket: locked basket"""
    with pytest.raises(b.Locked, match="locked"):
        b.total([])

def test_bolted():
    """ER-locked-basket: locked basket"""
    with pytest.raises((Locked, Bolted), match="locked"):
        b.total([])
''',
    ),
    Honest(
        "a KeyError shows its message in quotes",
        MISSING,
        '''
import pytest
from shop.basket import price_of

def test_unknown():
    """ER-unknown-name: unknown name"""
    with pytest.raises(KeyError, match="^'unknown'$"):
        price_of("x")

def test_unknown_value():
    """ER-unknown-name: unknown name"""
    with pytest.raises(KeyError) as info:
        price_of("x")
    assert str(info.value) == "'unknown'"
''',
    ),
    Honest(
        "branches, early ends and errors that are caught for a reason",
        TOTAL,
        '''
from contextlib import suppress
from typing import TYPE_CHECKING
import sys
import pytest
from shop.basket import total

def test_empty():
    """EC-empty-basket: empty basket -> 0"""
    result = total([])
    if TYPE_CHECKING:
        assert isinstance(result, int)
    for attempt in range(3):
        try:
            assert total([]) == 0
            break
        except AssertionError:
            pass
    else:
        pytest.fail("never zero")
    with suppress(OSError):
        assert total([]) == 0
    try:
        assert total([]) == 1
    except AssertionError:
        pass
    else:
        pytest.fail("one")
    try:
        assert total([]) == 0
    except AssertionError:
        print("not zero")
        raise
    assert result in {result}
    if sys.maxsize:
        for price in []:
            total([price])
        assert result == 0 or result in (0, 0.0)
        return
        assert False, "not reached"
''',
    ),
    Honest(
        "floats with a tolerance",
        MEAN,
        '''
import math
import pytest
from datetime import timedelta
from shop.basket import mean

EXPECTED = pytest.approx(1.5)

@pytest.mark.parametrize(("prices", "expected"), [([1], pytest.approx(1.0))])
def test_one(prices, expected):
    """EC-one-price: one price -> that price"""
    assert mean(prices) == expected
    assert mean([1, 2]) == EXPECTED
    assert mean([1]) == pytest.approx(1.0, rel=1e-12)
    assert math.isclose(mean([1]), 1.0)
    assert abs(mean([1]) - 1.0) < 1e-9
    assert round(mean([1, 2]), 2) == 1.5
    assert mean([]) != float("inf") and float("inf") == math.inf
    assert timedelta(hours=1) * 0.5 == timedelta(minutes=30)
''',
    ),
    Honest(
        "a method, judged by its effect",
        ADD,
        '''
from shop.basket import Basket

def test_first():
    """EC-first-price: first price -> the basket holds that price"""
    basket = Basket([])
    basket.add(5)
    assert basket.prices == [5]

def test_unbound():
    """EC-first-price: first price -> the basket holds that price"""
    basket = Basket([])
    Basket.add(basket, 5)
    basket.prices = basket.prices + [1]
    assert basket == Basket([5, 1])
''',
    ),
    Honest(
        "two expectations that share a name",
        REFUSE,
        '''
import pytest
from shop.basket import total

def test_negative():
    """ER-negative-price: negative price"""
    with pytest.raises(TypeError) as info:
        total(None)
    assert str(info.value) == "no prices"
    with pytest.raises(ValueError) as info:
        total([-1])
    assert str(info.value) == "negative price (cents)"
''',
    ),
    Honest(
        "a caught error handed back by a helper",
        REFUSE,
        '''
import contextlib
import pytest
from shop.basket import total

def error_of(prices):
    with contextlib.ExitStack() as stack:
        info = stack.enter_context(pytest.raises(ValueError))
        total(prices)
    return info

def test_negative():
    """ER-negative-price: negative price"""
    assert error_of([-1]).match("negative")
''',
    ),
    Honest(
        "a folder of its own is cleared away",
        TOTAL,
        '''
import shutil
import tempfile
from shop.basket import total

def test_empty():
    """EC-empty-basket: empty basket -> 0"""
    folder = tempfile.mkdtemp()
    try:
        assert total([folder]) == 0
    finally:
        shutil.rmtree(folder)
''',
    ),
    Honest(
        "a local name that is a module's elsewhere, and a class that is no test",
        ADD,
        '''
import pytest
import shop.basket as basket

class TestData:
    __test__ = False
    def test_like(self): ...

@pytest.fixture
def test_prices():
    return [5]

def fill(basket):
    basket.prices = []
    return basket

def test_first(test_prices):
    """EC-first-price: first price -> the basket holds that price"""
    filled = fill(basket.Basket([]))
    filled.add(5)
    assert filled.prices == test_prices
''',
    ),
    Honest(
        "code that the function wrote is run",
        TOTAL,
        '''
from shop.basket import total

def test_empty():
    """EC-empty-basket: empty basket -> 0"""
    source = total([])
    names = {}
    exec(source, names)
    assert eval(source) == 0
''',
    ),
    Honest(
        "a fake that tells floats apart",
        TOTAL,
        '''
from shop.basket import total

def rate(share):
    if share == 0.5:
        return 1
    return 2 if share == 0.25 else 3

def test_empty():
    """EC-empty-basket: empty basket -> 0"""
    assert total([rate(0.5)]) == 0
''',
    ),
    Honest(
        "foreign: unittest classes of any name",
        TOTAL,
        """
import unittest
from shop.basket import total

class BasketTests(unittest.TestCase):
    def test_empty(self):
        self.assertEqual(total([]), 0)
""",
    ),
    Honest(
        "rows with a name, rows that are shared, and values that are read elsewhere",
        TOTAL,
        '''
import pytest
from shop.basket import total

ROWS = [([], 0), ([0], 0)]

@pytest.fixture
def checked(prices, expected):
    assert total(prices) == expected

@pytest.mark.parametrize(("why", "prices", "expected"), [("none", [], 0), ("free", [0], 0)])
def test_empty(why, prices, expected):
    """EC-empty-basket: empty basket -> 0"""
    assert total(prices) == expected

@pytest.mark.parametrize(("prices", "expected"), ROWS)
def test_shared(prices, expected):
    """EC-empty-basket: empty basket -> 0"""
    assert total(prices) == total(prices[::-1])

@pytest.mark.parametrize(("prices", "expected"), [([], 0)])
def test_by_fixture(checked, prices, expected):
    """EC-empty-basket: empty basket -> 0"""
    assert total(prices) == 0

@pytest.mark.parametrize(("prices", "expected"), [([], 0)])
def test_by_request(request, prices, expected):
    """EC-empty-basket: empty basket -> 0"""
    assert total(prices) == request.getfixturevalue("expected")

@pytest.mark.parametrize(("prices", "expected"), [([], 0)])
def test_by_name(prices, expected):
    """EC-empty-basket: empty basket -> 0"""
    assert "{prices} gives {expected}".format(**locals()) == f"[] gives {total(prices)}"

@pytest.mark.parametrize(("prices", "_expected"), [([], 0)])
def test_not_on_purpose(prices, _expected):
    """EC-empty-basket: empty basket -> 0"""
    assert total(prices) == 0

@pytest.fixture
def expected_log(request, caplog):
    yield
    assert caplog.messages == request.param

@pytest.mark.parametrize(("prices", "expected_log"), [([], [])], indirect=["expected_log"])
def test_by_what_is_made_of_it(prices, expected_log):
    """EC-empty-basket: empty basket -> 0"""
    assert total(prices) == 0
''',
    ),
    Honest(
        "orders that are meant",
        TOTAL,
        '''
import shop.basket
from shop.basket import total

def test_empty():
    """EC-empty-basket: empty basket -> 0"""
    assert total([]) == 0
    assert {total([]), 1} >= {0}
    assert shop.basket.VERSION >= (1, 0)
    assert str(total([])) >= "0"
    assert [0] <= [total([])] <= [1]
    assert [total([1])] > [0]
    assert all(one <= most for one, most in zip([total([])], [0], strict=True))
    assert [total([])] <= [total([1])]
    assert shop.basket.SHELVES >= []
''',
    ),
    Honest(
        "an operator between lists",
        AT_MOST,
        '''
from shop.basket import Basket

def test_part():
    """EC-fewer-prices: fewer prices -> true"""
    assert Basket([1]) <= [1, 2]
''',
    ),
    Honest(
        "a variable named as the module",
        PUT,
        '''
import pytest
from basket import Basket

@pytest.fixture
def basket():
    return Basket(3)

def test_first(basket):
    """EC-first-article: first article -> 1"""
    basket.limit = 1
    assert basket.put(100) == 1

def test_first_of_its_own():
    """EC-first-article: first article -> 1"""
    basket = Basket(3)
    setattr(basket, "limit", 1)
    assert basket.put(100) == 1
''',
    ),
    Honest(
        "a waived check, by name and by code",
        WAIVING,
        '''
import pytest
from shop.basket import mean

def test_one():
    """EC-one-price: one price -> that price"""
    assert mean([1]) == 1.0

def test_two():
    """EC-two-prices: two prices -> half their sum"""
    assert mean([1, 2]) == 1.5

def test_three():
    """EC-three-prices: three prices -> a third of their sum"""
    assert mean([1, 1, 2]) == pytest.approx(4 / 3)
''',
    ),
)


@pytest.mark.parametrize("honest", HONEST, ids=lambda honest: honest.title)
def test_the_gate_is_silent(honest: Honest) -> None:
    found = check_module(honest.source, honest.spec, MARKERS)
    assert [(p.code.name, p.message, p.span.of(honest.source)) for p in found] == []
