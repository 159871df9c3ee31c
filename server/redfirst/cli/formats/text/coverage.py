"""What a run on the implementation reached, what it did not, and whether the gate holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from redfirst.cli.formats.text.visible import visible

if TYPE_CHECKING:
    from redfirst.cli.formats.text.glyphs import Glyphs
    from redfirst.coverage.measurement import CoverageResult, Share


def coverage_section(result: CoverageResult, glyphs: Glyphs) -> Text:
    """Shares, gaps and the gate line."""
    lines = [_shares(result)]
    for gap in result.gaps:
        where = f"  {visible(result.path)}:{gap.first}"
        lines.append(Text.assemble((where, "bold"), f" {visible(gap.text)}"))
    lines.append(_gate(result, glyphs))
    return Text("\n").join(lines)


def percent(share: Share) -> str:
    """Rounded down to a tenth, so that a share below the threshold never looks as if it held."""
    return f"{int(share.percent * 10 + 1e-9) / 10:.1f} %"


def _shares(result: CoverageResult) -> Text:
    lines, branches = result.lines, result.branches
    return Text.assemble(
        ("  coverage ", "dim"),
        f"{percent(lines)} of lines ",
        (f"({lines.reached} of {lines.total})", "dim"),
        f", {percent(branches)} of branches ",
        (f"({branches.reached} of {branches.total})", "dim"),
    )


def _gate(result: CoverageResult, glyphs: Glyphs) -> Text:
    needed = f"{result.threshold:g} % of lines and of branches"
    if result.holds:
        return Text.assemble((f"  {glyphs.good} the gate holds", "green"), f" at {needed}")
    why = f"it needs {needed}" if result.complete else "not every test is green"
    return Text.assemble((f"  {glyphs.bad} the gate fails", "red"), f": {why}")
