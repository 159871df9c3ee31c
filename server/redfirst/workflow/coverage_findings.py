"""What coverage says, as findings: gaps inline, and the gate."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from redfirst.coverage.measurement import GapKind
from redfirst.spec.codes import Code
from redfirst.spec.problem import Severity
from redfirst.spec.ranges import Span
from redfirst.workflow.report import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.coverage.measurement import CoverageResult, Gap, Share
    from redfirst.spec.ranges import LineIndex, TextRange

_CODES: Final = {GapKind.LINES: Code.LINE_GAP, GapKind.BRANCH: Code.BRANCH_GAP}


def coverage_findings(result: CoverageResult, lines: LineIndex) -> Iterator[Finding]:
    """RF402 and RF403 for the gaps, and RF404 when a complete run misses the threshold.

    `lines` are those of the implementation. A run that is not complete has no gate to fail: what
    kept it from its end is the finding.
    """
    for gap in result.gaps:
        place = _range(gap, lines)
        yield Finding(code_of(gap), Severity.INFORMATION, about_gap(gap), result.path, place)
    if result.complete and not result.reaches_threshold:
        yield Finding(Code.GATE, Severity.ERROR, _gate(result), result.path)


def code_of(gap: Gap) -> Code:
    """The code under which a gap is reported."""
    return _CODES[gap.kind]


def about_gap(gap: Gap) -> str:
    """What is not reached, and what to do about it."""
    said = f"{gap.text[:1].upper()}{gap.text[1:]}."
    return f"{said} Add a case for it to the spec, or take the code out."


def _range(gap: Gap, lines: LineIndex) -> TextRange:
    first, last = (lines.line_span(min(at, lines.line_count) - 1) for at in (gap.first, gap.last))
    written = first.of(lines.text)
    indent = len(written) - len(written.lstrip())
    return lines.range(Span(first.start + indent, last.end))


def _gate(result: CoverageResult) -> str:
    return (
        f"The tests reach {_percent(result.lines)} of the lines and {_percent(result.branches)} of "
        f"the branches of `{result.path}`; the gate asks for {result.threshold:g} %. "
        "Add a case for each gap to the spec, generate, see it red, and run again."
    )


def _percent(share: Share) -> str:
    """Rounded down: 94.96 % must not look like 95 %."""
    return f"{math.floor(share.percent * 10) / 10:g} % ({share.reached} of {share.total})"
