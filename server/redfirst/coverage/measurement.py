"""Coverage of one implementation as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was measured of one file. Lines count from 1, as coverage.py and editors show them.

    A branch is `(from, to)`; a negative `to` leaves the function or module that begins at
    line `-to` (coverage.py's convention). `tests_by_line` maps a line to the node ids that ran it.
    """

    statements: frozenset[int]
    excluded: frozenset[int]
    missing: frozenset[int]
    branches: frozenset[tuple[int, int]]
    missing_branches: frozenset[tuple[int, int]]
    tests_by_line: Mapping[int, frozenset[str]]


NOTHING: Final = Measurement(
    frozenset(), frozenset(), frozenset(), frozenset(), frozenset(), MappingProxyType({})
)


class GapKind(StrEnum):
    """Whether lines were never run, or a branch never taken."""

    LINES = "lines"
    BRANCH = "branch"


@dataclass(frozen=True, slots=True)
class Gap:
    """Lines `first` to `last` (inclusive, from 1) that no passing test reaches, or a branch at
    `first` that none takes; `text` says it in words: "`else` of line 69 never taken". `enters`
    tells whether that branch goes into the body of its statement; `None` where it is no branch, or
    that is not plain.
    """

    kind: GapKind
    first: int
    last: int
    text: str
    enters: bool | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Share:
    """`reached` of `total`; an empty total counts as everything reached."""

    reached: int
    total: int

    @property
    def percent(self) -> float:
        """From 0 to 100."""
        return 100.0 if self.total == 0 else 100.0 * self.reached / self.total


@dataclass(frozen=True, slots=True)
class CoverageResult:
    """Coverage of the implementation at `path` (relative to the project), judged by the gate.

    `lines_by_case` maps the id of a case to the lines that its tests run. `complete` is false when
    the run was not green to its end: it shows gaps, but proves nothing.
    """

    path: str
    lines: Share
    branches: Share
    threshold: float
    gaps: tuple[Gap, ...]
    lines_by_case: Mapping[str, tuple[int, ...]]
    complete: bool = True

    @property
    def reaches_threshold(self) -> bool:
        """Lines and branches both do; compared exactly, never rounded up."""
        return self.lines.percent >= self.threshold and self.branches.percent >= self.threshold

    @property
    def holds(self) -> bool:
        """A complete run reached the threshold."""
        return self.complete and self.reaches_threshold
