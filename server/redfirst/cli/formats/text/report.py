"""The whole report, spec by spec, with one closing line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.text import Text

from redfirst.cli.formats.text.coverage import coverage_section
from redfirst.cli.formats.text.draft import draft
from redfirst.cli.formats.text.findings import finding_block
from redfirst.cli.formats.text.glyphs import UNICODE, Glyphs
from redfirst.cli.formats.text.strength import strength_section
from redfirst.cli.formats.text.stub_table import legend, stub_table
from redfirst.cli.formats.text.tests import mark_of, short_name, state, test_list
from redfirst.cli.formats.text.visible import visible
from redfirst.cli.formats.told import (
    Standing,
    finding_of,
    findings_not_told,
    is_told_by_a_gate,
    standing,
)
from redfirst.cli.formats.words import spec_summary, summary
from redfirst.project.sandbox import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.console import RenderableType

    from redfirst.coverage.mutation.strength import StrengthResult
    from redfirst.workflow.report import Report, SpecReport, TestReport

_EVERY_TEST: Final = {"verify", "cover", "generate"}


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How much is shown, and with which marks.

    `stub_table`: the table tests x stubs below the tests.
    """

    glyphs: Glyphs = UNICODE
    stub_table: bool = False


def render(
    report: Report, sources: Mapping[str, str], style: TextStyle
) -> Iterator[RenderableType]:
    """What to print, piece by piece. `sources` are the texts that findings are about."""
    for finding in report.findings:
        yield finding_block(finding, sources, style.glyphs)
    for spec in report.specs:
        yield from _spec(report.command, spec, sources, style)
    yield Text(summary(report), "bold green" if report.ok else "bold red")
    if any(test.verdict or test.outcome for spec in report.specs for test in spec.tests):
        yield Text(_sandbox(report), "dim")


def _sandbox(report: Report) -> str:
    of_what = " (verification; on the implementation, tests run with your rights)"
    said = report.command == "check" and report.sandbox != Level.NONE
    return f"sandbox: {report.sandbox}{of_what if said else ''}"


def _spec(
    command: str, spec: SpecReport, sources: Mapping[str, str], style: TextStyle
) -> Iterator[RenderableType]:
    if command != "validate":
        yield _header(command, spec, style.glyphs)
    listed = [test for test in spec.tests if command in _EVERY_TEST or not _is_good(spec, test)]
    if spec.draft is not None and not spec.written:
        yield draft(spec.draft, spec.test_path or "", sources)
    if spec.offered is not None:
        yield draft(spec.offered, spec.test_path or "", sources)
    if spec.change is not None and not spec.written:
        yield draft(spec.change.text, spec.change.path, sources)
        for reason in spec.change.reasons:
            yield Text(f"{style.glyphs.dot} {visible(reason)}")
    if listed:
        yield test_list(listed, spec.findings, style.glyphs)
    if style.stub_table and any(test.stubs for test in spec.tests):
        yield Text()
        yield stub_table(spec.tests, spec.findings, style.glyphs)
        yield legend(spec.tests, style.glyphs)
    yield from _details(spec, sources, style.glyphs)
    yield from _gates(command, spec, style.glyphs)
    if command != "validate":
        yield Text()


def _gates(command: str, spec: SpecReport, glyphs: Glyphs) -> Iterator[RenderableType]:
    """`check` shows only what falls short."""
    if spec.coverage is not None and (command != "check" or not spec.coverage.holds):
        yield coverage_section(spec.coverage, glyphs)
    if spec.strength is not None and (command != "check" or not _is_strong(spec.strength)):
        yield strength_section(spec.strength, glyphs)


def _header(command: str, spec: SpecReport, glyphs: Glyphs) -> Text:
    about = [part for part in (spec.function, spec.test_path) if part]
    text = Text.assemble(
        (visible(spec.path), "bold"),
        (f" {glyphs.dot} " if about else "", "dim"),
        visible(f" {glyphs.dot} ".join(about)),
    )
    if spec.written:
        text.append(" (written)", "green")
    elif spec.draft is not None:
        text.append(" (not written, shown below)", "yellow")
    elif spec.change is not None:
        text.append(" (it holds; `--write` applies it)", "green")
    elif spec.offered is not None:
        text.append(" (not accepted, shown below)", "yellow")
    elif command == "generate" and spec.ok:
        text.append(" (up to date)", "dim")
    elif command == "refactor" and spec.ok:
        text.append(" (nothing to improve)", "dim")
    if spec.stale:
        text.append(" (stale)", "yellow")
    if command == "check" and spec.ok and all(_is_good(spec, test) for test in spec.tests):
        text.append(f"  {glyphs.good} {spec_summary(spec)}", "green")
    return text


def _details(
    spec: SpecReport, sources: Mapping[str, str], glyphs: Glyphs
) -> Iterator[RenderableType]:
    """Everything that was found, test by test first, each thing once."""
    for test in spec.tests:
        if not _is_good(spec, test):
            yield _detail(spec, test, sources, glyphs)
    for finding in findings_not_told(spec):
        if not is_told_by_a_gate(finding, spec):
            yield finding_block(finding, sources, glyphs)


def _detail(spec: SpecReport, test: TestReport, sources: Mapping[str, str], glyphs: Glyphs) -> Text:
    finding = finding_of(test, spec.findings)
    if finding is not None:
        return finding_block(finding, sources, glyphs)
    mark, style = mark_of(standing(test, spec.findings), glyphs)
    return Text.assemble(
        (f"{mark} {short_name(test.id)} {state(test)}", style),
        f": {visible(test.reason)}" if test.reason else "",
    )


def _is_strong(result: StrengthResult) -> bool:
    return result.holds and not result.survivors


def _is_good(spec: SpecReport, test: TestReport) -> bool:
    return standing(test, spec.findings) is Standing.GOOD
