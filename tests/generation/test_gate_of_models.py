"""A module that nobody has read may do less than one that a person wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from redfirst.generation.gate.of_models import check_unread
from redfirst.spec.document import read_spec
from tests.model.shop import GOOD, NO_PRICES, SPEC

CORPUS = Path(__file__).parents[1] / "corpus"
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
    "import os\n    os.remove('x')",
    "open('x', 'w').close()",
    "from pathlib import Path\n    Path('x').unlink()",
    "import json\n    json.codecs.open('x', 'w')",
    "import collections\n    collections._sys.exit()",
    "import pytest\n    pytest.console_main()",
    "import operator\n    operator.attrgetter('__globals__')(total)",
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


def test_a_test_is_given_no_fixture_of_others() -> None:
    """A folder only where the contract speaks of files."""
    test = "def test_it({}) -> None:\n    assert total([1]) == 1\n"
    for asked in ("request", "tmp_path", "shop_of_conftest"):
        assert places(HEAD + test.format(asked)) == [("RF203", None)]
    assert places(HEAD + test.format("monkeypatch, capsys")) == []
    spec = read_spec(SPEC.replace("Sum the prices", "Sum the prices of a file")).spec
    assert spec is not None
    assert check_unread(HEAD + test.format("tmp_path"), spec) == ()


INSPECT = """
function: inspect
module: shop.parcels
signature: "inspect(parcel: Parcel) -> bool"
behavior: Say whether the parcel may be sent.
types:
  Parcel: {vars: int}
"""


@pytest.mark.parametrize(
    ("code", "accused"),
    [
        ("from shop.parcels import Parcel, inspect\nassert inspect(Parcel(vars=1)) is True", False),
        ("from shop import parcels\nassert parcels.inspect(parcels.Parcel(1).vars)", False),
        ("import re\nassert re.compile('a')", False),
        ("import inspect\ninspect.stack()", True),
        ("from shop.parcels import sys\nsys.exit()", True),
        ("from shop import parcels\nparcels.vars(1)", True),
        ("vars(1)", True),
        ("from inspect import stack\nstack()", True),
    ],
)
def test_what_the_spec_describes_may_have_any_name(code: str, *, accused: bool) -> None:
    spec = read_spec(INSPECT).spec
    assert spec is not None
    body = code.replace("\n", "\n    ")
    assert bool(check_unread(f"def test_it() -> None:\n    {body}\n", spec)) is accused


def test_a_name_of_pythons_own_is_never_taken_for_the_functions() -> None:
    spec = read_spec(INSPECT.replace("inspect", "eval")).spec
    assert spec is not None
    taken_back = "from shop.parcels import eval\ndef test_it():\n    global eval\n    del eval\n"
    assert check_unread(f"{taken_back}    eval('1')\n", spec) != ()


@pytest.mark.parametrize(
    "spec", sorted(CORPUS.glob("*/spec.yml")), ids=lambda path: path.parent.name
)
def test_no_good_module_is_accused(spec: Path) -> None:
    """Those of the corpus, which people wrote; a `try` of theirs is allowed to them only."""
    read = read_spec(spec.read_text()).spec
    assert read is not None
    found = check_unread(spec.with_name("honest.py").read_text(), read)
    assert [one.message for one in found if not one.message.startswith("`try`")] == []
