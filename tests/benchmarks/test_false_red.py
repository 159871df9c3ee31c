"""Weakened tests must not come out red: a short sample; `make false-red` runs a thousand."""

from __future__ import annotations

import ast
import asyncio
from typing import TYPE_CHECKING

import pytest

from benchmarks.accuracy.corpus import entries
from benchmarks.false_red.__main__ import judge_mutants
from benchmarks.false_red.judging import chosen_mutants
from benchmarks.false_red.mutants import module_with, mutants
from benchmarks.false_red.wrong import wrong_implementations

if TYPE_CHECKING:
    from pathlib import Path

MODULE = '''
import pytest
from shop.total import total

@pytest.mark.parametrize("row", [1])
def test_sum(row):
    """EC-sum: prices -> their sum"""
    assert total([row]) == 1

class TestErrors:
    def test_negative(self):
        """ER-negative: negative -> raise ValueError("negative")"""
        with pytest.raises(ValueError, match="negative"):
            total([-1])
'''

# They keep one assertion that some stub fails, on a call or a field that no example tells of.
KNOWN = {
    ("test_unknown_in_an_empty_catalog", "compared with itself"),
    ("test_whole", "early return"),
}


def bodies(kind: str) -> list[str]:
    """What the weakened tests of that kind do."""
    return [
        " ".join("\n".join(map(ast.unparse, function.body[1:])).split())
        for one in mutants(MODULE, "total")
        if one.kind == kind
        and isinstance(function := ast.parse(one.source).body[0], ast.FunctionDef)
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("assertion dropped", ["pass"]),
        ("loosened to not None", ["assert total([row]) is not None"]),
        ("loosened to isinstance", ["assert isinstance(total([row]), type(1))"]),
        ("loosened to >=", ["assert total([row]) >= 1"]),
        (
            "call removed",
            ["assert 1 == 1", "with pytest.raises(ValueError, match='negative'): pass"],
        ),
        ("loop over nothing", ["for _ in []: assert total([row]) == 1"]),
        ("raises widened", ["with pytest.raises(Exception, match='negative'): total([-1])"]),
        ("match removed", ["with pytest.raises(ValueError): total([-1])"]),
        ("patched target", ["total = lambda *_, **__: 1 assert total([row]) == 1"]),
    ],
)
def test_each_mutation_weakens_in_its_own_way(kind: str, expected: list[str]) -> None:
    assert bodies(kind)[: len(expected)] == expected


def test_mutants_stand_beside_their_originals_under_names_of_their_own() -> None:
    chosen = mutants(MODULE, "total")
    source, names = module_with(MODULE, chosen)
    found = [one.name for one in ast.walk(ast.parse(source)) if isinstance(one, ast.FunctionDef)]
    assert len(names) == len(chosen)
    assert set(found) == {"test_sum", "test_negative", *names}
    assert len(found) == len(set(found))


def test_a_wrong_implementation_differs_in_one_place() -> None:
    right = "def f(x):\n    if x < 2:\n        raise ValueError('small')\n    return x + 1\n"
    wrong = wrong_implementations(right)
    for change in ("x <= 2", "not x < 2", "x < 3", "'small?'", "RuntimeError", "x - 1", "x + 2"):
        assert any(change in text for text in wrong), change
    assert right not in wrong


def test_the_same_seed_draws_the_same_mutants() -> None:
    once = chosen_mutants(entries("ticket", "price"), 20, seed=7)
    again = chosen_mutants(entries("ticket", "price"), 20, seed=7)
    assert once == again
    assert once != chosen_mutants(entries("ticket", "price"), 20, seed=8)
    assert sum(map(len, once.values())) == 20


def test_a_weakened_test_that_accepts_wrong_behaviour_is_not_trusted(tmp_path: Path) -> None:
    judged = asyncio.run(judge_mutants(tmp_path, ["price", "wallet"], 50, seed=3))
    assert sum(one.accepts_wrong for one in judged) >= 8, "the sample is of no use"
    false = {(one.mutant.original, one.mutant.kind) for one in judged if one.is_false_red}
    assert false <= KNOWN
