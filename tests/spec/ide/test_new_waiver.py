"""A waiver that an editor adds: the spec stays what it was, and only the reason is missing."""

from __future__ import annotations

import pytest

from redfirst.spec.codes import Code
from redfirst.spec.document import read_spec
from redfirst.spec.ide.new_waiver import new_mutant_waiver

HEAD = """\
function: f
module: m
signature: "f(x: int) -> int"
behavior: A number that is as small as the one that it is given, but never negative.
"""
CASES = "edge_cases:\n  - a -> b\n"
ITEM = """\
  - code: "if x > \\"a: b\\":  # é"
    change: "> changed to >="
    reason: ""
"""
OTHER = "  - {code: x, change: y, reason: z}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (HEAD + CASES, f"{HEAD}{CASES}waive_mutants:\n{ITEM}"),
        (f"{HEAD}waive_mutants:\n{OTHER}{CASES}", f"{HEAD}waive_mutants:\n{OTHER}{ITEM}{CASES}"),
    ],
)
def test_the_reason_is_asked_for(before: str, after: str) -> None:
    new = new_mutant_waiver(read_spec(before), 'if x > "a: b":  # é', "`>` changed to `>=`")
    assert new is not None
    span = new.edit.span
    text = before[: span.start] + new.edit.new_text + before[span.end :]
    assert text == after
    assert {problem.code for problem in read_spec(text).problems} == {Code.WAIVER}
    blank = span.start + new.blank.start
    assert not read_spec(f"{text[:blank]}no call can tell{text[blank:]}").problems


def test_a_list_in_brackets_is_left_alone() -> None:
    text = HEAD + "waive_mutants: [{code: x, change: y, reason: z}]\n"
    assert new_mutant_waiver(read_spec(text), "x", "y") is None
