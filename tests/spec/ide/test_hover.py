"""What an editor says of the place under the pointer."""

from __future__ import annotations

import pytest

from redfirst.spec.ide.hover import hover
from redfirst.spec.ide.surroundings import CaseRun, CaseTest, CaseVerdict, Surroundings
from tests.spec.ide.marked import HEAD, at_cursor

CASES = HEAD + "edge_cases:\n  - case: zero -> ze¦ro\n    id: EC-none\n"
NOWHERE = Surroundings()


def said(marked: str, around: Surroundings = NOWHERE) -> tuple[str, str] | None:
    """The text that the hover is about, and what it says."""
    document, offset = at_cursor(marked)
    found = hover(document, offset, around)
    return None if found is None else (found.span.of(document.text), found.markdown)


def test_a_key_says_what_the_schema_says_with_an_example() -> None:
    meaning = "The function under test: `name`, or `Class.method`."
    example = "```yaml\nfunction: reconcile_batch\n```"
    assert said("func¦tion: half\n") == ("function", f"{meaning}\n\n{example}")


@pytest.mark.parametrize(
    ("marked", "begins"),
    [
        ("edge_cases:\n  - ca¦se: a -> b", "The case in one line"),
        ("edge_cases:\n  - case: a -> b\n    examples:\n      - ca¦ll: f()", "The call, as a"),
        ("settings: {thresh¦old: 90}", "The coverage of lines"),
        ("types:\n  Ent¦ry: {id: str}", "A record"),
        ("errors:\n  -\n half: [\nmodu¦le: maths", "The module that holds"),
    ],
)
def test_a_key_is_known_wherever_it_stands(marked: str, begins: str) -> None:
    found = said(marked)
    assert found is not None
    assert found[1].startswith(begins)


def test_an_example_of_a_list_is_yaml() -> None:
    found = said("err¦ors:\n")
    assert found is not None
    example = 'errors:\n  - null ledger entry -> raise ValueError("null ledger entry")'
    assert f"```yaml\n{example}\n```" in found[1]


def test_a_case_without_a_test() -> None:
    head = "**EC-none** (edge case)\n\nzero -> zero\n\n"
    assert said(CASES) == ("zero -> zero", head + "It has no test yet.")
    written = Surroundings(test_path="tests/test_half.py", test_exists=True)
    assert said(CASES, written) == (
        "zero -> zero",
        head + "It has no test in `tests/test_half.py` yet.",
    )


def test_a_case_with_a_test_that_is_behind() -> None:
    test = CaseTest("test_none", "It was written before the case changed.")
    around = Surroundings(test_path="tests/test_half.py", tests={"EC-none": test})
    found = said(CASES.replace("ze¦ro", "zero").replace("EC-", "¦EC-"), around)
    assert found is not None
    assert found[1].endswith(
        "Its test is `test_none` in `tests/test_half.py`. It was written before the case changed."
    )


def test_the_signature_in_its_normal_form() -> None:
    assert said('function: half\nsignature: "(number:i¦nt) -> int:"\n') == (
        '"(number:int) -> int:"',
        "```python\ndef half(number: int) -> int\n```",
    )
    broken = said('signature: "half(number¦"\n')
    assert broken is not None
    assert "```" not in broken[1]


def test_the_module_and_whether_it_is_there() -> None:
    assert said("module: mat¦hs", Surroundings("maths.py", module_exists=True)) == (
        "maths",
        "`maths.py` exists.",
    )
    assert said("module: mat¦hs", Surroundings("maths.py")) == (
        "maths",
        "`maths.py` does not exist yet.",
    )
    assert said("module: mat¦hs") is None


@pytest.mark.parametrize("marked", ["¦", "# no¦te\n", "¦\nfunction: half\n", "nonsense: ¦x\n"])
def test_nothing_to_say(marked: str) -> None:
    assert said(marked) is None


SPEC = """\
function: plan
module: retry
signature: "plan(a: list[Entry], b: Decimal, c: Iterable[int], d: Path, e: Foo) -> Mode | None"
behavior: A plan.
types:
  Entry: {id: str, total: int}
  Mode: [fast, slow]
  Failed: exception(ValueError)
imports:
  - from decimal import Decimal
edge_cases:
  - case: empty -> nothing
    id: EC-empty
    examples:
      - {call: "plan([])", raises: KeyError("x")}
errors:
  - late -> raise Failed("too late")
"""


def test_the_types_of_a_signature_and_where_they_come_from() -> None:
    found = said(SPEC.replace('"plan(a', '"pl¦an(a'))
    assert found is not None
    assert found[1].split("\n\n")[1].split("\n") == [
        "- `Entry`: a record of `id: str`, `total: int`",
        "- `Decimal`: `from decimal import Decimal`",
        "- `Iterable`: as `from collections.abc import Iterable` gives it",
        "- `Path`: not imported; add `from pathlib import Path` to `imports`",
        "- `Foo`: not known; describe it under `types`, or add its import to `imports`",
        "- `Mode`: one of `fast`, `slow`",
    ]


def test_an_error_says_what_is_raised_and_what_that_is() -> None:
    found = said(SPEC.replace("late ->", "la¦te ->"))
    assert found is not None
    exception = "an exception of this spec, a kind of `ValueError`"
    assert f"Raises `Failed` with the message `too late`: {exception}." in found[1]
    declared = said(SPEC.replace("KeyError", "Key¦Error"))
    assert declared == ('KeyError("x")', "Raises `KeyError` with the message `x`: built in.")


def test_a_verdict_with_its_reason_and_the_stubs_that_were_met() -> None:
    stubs = {"none": "failed", "empty": "failed", "witness": "passed"}
    verdict = CaseVerdict("weak", "passes on both", stubs)
    around = Surroundings(test_exists=True, verdicts={"EC-empty": verdict})
    found = said(SPEC.replace("case: em", "case: e¦m"), around)
    assert found is not None
    met = "- failed on `none`, `empty`\n- passed on `witness`"
    assert found[1].endswith(f"**✗ weak**: it passes on both.\n\n{met}")
    changed = Surroundings(tests={"EC-empty": CaseTest("test_empty")}, outdated=True)
    stale = said(SPEC.replace("case: em", "case: e¦m"), changed)
    assert stale is not None
    assert stale[1].endswith("Verified before something changed; verify again.")


def test_how_it_ended_on_the_implementation_and_which_lines_ran() -> None:
    around = Surroundings(runs={"EC-empty": CaseRun("passed", "retry.py", (2, 4, 5, 6, 9))})
    found = said(SPEC.replace("case: em", "case: e¦m"), around)
    assert found is not None
    assert found[1].endswith("On `retry.py`: passed. Lines 2, 4-6, 9 of it ran.")


@pytest.mark.parametrize(
    ("around", "words"),
    [
        (NOWHERE, "no tests yet"),
        (Surroundings(test_exists=True), "not verified"),
        (Surroundings(test_exists=True, outdated=True), "changed since it was verified"),
        (
            Surroundings(
                test_exists=True,
                verdicts={
                    "a": CaseVerdict("weak", ""),
                    "b": CaseVerdict("red", ""),
                    "c": CaseVerdict("red", ""),
                },
            ),
            "2 red, 1 weak",
        ),
    ],
)
def test_the_function_says_how_its_cases_stand(around: Surroundings, words: str) -> None:
    found = said(SPEC.replace("function: pl", "function: pl¦"), around)
    assert found is not None
    assert found[1].endswith(f"2 cases; {words}.")
