"""Fixes at a place, and all at once."""

from __future__ import annotations

from redfirst.spec.codes import Code
from redfirst.spec.document import read_spec
from redfirst.spec.ide.fixes import fix_all, fixable
from redfirst.spec.problem import Fix, Problem, Severity, TextEdit
from redfirst.spec.ranges import Span

TEXT = "functoin: half\nmodul: maths\n"


def problem(*edits: TextEdit) -> Problem:
    span = edits[0].span
    return Problem(Code.YAML_SYNTAX, Severity.ERROR, "", span, Fix("Mend it", edits))


def insertion(at: int, text: str) -> TextEdit:
    return TextEdit(Span(at, at), text)


def titles(place: Span) -> list[str]:
    return [fix.title for _, fix in fixable(read_spec(TEXT).problems, place)]


def test_only_what_touches_the_place_is_offered() -> None:
    assert titles(Span(8, 8)) == ["Write `function`"]
    assert titles(Span(9, 9)) == []
    assert titles(Span(0, len(TEXT))) == ["Write `function`", "Write `module`"]


def test_all_fixes_at_once_mend_the_text() -> None:
    fix = fix_all(read_spec(TEXT).problems)
    assert fix is not None
    text = TEXT
    for edit in reversed(fix.edits):
        text = text[: edit.span.start] + edit.new_text + text[edit.span.end :]
    assert text == "function: half\nmodule: maths\n"


def test_fixes_that_get_in_each_others_way_are_not_mixed() -> None:
    first = (TextEdit(Span(5, 9), "a"), insertion(20, "x"))
    overlapping = (insertion(30, "y"), TextEdit(Span(8, 12), "b"))
    same_place = (insertion(20, "z"),)
    fix = fix_all([problem(*first), problem(*overlapping), problem(*same_place), problem(*first)])
    assert fix is not None
    assert fix.edits == first


def test_nothing_to_fix() -> None:
    assert fix_all(read_spec("function: half\n").problems) is None
