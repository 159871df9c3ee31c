"""The changes that would mend a finding, with their places in lines and columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.spec.ranges import LineIndex

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redfirst.spec.ranges import TextRange
    from redfirst.workflow.report import Finding


@dataclass(frozen=True, slots=True)
class PlacedEdit:
    """Replace what stands at `range` by `new_text`."""

    range: TextRange
    new_text: str


def placed_edits(finding: Finding, sources: Mapping[str, str]) -> tuple[PlacedEdit, ...]:
    """The edits of `finding`; none when the text that they belong to is not at hand."""
    text = sources.get(finding.path)
    if text is None:
        return ()
    lines = LineIndex(text)
    return tuple(PlacedEdit(lines.range(edit.span), edit.new_text) for edit in finding.edits)
