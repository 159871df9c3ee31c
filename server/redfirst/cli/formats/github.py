"""GitHub annotations: workflow commands that a runner turns into marks beside the code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from redfirst.cli.formats.titles import title
from redfirst.cli.formats.words import summary
from redfirst.spec.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from redfirst.spec.ranges import TextRange
    from redfirst.workflow.report import Finding, Report

_COMMANDS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.INFORMATION: "notice",
    Severity.HINT: "notice",
}
_IN_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(report: Report, sources: Mapping[str, str]) -> str:  # noqa: ARG001  # one shape for all formats
    """One annotation per finding, then the summary as an ordinary line of the log."""
    findings = (*report.findings, *(one for spec in report.specs for one in spec.findings))
    return "\n".join((*(_annotation(finding) for finding in findings), summary(report)))


def _annotation(finding: Finding) -> str:
    properties = ",".join(
        f"{name}={value.translate(_IN_PROPERTY)}" for name, value in _properties(finding)
    )
    return f"::{_COMMANDS[finding.severity]} {properties}::{finding.message.translate(_IN_DATA)}"


def _properties(finding: Finding) -> Iterator[tuple[str, str]]:
    if finding.path:
        yield "file", finding.path
    if finding.path and finding.range is not None:
        yield from _place(finding.range)
    yield "title", f"{finding.code.value} {title(finding.code)}"


def _place(place: TextRange) -> Iterator[tuple[str, str]]:
    """GitHub takes columns only for a stretch on one line."""
    yield "line", str(place.start.line + 1)
    yield "endLine", str(place.end.line + 1)
    if place.start.line == place.end.line:
        yield "col", str(place.start.character + 1)
        yield "endColumn", str(max(place.end.character, place.start.character + 1))
