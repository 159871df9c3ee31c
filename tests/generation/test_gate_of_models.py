"""A module that nobody has read may do less than one that a person wrote."""

from __future__ import annotations

import pytest

from redfirst.generation.gate.of_models import check_unread
from redfirst.spec.document import read_spec
from tests.model.shop import GOOD, NO_PRICES, SPEC

HEAD = "from shop.total import total\n"
AT_IMPORT = [
    "__import__('os').system('true')",
    "print(total)",
    "if True:\n    import re",
    "for one in ():\n    pass",
    "with open('x'):\n    pass",
    "try:\n    import re\nexcept ImportError:\n    re = None",
]
INSIDE = [
    "__import__('os').system('true')",
    "eval('1')",
    "getattr(total, 'x')",
    "total.__globals__",
    "().__class__.__subclasses__()",
    "import importlib",
    "from importlib import import_module",
    "import builtins as b",
    "try:\n        total([])\n    except OSError:\n        pass",
]


def places(module: str) -> list[tuple[str, str | None]]:
    spec = read_spec(SPEC).spec
    assert spec is not None
    return [(one.code.value, one.case) for one in check_unread(module, spec)]


def test_a_good_module_may_do_all_that_it_needs() -> None:
    table = '@pytest.mark.parametrize("price", [1, 2])\n'
    assert places(GOOD.replace("def test_no", f"{table}def test_no")) == []
    assert places(f'"""Tests."""\n{HEAD}ONE: int = 1\nTWO = 2\n') == []


@pytest.mark.parametrize("code", AT_IMPORT)
def test_nothing_runs_when_it_is_imported(code: str) -> None:
    assert ("RF203", None) in places(f"{HEAD}{code}\n")


@pytest.mark.parametrize("code", INSIDE)
def test_nothing_reaches_around_the_rules(code: str) -> None:
    found = places(HEAD + NO_PRICES.replace("assert total([]) == 0", code))
    assert ("RF203", "EC-no-prices") in found
