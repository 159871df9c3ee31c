"""The table tests x stubs: how each test ended against each stand-in."""

from __future__ import annotations

from itertools import islice
from string import ascii_lowercase
from typing import TYPE_CHECKING, Final

from rich.table import Table
from rich.text import Text

from redfirst.cli.formats.text.stub_columns import MEANINGS, cell, columns
from redfirst.cli.formats.text.tests import mark_of, short_name, state
from redfirst.cli.formats.text.visible import visible
from redfirst.cli.formats.told import standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from redfirst.cli.formats.text.glyphs import Glyphs
    from redfirst.workflow.report import Finding, TestReport

_CUT: Final = {"timeout", "lost"}


def stub_table(tests: Sequence[TestReport], findings: Sequence[Finding], glyphs: Glyphs) -> Table:
    """One row per test, one narrow column per kind of stub."""
    shown = columns(tests)
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("  test", overflow="fold", min_width=12)
    for letter in islice(ascii_lowercase, len(shown)):
        table.add_column(letter, no_wrap=True)
    table.add_column(" verdict", no_wrap=True)
    for test in tests:
        cells = [_cell(cell(test, column), glyphs) for column in shown]
        style = mark_of(standing(test, findings), glyphs)[1]
        name = test.case or short_name(test.id)
        table.add_row(f"  {visible(name)}", *cells, Text(f" {state(test)}", style))
    return table


def legend(tests: Iterable[TestReport], glyphs: Glyphs) -> Text:
    """What marks and letters mean."""
    marks = (
        f"{glyphs.passed} passed on it   {glyphs.failed} failed on it   "
        f"{glyphs.error} not run to its end   {glyphs.cut} cut off   "
        f"{glyphs.not_met} not used against it"
    )
    lines = [f"  {marks}"]
    lines += [
        f"  {letter:>2}  {visible(MEANINGS.get(column, column))}"
        for letter, column in zip(ascii_lowercase, columns(tests), strict=False)
    ]
    return Text("\n".join(lines), "dim")


def _cell(outcome: str | None, glyphs: Glyphs) -> Text:
    if outcome is None:
        return Text(glyphs.not_met, "dim")
    if outcome == "passed":
        return Text(glyphs.passed, "bold")
    if outcome in _CUT:
        return Text(glyphs.cut, "yellow")
    return Text(glyphs.failed if outcome == "failed" else glyphs.error, "dim")
