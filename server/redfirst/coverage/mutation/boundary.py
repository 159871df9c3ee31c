"""Where two comparisons differ that differ by a boundary: `<` and `<=`."""

from __future__ import annotations

import ast
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from redfirst.coverage.conditions import written
from redfirst.coverage.mutation.source_text import SourceText

if TYPE_CHECKING:
    from redfirst.coverage.mutation.mutant import Mutant

_BOUNDARIES: Final = ({"<", "<="}, {">", ">="})


def boundary(source: str, mutant: Mutant) -> str | None:
    """What holds just where the mutant of `source` behaves in another way: `a == b`. `None` for
    mutants of another kind.
    """
    if {mutant.before, mutant.after} not in _BOUNDARIES:
        return None
    text = SourceText(source)
    for node in ast.walk(text.tree):
        if not isinstance(node, ast.Compare):
            continue
        for left, right in pairwise([node.left, *node.comparators]):
            if text.span(left).end <= mutant.span.start < mutant.span.end <= text.span(right).start:
                return f"{written(left, source)} == {written(right, source)}"
    return None
