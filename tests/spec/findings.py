"""How the tests of the rules read a spec: its findings as short lines, its fixes applied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.spec.document import read_spec

if TYPE_CHECKING:
    from redfirst.spec.problem import Fix, Problem

HEAD = """\
function: split_bill
module: restaurant.bill
signature: "split_bill(total_cents: int, people: int) -> list[int]"
behavior: Split a bill over people as evenly as whole cents allow.
"""
CASES = """\
edge_cases:
  - nothing to pay -> everyone pays 0
"""


@dataclass(frozen=True)
class Found:
    """A finding without its place: `shown` is the text that an editor would underline."""

    code: str
    severity: str
    shown: str

    def __str__(self) -> str:
        return f"{self.code} {self.severity}: {self.shown}"


def problems(text: str) -> tuple[Problem, ...]:
    return read_spec(text).problems


def check(text: str) -> list[str]:
    """Each finding as `CODE severity: underlined text`, in the order of the text."""
    return [
        str(Found(each.code, each.severity, each.span.of(text).strip())) for each in problems(text)
    ]


def mend(text: str) -> str:
    """`text` with the fix of its one finding applied."""
    (problem,) = problems(text)
    assert problem.fix is not None, problem.message
    return apply(text, problem.fix)


def apply(text: str, fix: Fix) -> str:
    for edit in sorted(fix.edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.new_text + text[edit.span.end :]
    return text
