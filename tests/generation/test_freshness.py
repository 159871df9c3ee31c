"""Which tests are behind the spec, from a change of the spec's text to the case's name."""

from __future__ import annotations

import pytest

from redfirst.generation.freshness import Change, changes
from redfirst.generation.provenance import body_of, is_current
from redfirst.spec.fingerprint import fingerprints
from tests.generation.example_specs import generated, read

SPEC = """\
function: f
module: lib
signature: "f(a: int) -> int"
behavior: Do something that is worth a whole sentence.
edge_cases:
  - case: one -> two
    examples:
      - call: f(1)
        returns: 2
  - case: two -> three
    examples:
      - {call: f(2), returns: 3}
errors:
  - case: 'three -> raise ValueError("three")'
    examples:
      - {call: f(3), raises: 'ValueError("three")'}
"""
MODULE = generated(read(SPEC))


def stale(text: str, spec_text: str) -> dict[str, Change]:
    spec = read(spec_text)
    return {one.case: one.change for one in changes(text, spec, fingerprints(spec))}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("function:", "# a comment\nfunction:"),
        ("one -> two", '"one -> two"'),
        ("one -> two", "one   ->   two  # why"),
        ("      - {call: f(2), returns: 3}", "      - returns: 3\n        call: 'f(2)'"),
        ("function: f\nmodule: lib\n", "module: lib\nfunction: f\n"),
        ("\n", "\r\n"),
    ],
)
def test_what_does_not_change_the_meaning_makes_nothing_stale(old: str, new: str) -> None:
    assert old in SPEC
    text = SPEC.replace(old, new)
    assert stale(MODULE, text) == {}
    assert is_current(MODULE, "specs/f.yml", fingerprints(read(text)))
    assert generated(read(text)) == MODULE


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("returns: 3", "returns: 4", {"EC-two": Change.CHANGED}),
        ("one -> two", "one -> a pair", {"EC-one": Change.CHANGED}),
        (
            "one -> two",
            "zero -> one",
            {"EC-zero": Change.NEW, "EC-one": Change.REMOVED},
        ),
        ("errors:", "  - four -> five\nerrors:", {"EC-four": Change.NEW}),
        (
            "a: int",
            "a: int | str",
            dict.fromkeys(("EC-one", "EC-two", "ER-three"), Change.CHANGED),
        ),
    ],
)
def test_a_changed_case_makes_only_that_case_stale(
    old: str, new: str, expected: dict[str, Change]
) -> None:
    assert old in SPEC
    assert stale(MODULE, SPEC.replace(old, new)) == expected


def test_in_a_module_without_a_header_only_the_docstring_can_tell() -> None:
    by_hand = body_of(MODULE)
    assert stale(by_hand, SPEC) == {}
    assert stale(by_hand, SPEC.replace("returns: 3", "returns: 4")) == {}
    assert stale(by_hand, SPEC.replace("one -> two", "one -> a pair")) == {
        "EC-one": Change.RETITLED
    }
    assert stale(by_hand, SPEC.replace("one -> two", "zero -> one")) == {
        "EC-zero": Change.NEW,
        "EC-one": Change.REMOVED,
    }


def test_a_stale_case_points_at_its_test() -> None:
    spec = read(SPEC.replace("returns: 3", "returns: 4"))
    [one] = changes(MODULE, spec, fingerprints(spec))
    assert one.test is not None
    assert one.test.span.of(MODULE) == "test_two"
