"""Figures as rows of a table: the median stands before the least and the most."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.speed.timing import Figure

_ROW = "{:<28}{:>17}  {:<32}{:>17}  {:>20}{:>7}{:>6}  {}"


def head() -> str:
    """The line above the rows."""
    return _ROW.format("what", "ms", "rival", "ms", "ratio", "bound", "aim", "").rstrip()


def row(figure: Figure) -> str:
    """Ours, the rival's, their ratio, and whether it holds."""
    verdict = "holds" if figure.holds else "FAILS"
    return _ROW.format(
        figure.name,
        spread([1000 * one for one in figure.ours], 0),
        figure.rival,
        spread([1000 * one for one in figure.theirs], 0),
        spread(figure.ratios, 2),
        _optional(figure.bound),
        _optional(figure.aim),
        "" if figure.bound is None else verdict,
    ).rstrip()


def spread(values: Sequence[float], digits: int) -> str:
    """The median, and between brackets the least and the most."""
    middle, least, most = statistics.median(values), min(values), max(values)
    return f"{middle:.{digits}f} ({least:.{digits}f}-{most:.{digits}f})"


def _optional(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
