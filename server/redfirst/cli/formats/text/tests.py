"""One line per test: what verification or a run says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.table import Table
from rich.text import Text

from redfirst.cli.formats.text.visible import visible
from redfirst.cli.formats.told import Standing, standing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redfirst.cli.formats.text.glyphs import Glyphs
    from redfirst.workflow.report import Finding, TestReport

_STYLES: Final = {
    Standing.GOOD: "green",
    Standing.WAIVED: "yellow",
    Standing.UNDECIDED: "yellow",
    Standing.BAD: "red",
}


def test_list(tests: Iterable[TestReport], findings: Iterable[Finding], glyphs: Glyphs) -> Table:
    """Mark, state, case and name of each test."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for _ in range(4):
        table.add_column(overflow="fold")
    for test in tests:
        mark, style = mark_of(standing(test, findings), glyphs)
        table.add_row(
            Text(f"  {mark}", style),
            Text(state(test), style),
            Text(visible(test.case or ""), "bold"),
            Text(short_name(test.id), "dim"),
        )
    return table


def state(test: TestReport) -> str:
    """The words of a test's state: its verdict, how it ended on the implementation, or both."""
    words = [] if test.verdict is None else [test.verdict.value]
    if test.outcome is not None:
        words.append({"passed": "green", "failed": "red"}.get(test.outcome, test.outcome))
    if test.verdict is not None and test.outcome is not None:
        return ", then ".join(words)
    return "".join(words)


def mark_of(how: Standing, glyphs: Glyphs) -> tuple[str, str]:
    """The mark of a test and its style."""
    marks = {
        Standing.GOOD: glyphs.good,
        Standing.WAIVED: glyphs.waived,
        Standing.UNDECIDED: glyphs.unsure,
        Standing.BAD: glyphs.bad,
    }
    return marks[how], _STYLES[how]


def short_name(test_id: str) -> str:
    """A node id without its file."""
    return visible(test_id.partition("::")[2] or test_id)
