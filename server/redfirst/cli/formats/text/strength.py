"""What the tests notice of small changes to the implementation, and whether that is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from redfirst.cli.formats.text.coverage import percent
from redfirst.cli.formats.text.visible import visible
from redfirst.coverage.mutation.strength import Fate
from redfirst.workflow.strength_findings import survivor

if TYPE_CHECKING:
    from redfirst.cli.formats.text.glyphs import Glyphs
    from redfirst.coverage.mutation.mutant import Mutant
    from redfirst.coverage.mutation.strength import StrengthResult


def strength_section(result: StrengthResult, glyphs: Glyphs) -> Text:
    """The share, each change that no test noticed with its line, and the gate line."""
    lines = [_share(result)]
    for mutant in result.survivors:
        lines += _survivor(result.path, mutant)
    if result.threshold is not None:
        lines.append(_gate(result, result.threshold, glyphs))
    return Text("\n").join(lines)


def _share(result: StrengthResult) -> Text:
    share = result.share
    if not result.tried:
        return Text.assemble(("  strength ", "dim"), "no change to try on the lines that tests run")
    counts = [f"{share.reached} of {share.total}"]
    counts += [
        f"{result.counts[fate]} {words}"
        for fate, words in (
            (Fate.TIMED_OUT, "of them by the time limit"),
            (Fate.WAIVED, "waived"),
            (Fate.NOT_RUN, "not tried"),
        )
        if result.counts[fate]
    ]
    return Text.assemble(
        ("  strength ", "dim"),
        f"{percent(share)} of small changes noticed ",
        (f"({', '.join(counts)})", "dim"),
    )


def _survivor(path: str, mutant: Mutant) -> tuple[Text, Text]:
    where = f"  {visible(path)}:{mutant.line}"
    said = Text.assemble((where, "bold"), f" {visible(survivor(mutant))}")
    return said, Text(f"    {visible(mutant.line_text)}", "dim")


def _gate(result: StrengthResult, threshold: float, glyphs: Glyphs) -> Text:
    needed = f"{threshold:g} % of small changes"
    if result.holds:
        return Text.assemble((f"  {glyphs.good} the strength gate holds", "green"), f" at {needed}")
    why = f"it needs {needed}"
    return Text.assemble((f"  {glyphs.bad} the strength gate fails", "red"), f": {why}")
