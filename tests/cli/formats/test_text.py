"""Text as a person reads it, without colour: the words and marks alone must say everything."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console

from redfirst.cli.console import show
from redfirst.cli.formats.text.coverage import percent
from redfirst.cli.formats.text.glyphs import ASCII
from redfirst.cli.formats.text.report import TextStyle, render
from redfirst.coverage.measurement import Share
from redfirst.spec.ranges import Position, TextRange
from redfirst.workflow.report import Report, SpecReport
from tests.cli.formats.sample import (
    COVERED,
    FINE,
    SOURCES,
    STRENGTHENED,
    TYPO,
    UNUSABLE,
    VERIFIED,
)

if TYPE_CHECKING:
    from redfirst.workflow.report import Finding


def test_verify() -> None:
    assert (
        _text(VERIFIED)
        == """\
specs/pay ment.yml · pay · tests/test_pay.py (stale)
  ✓  red      EC-once   test_once
  ✗  vacuous  EC-twice  test_pays_twice
tests/test_pay.py:12:5 RF301 error: It passes although pay raises: it asserts nothing.
       case: EC-twice
specs/pay ment.yml:2:19 RF136 warning: 100% unclear: say more,
     2 │ behavior: 😀 pays tuice
       │                   ^^^^^
       please.
       case: EC-twice
       fix: Write `twice`

1 spec: 1 test red verified, 1 vacuous; 1 warning
sandbox: none
"""
    )


def test_the_table_of_tests_and_stubs() -> None:
    table = _text(VERIFIED, TextStyle(stub_table=True)).split("\n\n")[1]
    assert table.replace("\N{MULTIPLICATION SIGN}", "x").startswith("""\
  test       a b c d  verdict
  EC-once    x x ✓ ·  red
  EC-twice   ! ✓ · T  vacuous
  ✓ passed on it   x failed on it   ! not run to its end   T cut off   · not used against it
   a  the module cannot be imported
   b  the function only raises a private error
   c  it answers as the examples say: the test must pass
   d  slow
""")


def test_stubs_of_other_cases_share_a_column() -> None:
    stubs = {"exact:EC-once": "passed", "exact:EC-2": "failed", "wrong-message:EC-3": "passed"}
    once = replace(VERIFIED.specs[0].tests[0], stubs=stubs)
    report = replace(VERIFIED, specs=(replace(VERIFIED.specs[0], tests=(once,)),))
    table = _text(report, TextStyle(stub_table=True)).split("\n\n")[1].splitlines()
    assert table[0].split() == ["test", "a", "b", "verdict"]
    assert table[1].split() == ["EC-once", "\N{CHECK MARK}", "\N{CHECK MARK}", "red"]
    assert "   b  it raises the error of another case" in table


def test_cover() -> None:
    assert (
        _text(COVERED)
        == """\
specs/pay ment.yml · pay · tests/test_pay.py
  ✓  green  EC-once   test_once
  ✗  red    EC-twice  test_pays_twice
✗ test_pays_twice red: assert 1 == 2
  coverage 94.9 % of lines (94 of 99), 66.6 % of branches (4 of 6)
  payments/pay.py:69 `else` of line 69 never taken
  payments/pay.py:71 lines 71-73 never run
  ✗ the gate fails: it needs 95 % of lines and of branches

1 spec: 1 case green, 1 red; the gate fails
sandbox: none
"""
    )


def test_strength() -> None:
    assert (
        _text(STRENGTHENED)
        == """\
specs/pay ment.yml · pay · tests/test_pay.py
  ✓  green  EC-once  test_once
  strength 50.0 % of small changes noticed (2 of 4, 1 of them by the time limit, 1 waived, 1 not tried)
  payments/pay.py:69 `<` changed to `<=`, and no test noticed
    if total < limit:
  ✗ the strength gate fails: it needs 90 % of small changes

