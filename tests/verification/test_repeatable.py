"""Tests share a process only where it is plain that they leave nothing behind in it."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from redfirst.spec.document import read_spec
from redfirst.verification.repeatable import is_repeatable

SPEC = """
function: total
module: shop.total
signature: "total(items: list[Item], shade: Shade = Shade.RED) -> int"
behavior: Sum the prices, which are integer cents.
types:
  Item: {price_cents: int, parts: "list[int] = []"}
  Shade: {enum: {RED: 1, BLUE: 2}}
edge_cases:
  - case: no items -> zero
    id: EC-none
    examples: [{call: "total([])", returns: 0}]
errors:
  - case: negative -> raise ValueError("negative")
    id: ER-negative
"""
IMPORTS = "import pytest\nfrom shop.total import Item, Shade, total\n"
ROWS = '@pytest.mark.parametrize("row", [{}])\ndef test_it(row):\n    '

# Each is the body of one test; or a module, to which the imports are added.
REPEATABLE = {
    "call": "assert total([Item(1), Item(price_cents=2, parts=[])]) == 3",
    "local state": "seen = []\nfor one in [1, 2]:\n    seen.append(one)\nassert len(seen) == 2",
    "raises": "with pytest.raises(ValueError, match='x') as e:\n    total([])\nassert e.value.args",
    "approx": "assert total([]) == pytest.approx(0)",
    "closure": "def twice(x=2):\n    return [x] * 2\nassert [y for y in twice() if (z := y)]",
    "lambda": "assert sorted([Item(1)], key=lambda one: one.price_cents)",
    "f-string": "name = 'x'\nassert f'{total([])!r:>{3}} {name.upper()}'",
    "match": "match Item(1):\n    case Item(price_cents=p):\n        assert p",
    "try": "try:\n    total([])\nexcept ValueError as error:\n    assert str(error)",
    "own container": "box = {}\nbox['x'] = 1\nbox |= {'y': 2}\ndel box['x']",
    "stars": "first, *rest = [1, 2]\nassert total(*[rest], **{'shade': Shade.RED}) == 1",
    "enum": "assert Shade.RED.value == 1",
    "future": "from __future__ import annotations\nimport pytest\ndef test_it() -> None: pass",
    "pure modules": (
        "import math, re\nfrom decimal import Decimal as D\nfrom itertools import count\n"
        "def test_it(): assert math.inf and re.escape('x') and D('1').quantize(D(1)) and count()"
    ),
    "plain rows": ROWS.format("(1, 'x'), (-2, None)") + "row = [row]; row.append(total(row))",
    "rows of lists": ROWS.format("[1], {'x': [2]}, Item(3)") + "assert total(row) == sum(row)",
    "named rows": ROWS.format("pytest.param([1], id='x'), Shade.RED") + "total(row)",
    "two decorators": (
        "@pytest.mark.parametrize('a', [[1], [2]], ids=['x', 'y'])\n"
        "@pytest.mark.parametrize(('b', 'c'), [(1, 2)])\n"
        "def test_it(a: list[int], b: 'int | None', c) -> None: assert total(a) == b + c"
    ),
}
NOT = {
    # What stands in the module.
    "constant": "CACHE = []\ndef test_it(): CACHE.append(1)",
    "class": "class TestIt:\n    seen = []\n    def test_it(self): self.seen.append(1)",
    "helper": "def helper(seen=[]): seen.append(1)\ndef test_it(): helper()",
    "setup": "def setup_module(): pass\ndef test_it(): pass",
    "default": "def test_it(seen=[]): seen.append(1)",
    "fixture": "@pytest.fixture(scope='module')\ndef box(): return []\ndef test_it(box): pass",
    "unknown argument": "def test_it(tmp_path): pass",
    "unknown decorator": "@pytest.mark.usefixtures('x')\ndef test_it(): pass",
    "annotation": "def test_it() -> (CACHE := []): CACHE.append(1)",
    "annotated argument": ROWS.format("1").replace("(row)", "(row: (C := []))") + "C.append(1)",
    "async": "async def test_it(): pass",
    "undefined": "assert CACHE",
    # What may be imported.
    "other module": "import os\ndef test_it(): os.environ['X'] = '1'",
    "other package": "from shop import cart\ndef test_it(): cart.add(1)",
    "relative": "from .helpers import box\ndef test_it(): box.append(1)",
    "everything": "from shop.total import *\ndef test_it(): pass",
    "inside a test": "import math",
    "module in a pure one": "from uuid import os\ndef test_it(): os.environ['X'] = '1'",
    "module of a pure one": "import dataclasses\ndef test_it(): dataclasses.sys.path.append('x')",
    "private of the stub": "from shop.total import _pathlib as p\ndef test_it(): p.Path()",
    "another name of pytest": "import pytest as p\ndef test_it(): p.MonkeyPatch().setenv('X', '1')",
    "marks": "pytest.mark._config.stash",
    "another name of a module": "import decimal\ndef test_it():\n    d = decimal\n    d.x",
    "registry": "from collections import abc\ndef test_it(): abc.Sized.register(Item)",
    "random": "import statistics\ndef test_it(): assert statistics.random.random()",
    "samples": "from statistics import NormalDist\ndef test_it(): NormalDist().samples(1)",
    "changes a class": "from dataclasses import dataclass\ndef test_it(): dataclass(Item)",
    "marks a class": "from typing import final\ndef test_it(): final(Item)",
    "context": "import decimal\ndef test_it(): decimal.getcontext().prec = 3",
    "default context": "import decimal\ndef test_it(): decimal.DefaultContext.traps['x'] = True",
    "time-based": "from uuid import uuid1\ndef test_it(): assert uuid1()",
    # How something shared could be reached.
    "attribute of a class": "Item.seen = True",
    "attribute of a class by name": "setattr(Item, 'seen', True)",
    "attribute of the function": "total.calls = 1",
    "target of with": "with pytest.raises(ValueError) as Item.caught:\n    total([])",
    "target of for": "for Item.x in [1]: pass",
    "deleted": "del Item.price_cents",
    "renamed class": "kind = Item\nkind.seen = True",
    "globals": "globals()['x'] = 1",
    "global": "global x\nx = 1",
    "dunder": "total.__globals__['x'] = 1",
    "getattr": "getattr(total, '__globals__')['x'] = 1",
    "attrgetter": (
        "from operator import attrgetter\ndef test_it(): attrgetter('__globals__')(total)['x'] = 1"
    ),
    "formatter": "import string\ndef test_it(): string.Formatter().get_field('0.x', [total], {})",
    "class pattern": "match total:\n    case object(__globals__=found):\n        found['x'] = 1",
    "frame of a generator": "(x for x in []).gi_frame.f_globals['x'] = 1",
    "frame of an error": (
        "with pytest.raises(ValueError) as e:\n    total([])\ne.tb.tb_frame.f_globals['x'] = 1"
    ),
    "class of its own": "class Mine: pass",
    "generator": "yield 1",
    "metaclass": "type('Mine', (), {})",
    "eval": "eval('1')",
    "eval by another name": "run = eval\nrun('1')",
    "shadowed for another": "def inner():\n    open = 1\nopen('x', 'w')",
    "ends the session": "raise KeyboardInterrupt",
    "catches everything": "try:\n    total([])\nexcept BaseException: pass",
    "file": "open('x', 'w').write('x')",
    # Rows: every stub meets the same objects.
    "row appended to": ROWS.format("[1]") + "row.append(2)",
    "row by index": ROWS.format("[1]") + "row[0] = 2",
    "row in place": ROWS.format("[1]") + "row += [2]",
    "row deleted from": ROWS.format("[1]") + "del row[0]",
    "row in a loop's head": ROWS.format("[1]") + "for row[0] in [2]: pass",
    "row as target of with": ROWS.format("[1]") + "with pytest.raises(ValueError) as row[0]: pass",
    "result that is the row": ROWS.format("[1]") + "total(row).append(2)",
    "bound method": ROWS.format("[1]") + "push = row.append\n    push(2)",
    "bound method passed on": ROWS.format("[1]") + "list(map(row.append, [2]))",
    "bound method as a key": ROWS.format("[1]") + "sorted([2], key=row.append)",
    "unbound method": ROWS.format("[1]") + "list.append(row, 2)",
    "unbound method passed on": ROWS.format("[1]") + "any(map(list.append, [row], [2]))",
    "helper on a row": ROWS.format("[1]") + "def add(x): x.append(2)\n    add(row)",
    "lambda on a row": ROWS.format("[1]") + "(lambda: row.append(2))()",
    "operator": ("from operator import setitem\n" + ROWS.format("[1]") + "setitem(row, 0, 2)"),
    "method caller": (
        "from operator import methodcaller\n"
        + ROWS.format("[1]")
        + "m = methodcaller('append', 1)\n    m(row)"
    ),
    "iterator among rows": ROWS.format("iter([1])") + "assert list(row)",
    "counter among rows": ("from itertools import count\n" + ROWS.format("count()") + "next(row)"),
    "default dict among rows": (
        "from collections import defaultdict\n" + ROWS.format("defaultdict(list)") + "row['x']"
    ),
    "map among rows": ROWS.format("map(str, [1])") + "assert list(row)",
    "comprehension among rows": ROWS.format("*[[x] for x in 'ab']") + "assert row",
    "rows by name": "@pytest.mark.parametrize('row', ROWS)\ndef test_it(row): pass",
    "walrus in rows": ROWS.format("(R := [1])") + "R.append(1)",
    "mark of a row": ROWS.format("pytest.param(1, marks=pytest.mark.xfail)") + "assert row",
    "indirect": "@pytest.mark.parametrize('r', [1], indirect=True)\ndef test_it(r): pass",
}


def check(text: str, spec: str = SPEC) -> bool:
    """What is said of a module, or of a test with that body."""
    source = (
        text if "def test_it" in text else "def test_it():\n    " + text.replace("\n", "\n    ")
    )
    if "__future__" not in text:
        source = IMPORTS + source
    ast.parse(source)
    read = read_spec(dedent(spec)).spec
    assert read is not None
    return is_repeatable(source, read)


@pytest.mark.parametrize("name", REPEATABLE)
def test_what_leaves_nothing_behind(name: str) -> None:
    assert check(REPEATABLE[name])


@pytest.mark.parametrize("name", NOT)
def test_what_could(name: str) -> None:
    assert not check(NOT[name])


SHARED = {
    "default of a parameter": ("shade: Shade = Shade.RED", "seen: list[int] = []"),
    "import of the spec": ("types:", "imports: [import os]\ntypes:"),
    "name in a pure module": ("types:", "imports: [from decimal import getcontext]\ntypes:"),
    "context in an example": (
        SPEC[SPEC.index("types:") :],
        SPEC[SPEC.index("types:") :].replace("returns: 0", "returns: decimal.getcontext().prec")
        + "imports: [import decimal]",
    ),
    "error that ends the session": ("raise ValueError", "raise SystemExit"),
    "coroutine": ('"total(', '"async total('),
}


@pytest.mark.parametrize("name", SHARED)
def test_a_spec_whose_stubs_could_remember(name: str) -> None:
    harmless, shared = SHARED[name]
    assert harmless in SPEC
    assert not check("assert total([]) == 0", SPEC.replace(harmless, shared))


def test_rows_are_not_left_alone_by_a_function_with_effects() -> None:
    rows = ROWS.format("[1]") + "total(row)"
    effects = SPEC.replace("-> int", "-> None").replace("returns: 0", "returns: null")
    assert check(rows)
    assert not check(rows, effects)
    assert check(ROWS.format("1") + "total([row])", effects)
