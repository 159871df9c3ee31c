"""The few marks that text output uses, and what stands for them where Unicode cannot be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One mark for each meaning; all are one cell wide and differ without colour."""

    good: str
    bad: str
    unsure: str
    waived: str
    bar: str
    dot: str
    caret: str
    passed: str
    failed: str
    error: str
    cut: str
    not_met: str
    ellipsis: str


UNICODE: Final = Glyphs(
    good="✓",
    bad="✗",
    unsure="?",
    waived="~",
    bar="│",
    dot="·",
    caret="^",
    passed="✓",
    failed="×",  # noqa: RUF001  # chosen because it is no letter
    error="!",
    cut="T",
    not_met="·",
    ellipsis="…",
)
ASCII: Final = Glyphs(
    good="+",
    bad="x",
    unsure="?",
    waived="~",
    bar="|",
    dot="-",
    caret="^",
    passed="P",
    failed="x",
    error="!",
    cut="T",
    not_met=".",
    ellipsis="...",
)