1 spec: 1 case green; 2 of 4 changes noticed, the strength gate fails
sandbox: none
"""  # noqa: E501  (one line of the terminal)
    )


def test_check_says_only_what_falls_short() -> None:
    good = replace(COVERED.specs[0], findings=(), tests=COVERED.specs[0].tests[:1], coverage=None)
    report = Report("check", (good, replace(VERIFIED.specs[0], findings=())))
    assert (
        _text(report)
        == """\
specs/pay ment.yml · pay · tests/test_pay.py  ✓ 1 case green

specs/pay ment.yml · pay · tests/test_pay.py (stale)
  ✗  vacuous  EC-twice  test_pays_twice
✗ test_pays_twice vacuous: It passes although pay raises: it asserts nothing.

2 specs: 1 test red verified, 1 vacuous; 1 case green
sandbox: none
"""
    )


def test_nothing_to_say() -> None:
    assert _text(FINE) == "2 specs: no problems\n"
    assert _text(UNUSABLE) == "RF902 error: pytest is missing.\n0 specs: 1 error\n"


def test_marks_without_unicode() -> None:
    text = _text(VERIFIED, TextStyle(ASCII, stub_table=True))
    assert text.replace("😀", "").isascii()


def test_a_spec_cannot_steer_the_terminal() -> None:
    nasty = replace(TYPO, message="\x1b[2Jgone\u202e\x07", path="a\x1b]0;title\x07.yml")
    assert _finding(nasty, {}).splitlines()[0] == (
        r"a\x1b]0;title\x07.yml:2:19 RF136 warning: \x1b[2Jgone\u202e\x07"
    )


def test_a_long_line_is_cut_around_the_mark() -> None:
    source = "a: " + "x" * 5000 + "BAD" + "y" * 5000
    place = TextRange(Position(0, 5003), Position(0, 5006))
    line, carets = _finding(replace(TYPO, range=place), {TYPO.path: source}).splitlines()[1:3]
    assert len(line) < 200
    assert line.startswith("     1 │ …xxx")
    assert line.endswith("yyy…")
    assert line[carets.index("^") : carets.rindex("^") + 1] == "BAD"


def test_marks_below_tabs_and_wide_characters() -> None:
    place = TextRange(Position(0, 3), Position(0, 4))
    line, carets = _finding(replace(TYPO, range=place), {TYPO.path: "\t漢字x"}).splitlines()[1:3]
    assert line == "     1 │  漢字x"
    assert carets == "       │      ^"


def test_a_place_that_the_text_no_longer_has() -> None:
    far = replace(TYPO, range=TextRange(Position(90, 0), Position(90, 1)))
    assert "│" not in _finding(far, SOURCES)


def test_a_stretch_over_lines_is_marked_to_the_end_of_its_first() -> None:
    place = TextRange(Position(0, 2), Position(1, 1))
    text = _finding(replace(TYPO, range=place), {TYPO.path: "ab cd\nef\n"})
    assert "     1 │ ab cd\n       │   ^^^\n" in text


def test_nothing_is_wrapped_in_a_narrow_window() -> None:
    text = _text(Report("validate", (), (TYPO,)), width=20)
    assert text.startswith("specs/pay ment.yml:2:19 RF136 warning: 100% unclear: say more,\n")


def test_a_percentage_is_never_rounded_up() -> None:
    assert percent(Share(94999, 100000)) == "94.9 %"
    assert percent(Share(29, 100)) == "29.0 %"
    assert percent(Share(0, 0)) == "100.0 %"


def _finding(finding: Finding, sources: dict[str, str]) -> str:
    return _text(
        Report("validate", (SpecReport("a.yml", None, findings=(finding,)),)), None, sources
    )


def _text(
    report: Report,
    style: TextStyle | None = None,
    sources: dict[str, str] | None = None,
    width: int = 150,
) -> str:
    file = StringIO()
    console = Console(file=file, width=width, highlight=False, markup=False, emoji=False)
    show(console, render(report, SOURCES if sources is None else sources, style or TextStyle()))
    return file.getvalue()
