"""Which functions and cases a few letters find, the best first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from redfirst.spec.ide.search import rank, searchable

if TYPE_CHECKING:
    from redfirst.spec.ide.outline import Symbol

SPEC = """\
function: reconcile_batch
types:
  Entry: {id: str}
edge_cases:
  - both sides empty -> nothing
  - case: total is zero -> zero
    id: EC-zero
errors:
  - negative total -> raise ValueError("negative")
"""


def found(query: str, text: str = SPEC) -> list[str]:
    ranked: list[tuple[int, Symbol]] = []
    for symbol in searchable(text):
        fit = rank(query, symbol)
        if fit is not None:
            ranked.append((fit, symbol))
    return [symbol.name for _, symbol in sorted(ranked, key=lambda each: each[0])]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("recon", ["reconcile_batch"]),
        ("BATCH", ["reconcile_batch"]),
        ("rcba", ["reconcile_batch"]),
        ("ec-z", ["EC-zero"]),
        ("sides EC", ["EC-both-sides-empty"]),
        ("total", ["ER-negative-total", "EC-zero"]),
        ("Entry", []),
        ("", ["reconcile_batch", "EC-both-sides-empty", "EC-zero", "ER-negative-total"]),
    ],
)
def test_by_name_by_letters_by_text(query: str, names: list[str]) -> None:
    assert found(query) == names


@pytest.mark.parametrize("text", ["", "- a", "function: [", "edge_cases:\n  - zero -> ze"])
def test_half_typed_specs_say_what_they_can(text: str) -> None:
    assert found("zero", text) == (["EC-zero"] if "zero" in text else [])
