"""How many of the changes to an implementation its tests notice, and whether that is enough."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from redfirst.coverage.measurement import Share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from redfirst.coverage.mutation.mutant import Mutant


class Fate(StrEnum):
    """What became of a mutant."""

    NOTICED = "noticed"  # a test failed on it
    TIMED_OUT = "timed_out"  # a test did not end on it, which is noticed, too
    SURVIVED = "survived"  # every test that reaches it passed on it
    WAIVED = "waived"  # a person says that no test needs to notice
    NOT_RUN = "not_run"  # nothing can be said


@dataclass(frozen=True, slots=True)
class Tried:
    """A mutant and its fate. `test` is the node id of the test that noticed it, `reason` why it was
    waived or could not be run.
    """

    mutant: Mutant
    fate: Fate
    test: str | None = None
    reason: str = ""


def counts(tried: Sequence[Tried]) -> Mapping[Fate, int]:
    """How many mutants came to which end; one that none came to is there, with 0."""
    counted = Counter(one.fate for one in tried)
    return {fate: counted[fate] for fate in Fate}


def noticed(tried: Sequence[Tried]) -> Share:
    """Those that were noticed, of all that were not waived."""
    ends = counts(tried)
    return Share(ends[Fate.NOTICED] + ends[Fate.TIMED_OUT], len(tried) - ends[Fate.WAIVED])


@dataclass(frozen=True)
class StrengthResult:
    """What the tests of one function notice of the changes to the implementation at `path`.

    `threshold` is the percentage that the gate asks for, `None` when there is no gate.
    `implementation` and `tests` are the SHA-256 of the texts that this is about, and of no others.
    """

    path: str
    threshold: float | None
    tried: tuple[Tried, ...]
    implementation: str
    tests: str

    @cached_property
    def counts(self) -> Mapping[Fate, int]:
        """How many mutants came to which end; one that none came to is there, with 0."""
        return counts(self.tried)

    @property
    def share(self) -> Share:
        """Those that were noticed, of all that were not waived."""
        return noticed(self.tried)

    @property
    def survivors(self) -> tuple[Mutant, ...]:
        """The mutants that no test noticed, in the order of the source."""
        return tuple(one.mutant for one in self.tried if one.fate is Fate.SURVIVED)

    @property
    def holds(self) -> bool:
        """There is no gate, or the share reaches it; compared exactly, never rounded up."""
        return self.threshold is None or self.share.percent >= self.threshold


def is_weaker(before: Share, after: Share) -> bool:
    """Whether tests hold a rewritten text less than the one before: more goes unnoticed, in number
    and in proportion.

    A shorter text has fewer changes to notice, so that the same one that slips through weighs more.
    """
    more_slip_through = after.total - after.reached > before.total - before.reached
    return more_slip_through and after.percent < before.percent
