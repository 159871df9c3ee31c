"""Recall, precision and confusion, from labels and verdicts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redfirst.verification.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benchmarks.accuracy.judging import Judged

ACCUSATIONS: Final = (Verdict.VACUOUS, Verdict.BROKEN, Verdict.CONTRADICTORY)
_WEAK_FLOOR: Final = 0.95
_NOT_JUDGED: Final = "not judged"


@dataclass(frozen=True)
class Recall:
    """How many of some bad tests were caught, by whom, and how many got their very label."""

    total: int
    verification: int
    gate: int
    either: int
    exact: int

    @property
    def share(self) -> float:
        """The part that verification and gate catch together."""
        return self.either / self.total if self.total else 1.0


@dataclass(frozen=True)
class Tally:
    """The figures of the benchmark."""

    judged: tuple[Judged, ...]

    @property
    def bad(self) -> tuple[Judged, ...]:
        """Tests and rows that are labelled as not to be trusted."""
        return tuple(one for one in self.judged if one.is_bad)

    @property
    def good(self) -> tuple[Judged, ...]:
        """Tests and rows that are labelled red."""
        return tuple(one for one in self.judged if not one.is_bad)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of bad tests, in alphabetical order."""
        return tuple(sorted({one.kind for one in self.bad}))

    @property
    def missed(self) -> tuple[Judged, ...]:
        """Bad tests that neither verification nor the gate speaks against."""
        return tuple(one for one in self.bad if not one.caught)

    @property
    def unverified(self) -> tuple[Judged, ...]:
        """Bad tests that verification alone calls red."""
        return tuple(one for one in self.bad if not one.verified_away)

    @property
    def accused(self) -> tuple[Judged, ...]:
        """Good tests that were called vacuous, broken or contradictory, or not judged at all."""
        return tuple(one for one in self.good if one.verdict is None or one.verdict in ACCUSATIONS)

    @property
    def doubted(self) -> tuple[Judged, ...]:
        """Good tests that were called anything but red, or that the gate refused."""
        return tuple(one for one in self.good if one.caught)

    @property
    def precision(self) -> float:
        """Of all that verification does not trust, the part that is bad."""
        said = [one for one in self.judged if one.verified_away]
        return sum(one.is_bad for one in said) / len(said) if said else 1.0

    def of_verdict(self, verdict: Verdict) -> Recall:
        """The recall on tests with this label."""
        return _recall(one for one in self.bad if one.expected is verdict)

    def of_kind(self, kind: str) -> Recall:
        """The recall on bad tests of this kind."""
        return _recall(one for one in self.bad if one.kind == kind)

    @property
    def holds(self) -> bool:
        """No good test is accused, nothing hollow gets away, and hardly anything weak."""
        complete = all(self.of_verdict(verdict).share == 1 for verdict in ACCUSATIONS)
        weak = self.of_verdict(Verdict.WEAK).share >= _WEAK_FLOOR
        return not self.accused and complete and weak

    def confusion(self) -> Counter[tuple[str, str]]:
        """How often a label met a verdict."""
        return Counter((one.expected.value, _said(one)) for one in self.judged)


def _recall(judged: Iterable[Judged]) -> Recall:
    group = tuple(judged)
    return Recall(
        total=len(group),
        verification=sum(one.verified_away for one in group),
        gate=sum(bool(one.gate) for one in group),
        either=sum(one.caught for one in group),
        exact=sum(one.verdict is one.expected for one in group),
    )


def _said(one: Judged) -> str:
    return one.verdict.value if one.verdict else _NOT_JUDGED
