"""Counts what was said of the assertions, against what their syntax trees say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.verification.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Judged:
    """One assertion with its verdict; `None` when verification did not reach it."""

    task_id: str
    test: str
    constant: bool
    verdict: Verdict | None
    reason: str = ""


@dataclass(frozen=True)
class Tally:
    """The figures of the benchmark."""

    judged: tuple[Judged, ...]

    @property
    def false_accusations(self) -> tuple[Judged, ...]:
        """Legitimate assertions that were called vacuous."""
        return tuple(
            one for one in self.judged if not one.constant and one.verdict is Verdict.VACUOUS
        )

    @property
    def missed(self) -> tuple[Judged, ...]:
        """Constant assertions that were not called vacuous."""
        return tuple(
            one for one in self.judged if one.constant and one.verdict is not Verdict.VACUOUS
        )

    @property
    def doubted(self) -> tuple[Judged, ...]:
        """Legitimate assertions that were called anything but red."""
        return tuple(
            one for one in self.judged if not one.constant and one.verdict is not Verdict.RED
        )

    @property
    def unjudged(self) -> tuple[Judged, ...]:
        """Assertions that verification did not reach."""
        return tuple(one for one in self.judged if one.verdict is None)

    @property
    def holds(self) -> bool:
        """All are judged, no legitimate assertion is accused, and no constant one gets away."""
        return not (self.unjudged or self.false_accusations or self.missed)

    def table(self) -> str:
        """Verdicts down, constant and legitimate assertions across."""
        constant = _verdicts(one for one in self.judged if one.constant)
        legitimate = _verdicts(one for one in self.judged if not one.constant)
        names = [*(verdict.value for verdict in Verdict), _NOT_JUDGED]
        rows = [
            ("", "constant", "legitimate"),
            *((name, constant[name], legitimate[name]) for name in names),
            ("all", constant.total(), legitimate.total()),
        ]
        return "\n".join(f"{name:<14}{left:>10}{right:>12}" for name, left, right in rows)

    def summary(self) -> str:
        """The promises in words."""
        return (
            f"{len(self.judged)} assertions\n"
            f"{len(self.false_accusations)} legitimate assertions called vacuous (must be 0)\n"
            f"{len(self.missed)} constant assertions not caught (must be 0)\n"
            f"{len(self.unjudged)} assertions not judged (must be 0)"
        )


_NOT_JUDGED = "not judged"


def _verdicts(judged: Iterable[Judged]) -> Counter[str]:
    return Counter(one.verdict.value if one.verdict else _NOT_JUDGED for one in judged)
