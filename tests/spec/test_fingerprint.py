"""What changes a fingerprint, and what does not."""

from __future__ import annotations

import re

import pytest

from redfirst.spec.document import read_spec
from redfirst.spec.fingerprint import fingerprints
from redfirst.spec.model import Fingerprints

SPEC = """\
function: allocate
module: payments.allocate
signature: "allocate(total: int, by: list[Share] = []) -> list[int]"
behavior: Allocate cents by weight.
imports:
  - import json
  - from datetime import date
types:
  Share: {name: str, weight: "int = 1"}
  Side: [LEFT, RIGHT]
edge_cases:
  - no share -> nothing
  - case: equal remainders -> the first wins
    examples:
      - {call: "allocate(3, [Share('a'), Share('b')])", returns: "[2, 1]"}
    waive: {weak: so it is}
errors:
  - 'negative -> raise ValueError("negative")'
settings: {threshold: 90}
"""
JSON_LAST = "  - from datetime  import date\n  - import json\n"
SHARE = '  Share: {name: str, weight: "int = 1"}\n'
SIDE = "  Side: [LEFT, RIGHT]\n"


def of(text: str) -> Fingerprints:
    spec = read_spec(text).spec
    assert spec is not None
    return fingerprints(spec)


def changed(old: str, new: str) -> Fingerprints:
    assert SPEC.count(old) == 1
    return of(SPEC.replace(old, new))


def test_they_are_sixteen_hex_digits_for_the_spec_and_each_case() -> None:
    prints = of(SPEC)
    assert set(prints.cases) == {"EC-no-share", "EC-equal-remainders", "ER-negative"}
    every = [prints.spec, *prints.cases.values()]
    assert all(re.fullmatch("[0-9a-f]{16}", each) for each in every)
    assert len(set(every)) == len(every)


def test_they_are_the_same_on_every_machine_and_python() -> None:
    assert of(SPEC) == Fingerprints(
        "b409b5f701306d30",
        {
            "EC-no-share": "b712d65b98808b2f",
            "EC-equal-remainders": "f6c975e84b07c4da",
            "ER-negative": "98ae763bcb2cdefa",
        },
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("function: allocate\n", "# of cents\nfunction:   'allocate'\n"),
        ('"allocate(total: int, by: list[Share]', '"def allocate( total:int,by:list[Share]'),
        ("-> list[int]", "->list[int]:"),
        ('"allocate(total', '"(total'),
        ("Allocate cents by weight.", ">\n  Allocate cents\n  by  weight."),
        ("no share -> nothing", "no  share → nothing"),
        ("allocate(3, [Share('a'), ", 'allocate(3,[Share(\\"a\\"),'),
        (
            """'negative -> raise ValueError("negative")'""",
            "negative -> raise ValueError('negative')",
        ),
        ("    waive: {weak: so it is}\n", ""),
        ("settings: {threshold: 90}\n", ""),
        (
            "settings: {threshold: 90}\n",
            "settings: {strength: 90}\nwaive_mutants: [{code: a, change: b, reason: c}]\n",
        ),
        ("  - import json\n  - from datetime import date\n", JSON_LAST),
        ('{name: str, weight: "int = 1"}', "\n    name: str\n    weight: 'int=1'"),
        (SHARE + SIDE, SIDE + SHARE),
    ],
)
def test_writing_the_same_otherwise_changes_nothing(old: str, new: str) -> None:
    text = SPEC.replace(old, new)
    assert text != SPEC
    assert of(text) == of(SPEC)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("module: payments.allocate", "module: payments.shares"),
        ("total: int", "total_cents: int"),
        (" = []", " = None"),
        ("-> list[int]", "-> tuple[int, ...]"),
        ("import json", "import math"),
        ("int = 1", "int = 2"),
        ("name: str, weight", "title: str, weight"),
        ("[LEFT, RIGHT]", "[RIGHT, LEFT]"),
    ],
)
def test_what_all_tests_rest_on_changes_all(old: str, new: str) -> None:
    before, after = of(SPEC), changed(old, new)
    assert after.spec != before.spec
    assert all(after.cases[case] != before.cases[case] for case in before.cases)


@pytest.mark.parametrize(
    ("case", "old", "new"),
    [
        ("EC-no-share", "-> nothing", "-> an empty list"),
        ("EC-equal-remainders", '"[2, 1]"', '"[1, 2]"'),
        ("EC-equal-remainders", "allocate(3, [", "allocate(4, ["),
        ("ER-negative", 'ValueError("negative")', 'ValueError("Negative")'),
        ("ER-negative", 'ValueError("negative")', 'KeyError("negative")'),
    ],
)
def test_a_changed_case_changes_itself_and_the_spec_only(case: str, old: str, new: str) -> None:
    before, after = of(SPEC), changed(old, new)
    assert after.spec != before.spec
    assert [each for each in before.cases if after.cases[each] != before.cases[each]] == [case]


def test_the_behaviour_changes_the_spec_and_no_case() -> None:
    before, after = of(SPEC), changed("by weight", "by weight, largest remainder first")
    assert after.spec != before.spec
    assert after.cases == before.cases


def test_the_order_of_cases_does_not_count_but_a_new_one_does() -> None:
    line = "  - no share -> nothing\n"
    moved = SPEC.replace(line, "").replace("errors:", f"{line}errors:")
    assert of(moved) == of(SPEC)
    added = of(SPEC.replace(line, f"{line}  - one share -> all of it\n"))
    assert added.spec != of(SPEC).spec
    assert added.cases.items() > of(SPEC).cases.items()


def test_a_written_id_is_part_of_its_case() -> None:
    before, after = of(SPEC), changed("    waive: {weak: so it is}", "    id: EC-tie")
    assert after.spec != before.spec
    assert set(after.cases) - set(before.cases) == {"EC-tie"}


def test_white_space_inside_a_text_of_python_is_meaning() -> None:
    before, after = of(SPEC), changed("Share('a')", "Share('a  ')")
    assert after.spec != before.spec
