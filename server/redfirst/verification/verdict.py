"""What verification says of one test."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """Only `RED` is trusted."""

    RED = "red"
    VACUOUS = "vacuous"
    WEAK = "weak"
    BROKEN = "broken"
    CONTRADICTORY = "contradictory"
    INCONCLUSIVE = "inconclusive"
    UNSTABLE = "unstable"
