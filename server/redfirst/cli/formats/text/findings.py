"""A finding as a block: where, what, the line of source, the case, the fix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from redfirst.cli.formats.text.excerpt import excerpt
from redfirst.cli.formats.text.visible import visible
from redfirst.spec.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redfirst.cli.formats.text.glyphs import Glyphs
    from redfirst.workflow.report import Finding

STYLES: Final = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.INFORMATION: "bold blue",
    Severity.HINT: "bold cyan",
}


def finding_block(finding: Finding, sources: Mapping[str, str], glyphs: Glyphs) -> Text:
    """All that is known of `finding`, over as many lines as it needs."""
    first, *rest = finding.message.splitlines() or [""]
    lines = [_headline(finding, first)]
    source = sources.get(finding.path)
    if finding.range is not None and source is not None:
        drawn = excerpt(source, finding.range, STYLES[finding.severity], glyphs)
        lines += [] if drawn is None else [drawn]
    lines += [Text(f"       {visible(line)}") for line in rest]
    notes = [("case", finding.case), ("fix", finding.fix)]
    lines += [_note(label, note) for label, note in notes if note is not None]
    return Text("\n").join(lines)


def place(finding: Finding) -> str:
    """`path:line:column`, both counted from 1, as far as it is known."""
    if finding.range is None:
        return visible(finding.path)
    start = finding.range.start
    return f"{visible(finding.path)}:{start.line + 1}:{start.character + 1}"


def _headline(finding: Finding, message: str) -> Text:
    where = place(finding)
    return Text.assemble(
        (f"{where} " if where else "", "bold"),
        (finding.code.value, STYLES[finding.severity]),
        f" {finding.severity.value}: {visible(message)}",
    )


def _note(label: str, note: str) -> Text:
    return Text.assemble((f"       {label}: ", "dim"), visible(note))
