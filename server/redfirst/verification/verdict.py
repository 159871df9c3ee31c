"""What verification says of one test."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from redfirst.spec.codes import Code


class Verdict(StrEnum):
    """Only `RED` is trusted."""

    RED = "red"
    VACUOUS = "vacuous"
    WEAK = "weak"
    BROKEN = "broken"
    CONTRADICTORY = "contradictory"
    INCONCLUSIVE = "inconclusive"
    UNSTABLE = "unstable"


VERDICT_CODES: Final = {
    Verdict.VACUOUS: Code.VACUOUS,
    Verdict.WEAK: Code.WEAK,
    Verdict.BROKEN: Code.BROKEN,
    Verdict.CONTRADICTORY: Code.CONTRADICTORY,
    Verdict.INCONCLUSIVE: Code.INCONCLUSIVE,
    Verdict.UNSTABLE: Code.UNSTABLE,
}
"""The finding that each verdict but red is."""
