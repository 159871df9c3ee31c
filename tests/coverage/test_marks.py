"""Marks of an implementation, and where they stand after edits."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from redfirst.coverage.marks import CaseOnLines, Marks, Reach, marks_of
from redfirst.coverage.measurement import Gap, GapKind, Measurement
from redfirst.coverage.moving import moved, moved_to
from redfirst.coverage.words import STALE, about_line
from redfirst.spec.ranges import LineIndex, Span

SOURCE = """\
def half(number):
    if number % 2:
        raise ValueError(
            "odd number"
        )
    return number // 2
"""
MEASURED = Measurement(
    statements=frozenset({1, 2, 3, 6}),
    excluded=frozenset(),
    missing=frozenset({3}),
    branches=frozenset({(2, 3), (2, 6)}),
    missing_branches=frozenset({(2, 3)}),
    tests_by_line={},
)
ZERO = CaseOnLines("specs/half.yml", "EC-zero", "passed", frozenset({2, 6}))


def marks() -> Marks:
    return marks_of(SOURCE, MEASURED, [ZERO])


def after(old: str, new: str, text: str = SOURCE) -> tuple[str, Marks]:
    """What an editor does that puts `new` in the place of the only `old`."""
    start = text.index(old)
    edited = text.replace(old, new, 1)
    place = Span(start, start + len(old))
    return edited, moved(marks(), LineIndex(text), LineIndex(edited), place)


def marked(text: str, of: Marks) -> dict[str, str]:
    lines = text.splitlines()
    return {lines[line - 1].strip(): reach.value for line, reach in of.lines.items()}


def test_a_long_statement_is_marked_to_its_end() -> None:
    assert list(marks().stretches(Reach.UNCOVERED)) == [range(3, 6)]
    assert list(marks().stretches(Reach.PARTIAL)) == [range(2, 3)]
    assert list(marks().stretches(Reach.COVERED)) == [range(1, 2), range(6, 7)]


def test_lines_above_move_marks_and_the_numbers_in_their_words() -> None:
    edited, now = after("def half", "import math\n\n\ndef half")
    assert marked(edited, now) == {
        name: reach for name, reach in marked(SOURCE, marks()).items() if "def" not in name
    }
    (gap,) = now.gaps
    assert (gap.first, gap.last) == (6, 8)
    assert gap.text == "lines 6-8 never run: `if` of line 5 never true"
    assert now.stale
    assert now.cases_of(9) == (replace(ZERO, lines=frozenset({5, 9})),)


def test_what_is_typed_into_loses_its_mark_and_its_gap() -> None:
    edited, now = after("odd number", "an odd number")
    assert marked(edited, now) == {
        "def half(number):": "covered",
        "if number % 2:": "partial",
        "raise ValueError(": "uncovered",
        ")": "uncovered",
        "return number // 2": "covered",
    }
    assert now.gaps == ()


def test_a_gap_goes_with_the_line_that_its_words_name() -> None:
    _, now = after("% 2", "% 4")
    assert now.gaps == ()


def test_a_new_line_behind_a_marked_one_leaves_it_as_it_is() -> None:
    edited, now = after("% 2:", "% 2:\n        print()")
    assert 2 not in now.lines  # an editor that replaces the line's end has touched the line
    text = SOURCE
    end = text.index("% 2:") + 4
    edited = f"{text[:end]}\n        print(){text[end:]}"
    now = moved(marks(), LineIndex(text), LineIndex(edited), Span(end, end))
    assert marked(edited, now) == marked(SOURCE, marks())


def test_of_equal_lines_none_is_taken_for_another() -> None:
    text = "x\nx\ny\n"
    known = Marks({1: Reach.COVERED, 2: Reach.UNCOVERED, 3: Reach.COVERED})
    edited = "x\ny\n"
    first = moved(known, LineIndex(text), LineIndex(edited), Span(0, 2))
    assert first.lines == {1: Reach.UNCOVERED, 2: Reach.COVERED}
    unknown = moved_to(known, LineIndex(text), LineIndex(edited))
    assert unknown.lines == {2: Reach.COVERED}


def test_no_edit_puts_a_mark_on_another_line() -> None:
    """Each line is named by its own content, so that a mark on a wrong one shows."""
    random = Random(5)
    for _ in range(300):
        lines = [f"line{number}" for number in range(random.randrange(1, 9))]
        end = random.choice(["\n", "\r\n"])
        text = end.join(lines)
        names = dict(enumerate(text.split(end), 1))
        gap = Gap(GapKind.LINES, 1, 1, "line 1 never runs")
        now = Marks(dict.fromkeys(names, Reach.COVERED), (gap,))
        told = dict(names)
        for _ in range(4):
            start = random.randrange(len(text) + 1)
            stop = min(len(text), start + random.choice([0, 0, 1, 3, 12]))
            new = random.choice(["", "x", end, f"x{end}", f"{end}y", f"{end}{end}"])
            edited = text[:start] + new + text[stop:]
            now = moved(now, LineIndex(text), LineIndex(edited), Span(start, stop))
            text = edited
        content = [LineIndex(text).line_span(n).of(text) for n in range(LineIndex(text).line_count)]
        assert all(content[line - 1] in told.values() for line in now.lines)
        assert len({content[line - 1] for line in now.lines}) == len(now.lines)
        for each in now.gaps:
            assert content[each.first - 1] == "line0"
            assert each.text == f"line {each.first} never runs"


def test_a_hover_says_which_cases_run_a_line() -> None:
    assert about_line(marks(), 2) == (
        "1 case runs this line:\n\n- `EC-zero` of `specs/half.yml`: green"
    )
    assert about_line(marks(), 1) == (
        "It runs when the module is imported. No case runs this line."
    )
    uncovered = about_line(replace(marks(), stale=True), 4)
    assert uncovered == (
        "No case runs this line.\n\nLines 3-5 never run: `if` of line 2 never true.\n\n" + STALE
    )
    assert about_line(Marks(), 1) is None
