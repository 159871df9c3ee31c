"""Texts in which `⟦` and `⟧` mark the places where findings are expected."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from redfirst.spec.document import read_spec
from redfirst.spec.ranges import Span

if TYPE_CHECKING:
    from redfirst.spec.problem import Problem

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


def unmarked(marked: str) -> tuple[str, list[Span]]:
    """The text without marks, and the spans that they enclosed."""
    spans: list[Span] = []
    text = ""
    for part in re.split(r"(⟦[^⟧]*⟧)", marked):
        content = part.removeprefix("⟦").removesuffix("⟧")
        if part != content:
            spans.append(Span(len(text), len(text) + len(content)))
        text += content
    return text, spans


def check(marked: str, *codes: str) -> tuple[Problem, ...]:
    """Assert that the findings stand exactly at the marks, with these codes in their order."""
    text, spans = unmarked(marked)
    problems = read_spec(text).problems
    found = [(problem.code.value, problem.span.of(text), problem.span) for problem in problems]
    assert found == [
        (code, span.of(text), span) for code, span in zip(codes, spans, strict=True)
    ], [problem.message for problem in problems]
    return problems


def mend(text: str) -> str:
    """`text` after every fix that its findings offer."""
    edits = {edit for each in read_spec(text).problems if each.fix for edit in each.fix.edits}
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.new_text + text[edit.span.end :]
    return text
