"""Tests that meet all stubs in one process do there what they do in a process for each stub."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from benchmarks.accuracy.corpus import entries
from benchmarks.equality.one_process import cells, compare
from redfirst.spec.document import read_spec
from redfirst.verification.observation import Outcome
from redfirst.verification.repeatable import is_repeatable

if TYPE_CHECKING:
    from benchmarks.equality.one_process import Cells
    from redfirst.spec.model import Spec

SPEC = """
function: total
module: shop.total
signature: "total(prices: list[int]) -> int"
behavior: Sum the prices, which are integer cents.
edge_cases:
  - case: no prices -> zero
    id: EC-none
    examples: [{call: "total([])", returns: 0}]
"""
# On the stub that returns one, in two ways: for ever, and deeper than the stack.
HANGS = "while found == 1:\n        pass"
DIES = (
    "while found == 1:\n        found = [0]\n        for _ in range(10**6):\n"
    "            found = filter(None, found)\n        list(found)"
)
ENDING = '''
from shop.total import total

def test_before():
    """EC-none: no prices -> zero"""
    assert total([]) == 0

def test_ending():
    """EC-none: no prices -> zero"""
    found = total([])
    {}
    assert found == 0

def test_after():
    """EC-none: no prices -> zero"""
    assert total([]) == 0
'''
REMEMBERS = '''
from shop.total import total
SEEN = []

def test_it():
    """EC-none: no prices -> zero"""
    SEEN.append(1)
    assert len(SEEN) == 1
    assert total([]) == 0
'''


@pytest.fixture(autouse=True)
def _seed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sets are printed in the same order in every process."""
    monkeypatch.setenv("PYTHONHASHSEED", "0")


def spec_of(text: str) -> Spec:
    spec = read_spec(text).spec
    assert spec is not None
    return spec


@pytest.mark.parametrize("name", ["basket", "names"])
@pytest.mark.parametrize("module", ["honest", "zoo"])
def test_modules_of_the_corpus(name: str, module: str) -> None:
    (entry,) = entries(name)
    source = {"honest": entry.honest, "zoo": entry.zoo}[module]
    compared = asyncio.run(compare(source, spec_of(entry.spec)))
    assert compared.accepted
    assert compared.cells > compared.accepted
    assert compared.differences == ()


@pytest.mark.parametrize(
    ("statement", "outcome", "limit"),
    [(HANGS, Outcome.TIMEOUT, 2.0), (DIES, Outcome.LOST, 60.0)],
    ids=["hangs", "dies"],
)
def test_one_that_never_comes_to_its_end(statement: str, outcome: Outcome, limit: float) -> None:
    source, spec = ENDING.format(statement), spec_of(SPEC)
    assert is_repeatable(source, spec)
    together = forwards(asyncio.run(cells(source, spec, limit, is_repeatable=True)))
    apart = forwards(asyncio.run(cells(source, spec, limit, is_repeatable=False)))
    assert together == apart
    assert together["test_it.py::test_ending", "filled", "forwards"].outcome is outcome
    for test in ("test_before", "test_after"):
        assert together[f"test_it.py::{test}", "filled", "forwards"].outcome is Outcome.FAILED
        assert together[f"test_it.py::{test}", "witness", "forwards"].outcome is Outcome.PASSED


def test_a_module_that_remembers_must_not_be_met_in_one_process() -> None:
    """Nor does it have to: this is what the proof is for."""
    spec = spec_of(SPEC)
    assert not is_repeatable(REMEMBERS, spec)
    place = ("test_it.py::test_it", "witness", "forwards")
    together = asyncio.run(cells(REMEMBERS, spec, 10.0, is_repeatable=True))
    apart = asyncio.run(cells(REMEMBERS, spec, 10.0, is_repeatable=False))
    assert apart[place].outcome is Outcome.PASSED
    assert together[place].outcome is Outcome.FAILED


def forwards(seen: Cells) -> Cells:
    """A repeat may be spared when the end of the process is known by then, or come before it."""
    return {cell: one for cell, one in seen.items() if cell[2] == "forwards"}
