"""A case that somebody else adds: the spec stays what it was, with one case more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from redfirst.spec.document import read_spec
from redfirst.spec.ide.new_case import new_edge_case, new_error_case

if TYPE_CHECKING:
    from redfirst.spec.ide.new_case import NewCase

HEAD = """\
function: f
module: m
signature: "f(x: int) -> int"
behavior: >
  Whatever.
"""
ITEM = "  - when `x < 0` -> outcome\n"
# What stands below the head, and what stands there afterwards.
LISTS = {
    "no list yet": ("", f"edge_cases:\n{ITEM}"),
    "an empty list": ("edge_cases:\n", f"edge_cases:\n{ITEM}"),
    "an empty list with a comment": ("edge_cases: # none\n", f"edge_cases: # none\n{ITEM}"),
    "brackets": ("edge_cases: [a -> b]\n", "edge_cases: [a -> b, 'when `x < 0` -> outcome']\n"),
    "empty brackets": ("edge_cases: []\n", "edge_cases: ['when `x < 0` -> outcome']\n"),
    "cases below the key": (
        "edge_cases:\n- a -> b\nerrors:\n- c -> raise ValueError\n",
        "edge_cases:\n- a -> b\n- when `x < 0` -> outcome\nerrors:\n- c -> raise ValueError\n",
    ),
    "long cases and comments": (
        "edge_cases:\n    - case: a -> b\n      id: EC-x # why\n    # the end\nerrors: []\n",
        "edge_cases:\n    - case: a -> b\n      id: EC-x # why\n    - when `x < 0` -> outcome\n    # the end\nerrors: []\n",  # noqa: E501
    ),
    "no line break at the end": (
        "edge_cases:\n  - a -> b",
        f"edge_cases:\n  - a -> b\n{ITEM[:-1]}",
    ),
    "windows": ("edge_cases:\r\n  - a -> b\r\n", f"edge_cases:\r\n  - a -> b\r\n{ITEM[:-1]}\r\n"),
}


def edited(text: str, new: NewCase) -> str:
    span = new.edit.span
    return text[: span.start] + new.edit.new_text + text[span.end :]


@pytest.mark.parametrize("name", LISTS)
def test_an_edge_case_goes_below_the_others(name: str) -> None:
    before, after = LISTS[name]
    new = new_edge_case(read_spec(HEAD + before), "when `x < 0`")
    assert new is not None
    assert edited(HEAD + before, new) == HEAD + after
    assert new.blank.of(new.edit.new_text) == "outcome"


@pytest.mark.parametrize(
    "condition",
    ["when `x: 1`", "when `x['#'] == \"it's\"`", "when `a #b`", 'when `s == "->"`', "when `{x}`"],
)
@pytest.mark.parametrize("below", ["", "edge_cases: []\n", "edge_cases:\n- a -> b\n"])
def test_any_condition_is_read_as_it_was_meant(condition: str, below: str) -> None:
    new = new_edge_case(read_spec(HEAD + below), condition)
    assert new is not None
    document = read_spec(edited(HEAD + below, new))
    assert document.spec is not None
    assert document.cases[-1].text.value == f"{condition} -> outcome"
    assert new.blank.of(new.edit.new_text) == "outcome"


@pytest.mark.parametrize("error", ["LookupError", 'ValueError("it\'s: \\"so\\" #1")'])
def test_an_error_goes_to_the_errors_and_is_read_there(error: str) -> None:
    new = new_error_case(read_spec(HEAD), "when `x < 0`", error)
    assert new is not None
    document = read_spec(edited(HEAD, new))
    (case,) = document.cases
    assert case.error is not None
    assert (case.kind.value, case.outcome) == ("error", f"raise {error}")
    assert new.edit.new_text[: new.blank.start].endswith(error.replace("'", "''"))


@pytest.mark.parametrize(
    "text",
    [
        "{function: f, module: m}",
        f"{HEAD}edge_cases: all of them\n",
        f"{HEAD}edge_cases:\n  - when `x < 0` -> known already\n",
        f"{HEAD}edge_cases: [\n",
    ],
)
def test_what_cannot_be_added_to_is_left_alone(text: str) -> None:
    assert new_edge_case(read_spec(text), "when `x < 0`") is None
