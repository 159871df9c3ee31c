"""What the gate finds, and where: « and » mark the place of each finding in a snippet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from redfirst.spec.problem import Severity
from tests.generation.gate_specs import (
    ADD,
    LOCKED,
    MEAN,
    REFUSE,
    TOTAL,
    WAIVING,
    findings,
    marked_spans,
)

if TYPE_CHECKING:
    from redfirst.spec.model import Spec

VALUE_TEST = '''
import importlib, os, sys, threading, shutil, asyncio, signal
import unittest
import pytest
from unittest import mock
from unittest.mock import patch
from shop import basket
from shop.basket import total

{extra}

def test_empty(monkeypatch, mocker=None):
    """EC-empty-basket: empty basket -> 0"""
    {line}
    assert total([]) == 0
'''

ERROR_TEST = '''
import re, pytest, shop.basket
from unittest import TestCase
from shop.basket import Locked, total

{extra}

def test_negative():
    """ER-negative-price: negative price"""
    {line}
'''


@dataclass(frozen=True)
class Bad:
    """A snippet with `code` at each marked place, and nothing else wrong with it."""

    title: str
    code: str
    source: str
    spec: Spec = TOTAL


def at_top(code: str, statement: str) -> Bad:
    source = VALUE_TEST.format(extra=statement, line="pass")
    return Bad(f"at the top: {statement}", code, source)


def in_test(code: str, line: str) -> Bad:
    source = VALUE_TEST.format(extra="", line=line)
    return Bad(f"in a test: {line}", code, source)


def in_error_test(code: str, line: str, extra: str = "") -> Bad:
    source = ERROR_TEST.format(extra=extra, line=line)
    return Bad(f"error case: {line}", code, source, REFUSE)


PLAIN = '''from shop.basket import total

def test_empty():
    """EC-empty-basket: empty basket -> 0"""
    assert total([]) == 0
'''

SYNTAX = (
    Bad("unclosed bracket", "RF200", "def test_empty():\n    assert total«(»[]\n"),
    Bad("behind two-byte characters", "RF200", "x = 'é💶' «)»\n"),
    Bad("return outside a function", "RF200", "import os\n«return 1»\n"),
    Bad("null byte", "RF200", "«»x = 1\0\n"),
    Bad("lone surrogate", "RF200", "«»x = '\ud800'\n"),
    Bad(
        "an unfinished end is no prose",
        "RF200",
        PLAIN + "\ndef test_more():\n    assert total«(»[1]\n",
    ),
    Bad("a def without a body", "RF200", PLAIN + "\ndef test_more():«\n»"),
    Bad("too deep", "RF200", "«»" + "-" * 100_000 + "1"),
)

PROSE = (
    Bad("fences", "RF201", f"«```python\n»{PLAIN}«```\n»"),
    Bad("sentences and fences", "RF201", f"«Here you are:\n\n```py\n»{PLAIN}«```\n\nIt's done.\n»"),
    Bad("sentences only", "RF201", f"«Here are the tests:\n\n»{PLAIN}«\nThese cover it all.\n»"),
    Bad(
        "broken code in a fence",
        "RF201 RF200",
        f"«```python\n»{PLAIN}x = «(»\n«```\n»",
    ),
    Bad(
        "a shell command in a second fence",
        "RF201",
        f"«```py\n»{PLAIN}«```\nRun:\n```sh\npytest\n```\n»",
    ),
    Bad("two blocks", "RF201", f"«```py\n»import os\n«```\nand\n```py\n»{PLAIN}«```\n»"),
    Bad("a fence that was never closed", "RF201", f"«~~~\n»{PLAIN}"),
    Bad(
        "another finding behind the fence, at its own place",
        "RF201 RF202",
        f"«```python\n»import «numpy»\n{PLAIN}«```»",
    ),
)

IMPORTS = (
    at_top("RF202", "import «numpy as np»"),
    at_top("RF202", "from hypothesis import «given», «strategies as st»"),
    at_top("RF202", "from shop import «articles»"),
    at_top("RF202", "from . import «helpers»"),
    at_top("RF202", "from shop.articles import «Article»"),
    in_test("RF202", "import «requests»"),
    in_test("RF202", '«importlib.import_module("shop.articles")»'),
    in_test("RF202", '«exec("import numpy")»'),
    at_top("RF203", "import «subprocess»"),
    at_top("RF203", "from os import «system», path"),
    at_top("RF203", "import «multiprocessing.pool»"),
    at_top("RF203", "from urllib.request import «urlopen»"),
    at_top("RF203", "import «socket»"),
    at_top("RF203", "import «ctypes as c»"),
    in_test("RF203", '«os.system»("ls")'),
    in_test("RF203", "«os._exit»(0)"),
    in_test("RF203", 'getattr(os, "x", «os.kill»)'),
    in_test("RF203", "«sys.settrace»(None)"),
    in_test("RF203", '«shutil.rmtree»("/")'),
    in_test("RF203", "«breakpoint»()"),
    in_test("RF203", '«pytest.exit»("done")'),
    in_test("RF203", 'asyncio.run(«asyncio.create_subprocess_exec»("ls"))'),
    in_test("RF203", '«importlib.import_module("subprocess")»'),
    in_test("RF203", '«__import__("ctypes")»'),
    in_test("RF203", '«exec("import socket")»'),
    in_test("RF203", "«eval(\"__import__('subprocess').run('ls')\")»"),
    in_test("RF203", "«eval(input())»"),
    in_test("RF203", "«importlib.import_module(sys.argv[1])»"),
)

MARKS = (
    at_top("RF204", "pytestmark = «pytest.mark.integration»"),
    at_top("RF204", "pytestmark = [pytest.mark.slow, «pytest.mark.unit»(1)]"),
    at_top("RF204", "from pytest import mark\nROWS = [pytest.param(1, marks=«mark.money»)]"),
    at_top("RF205", 'pytestmark = «pytest.mark.skip»(reason="later")'),
    at_top("RF205", 'pytestmark = [«pytest.mark.skipif»(True, reason="")]'),
    at_top("RF205", "@«pytest.mark.xfail»\ndef helper(): ..."),
    at_top("RF205", 'json = «pytest.importorskip»("json")'),
    in_test("RF205", '«pytest.skip»("not now")'),
    in_test("RF205", "raise «unittest.SkipTest»"),
)

LINKS = (
    Bad("no test at all", "RF206", "«»import pytest\n"),
    Bad(
        "a header and no link",
        "RF206 RF207",
        "«»# redfirst: spec=a.yml\n# redfirst: fingerprint=0\n"
        "from shop.basket import total\ndef «test_it»():\n    assert total([]) == 0\n",
    ),
    Bad(
        "one test without a link beside one that has it",
        "RF207",
        PLAIN + "\ndef «test_more»():\n    assert total([1]) == 1\n",
    ),
    Bad(
        "an unknown id, in a class",
        "RF207",
        PLAIN + '\nclass TestX:\n    def «test_more»(self):\n        """EC-gone: x"""\n'
        "        assert total([1]) == 1\n",
    ),
    Bad(
        "an id of ours in a module that links to nothing else",
        "RF207",
        'from shop.basket import total\ndef «test_x»():\n    """EC-gone: x"""\n'
        "    assert total([1]) == 1\n",
    ),
)

RAISES = (
    Bad(
        "no expectation of an error",
        "RF208",
        'from shop.basket import total\ndef «test_negative»():\n    """ER-negative-price: x"""\n'
        "    assert total([-1]) is None\n",
        REFUSE,
    ),
    Bad(
        "swallowed",
        "RF208",
        'from shop.basket import total\ndef «test_negative»():\n    """ER-negative-price: x"""\n'
        "    try:\n        total([-1])\n    except ValueError as e:\n        assert e.args\n",
        REFUSE,
    ),
    in_error_test("RF209", "with «pytest.raises(ValueError)»: total([-1])"),
    in_error_test("RF209", 'with pytest.raises(ValueError, match=«""»): total([-1])'),
    in_error_test("RF209", 'with pytest.raises(ValueError, match=«".*"»): total([-1])'),
    in_error_test("RF209", "«pytest.raises(ValueError, total, [-1])»"),
    in_error_test(
        "RF209",
        "with «pytest.raises(ValueError)» as info: total([-1])\n"
        "    assert isinstance(info.value, ValueError) and info.type is ValueError",
    ),
    Bad(
        "unittest without a message",
        "RF209",
        "from unittest import TestCase\nfrom shop.basket import total\nclass TestT(TestCase):\n"
        '    def test_negative(self):\n        """ER-negative-price: x"""\n'
        "        with «self.assertRaises(ValueError)»: total([-1])\n",
        REFUSE,
    ),
    in_error_test("RF210", 'with pytest.raises(«TypeError», match="negative"): total([-1])'),
    in_error_test("RF210", 'with pytest.raises(«Exception», match="negative"): total([-1])'),
    in_error_test(
        "RF210", 'with pytest.raises(«(ValueError, TypeError)», match="negative"): total([-1])'
    ),
    in_error_test(
        "RF210",
        'with pytest.raises(«ERRORS», match="negative"): total([-1])',
        "ERRORS = (ValueError, KeyError)",
    ),
    in_error_test("RF210", 'with «pytest.raises(match="negative")»: total([-1])'),
    Bad(
        "the base class and a sibling of the module's own exception",
        "RF210",
        "import pytest\nfrom shop.basket import Sealed, total\ndef test_locked():\n"
        '    """ER-locked-basket: x"""\n'
        '    with pytest.raises(«ValueError», match="locked"): total([])\n'
        '    with pytest.raises(«Sealed», match="locked"): total([])\n',
        LOCKED,
    ),
    in_error_test("RF211", 'with pytest.raises(ValueError, match=«"too low"»): total([-1])'),
    in_error_test(
        "RF211", 'with pytest.raises(ValueError, match=«"negative price (cents)"»): total([-1])'
    ),
    in_error_test("RF211", 'with pytest.raises(ValueError, match=«"("»): total([-1])'),
    in_error_test(
        "RF211",
        "with pytest.raises(ValueError, match=«TEXT»): total([-1])",
        'TEXT = "^" + re.escape("Negative")',
    ),
    in_error_test(
        "RF211",
        "with pytest.raises(ValueError) as info: total([-1])\n"
        '    assert str(info.value) == «"negative"»',
    ),
    in_error_test(
        "RF211",
        "expect_error()",
        'def expect_error():\n    with pytest.raises(ValueError, match=«"no"»): total([-1])',
    ),
)


def mean_test(body: str) -> Bad:
    source = (
        "import asyncio\nimport shop.basket as b\nfrom shop.basket import mean\n"
        f'def test_one(self=None):\n    """EC-one-price: x"""\n    {body}\n    assert mean([1])\n'
    )
    return Bad(f"float: {body}", "RF212", source, MEAN)


FLOATS = (
    mean_test("assert «mean([1]) == 1»"),
    mean_test("assert «0.1 + 0.2 == b.sum»"),
    mean_test("assert «b.x == -0.5»"),
    mean_test("assert «b.x == [0.5, 1]»"),
    mean_test("assert «b.x == float('0.5')»"),
    mean_test("result = b.mean([1])\n    assert «result == 1»"),
    mean_test("assert «asyncio.run(mean([1])) == 1»"),
    mean_test("«self.assertEqual(b.x, 0.5)»"),
    mean_test("assert 'é💶' and «b.x == 1 / 3.0»"),
    Bad(
        "one case waives it, the other does not",
        "RF212",
        "from shop.basket import mean\n"
        'def test_one():\n    """EC-one-price: x"""\n    assert mean([1]) == 1.0\n'
        'def test_two():\n    """EC-two-prices: x"""\n    assert mean([1, 2]) == 1.5\n'
        'def test_three():\n    """EC-three-prices: x"""\n    assert «mean([1, 1, 2]) == 4 / 3»\n',
        WAIVING,
    ),
)

PATCHES = (
    in_test("RF213", '«monkeypatch.setattr("shop.basket.total", len)»'),
    in_test("RF213", '«monkeypatch.setattr(basket, "total", len)»'),
    in_test("RF213", '«monkeypatch.delattr(basket, "rounding")»'),
    in_test("RF213", '«monkeypatch.setitem(sys.modules, "shop.basket", None)»'),
    in_test("RF213", '«setattr(basket, "total", len)»'),
    in_test("RF213", '«mock.patch("shop.basket.total")».start()'),
    in_test("RF213", '«patch.object(basket, "total")»'),
    in_test("RF213", '«mock.patch.multiple("shop.basket", total=len)»'),
    in_test("RF213", '«mock.patch.dict("sys.modules", {"shop.basket": None})»'),
    in_test("RF213", '«mocker.patch("shop.basket.helper")»'),
    in_test("RF213", "«basket.total = len»"),
    in_test("RF213", "«del basket.helper»"),
    in_test("RF213", '«basket.__dict__["total"] = len»'),
    in_test("RF213", '«sys.modules["shop.basket"] = None»'),
    in_test("RF213", '«sys.modules.pop("shop.basket", None)»'),
    at_top("RF213", '@«patch("shop.basket.total", len)»\ndef helper(): ...'),
)


def value_test(code: str, body: str, extra: str = "", *, spec: Spec = TOTAL) -> Bad:
    source = (
        f"import pytest\nfrom shop import basket\nfrom shop.basket import total\n{extra}\n"
        f'def «test_empty»():\n    """EC-empty-basket: x"""\n    {body}\n'
    )
    return Bad(f"body: {body} {extra}", code, source, spec)


ASSERTIONS = (
    value_test("RF214", "total([])"),
    value_test("RF214", "result = total([])\n    print(result)"),
    value_test("RF214", "total([]) == 0"),
    value_test("RF214", "total([])\n    assert True"),
    value_test("RF214", "assert (total([]) == 0, 'zero')"),
    value_test("RF214", "run()", "def run(): return total([])"),
    value_test("RF217", "assert [] == []"),
    value_test("RF217", "check([], 0)", "def check(a, b): assert len(a) == b"),
    value_test("RF217", "assert basket.subtotal([]) == 0"),
    Bad(
        "nothing at all",
        "RF214 RF217",
        'def ««test_empty»»():\n    """EC-empty-basket: x"""\n',
    ),
    Bad(
        "a method that is never called",
        "RF217",
        'from shop.basket import Basket\ndef «test_first»():\n    """EC-first-price: x"""\n'
        "    assert Basket([5]).prices == [5]\n",
        ADD,
    ),
)

HELD = "    assert total([]) == 0\n"


def futile(body: str) -> Bad:
    """A test that asserts what it should, and beside it what can never fail."""
    source = (
        "import contextlib, pytest\nfrom contextlib import suppress\n"
        'from shop.basket import total\ndef test_empty():\n    """EC-empty-basket: x"""\n'
        f"{HELD}    result = total([])\n    {body}\n"
    )
    return Bad(f"futile: {body}", "RF218", source)


FUTILE = (
    futile("return\n    «assert result == 0»\n    assert result == 1"),
    futile("if result:\n        return\n        «assert result == 0»"),
    futile("return\n    with «pytest.raises(ValueError)»:\n        total([-1])"),
    futile("for price in []:\n        «assert total([price]) == 0»"),
    futile("for n in range(0):\n        if n:\n            «assert total([n]) == n»"),
    futile("if not __name__:\n        «assert result == 0»"),
    futile("while False:\n        «assert result == 0»"),
    futile("«assert result == 0 or True»"),
    futile("«assert result in (0, result)»"),
    futile("try:\n        «assert result == 0»\n    except Exception:\n        pass"),
    futile(
        "try:\n        «assert result == 0»\n    except (OSError, AssertionError):\n        ..."
    ),
    futile("try:\n        «assert result == 0»\n    except:\n        pass"),
    futile("with suppress(AssertionError):\n        «assert result == 0»"),
    futile("with contextlib.suppress(OSError, Exception):\n        «assert result == 0»"),
)


def unread(rows: str, parameters: str, body: str) -> Bad:
    """A test that is called with the values of its rows."""
    source = (
        "import pytest\nfrom shop.basket import total\n"
        f"@pytest.mark.parametrize({rows})\n"
        f'def test_empty({parameters}):\n    """EC-empty-basket: x"""\n    {body}\n'
    )
    return Bad(f"unread: {rows}", "RF219", source)


UNREAD = (
    unread('("prices", "expected"), [([], 0)]', "prices, «expected»", "assert total(prices) >= 0"),
    unread('"prices, want", [([], 0)]', "prices, *, «want: int»", "assert total(prices) < 9"),
    unread(
        '["prices", "expected_total", "size"], (([], 0, 0),)',
        "prices, «expected_total», size",
        "assert total(prices) == size",
    ),
    unread(
        '("prices", "expected"), [([], 0)], ids=["none"]',
        "prices, «expected»",
        "assert total(prices) == 0\n    expected = 1",
    ),
)

ORDERED = (
    in_test("RF220", "«assert list(map(total, [[1], [2]])) <= [1, 2]»"),
    in_test("RF220", "«assert [1, 2] >= sorted(total([n]) for n in (1, 2))»"),
    in_test("RF220", "«assert [total([1]), total([2])] >= [1, 2]»"),
    in_test("RF220", "result = [total([1])]\n    «assert result <= [1]»"),
    in_test("RF220", "case = unittest.TestCase()\n    «case.assertLessEqual([total([])], [0])»"),
)

DEFINITIONS = (
    at_top("RF215", "def «total»(prices):\n    return sum(prices)"),
    at_top("RF215", "def «total»(p):\n    return p[0] + total(p[1:]) if p else 0"),
    at_top("RF215", "«total» = lambda prices: sum(prices)"),
    in_test("RF215", "«total» = sum"),
    in_test("RF215", "def «total»(prices): return 0"),
    Bad(
        "the class under test",
        "RF215",
        "from shop.basket import Basket\nclass «Basket»:\n    def add(self, price): ...\n"
        'def test_first():\n    """EC-first-price: x"""\n    assert Basket().add(5) is None\n',
        ADD,
    ),
    Bad(
        "the same name twice",
        "RF216",
        PLAIN.replace("test_empty", "«test_empty»") + PLAIN,
    ),
    Bad(
        "the same name twice in a class",
        "RF216",
        "from shop.basket import total\nclass TestA:\n"
        '    async def «test_empty»(self):\n        """EC-empty-basket: x"""\n'
        "        assert total([]) == 0\n"
        '    def test_empty(self):\n        """EC-empty-basket: x"""\n'
        "        assert total([]) == 0\n",
    ),
)

BAD = (
    *SYNTAX,
    *PROSE,
    *IMPORTS,
    *MARKS,
    *LINKS,
    *RAISES,
    *FLOATS,
    *PATCHES,
    *ASSERTIONS,
    *FUTILE,
    *UNREAD,
    *ORDERED,
    *DEFINITIONS,
)


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.title[:60])
def test_the_gate_finds_it_at_its_place(bad: Bad) -> None:
    source, found = findings(bad.source, bad.spec)
    assert {problem.code for problem in found} == set(bad.code.split()), found
    spans = [problem.span for problem in found]
    assert [span.of(source) for span in spans] == [
        span.of(source) for span in marked_spans(bad.source)
    ]
    assert spans == marked_spans(bad.source)
    assert all(problem.severity is Severity.ERROR for problem in found)
