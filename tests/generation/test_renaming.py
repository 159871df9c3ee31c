"""After a renaming the module is what generation would write, or at least no less current."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from redfirst.generation.freshness import Change, changes
from redfirst.generation.from_examples import write_tests
from redfirst.generation.provenance import body_of, has_drifted, is_current, read_provenance
from redfirst.generation.renaming import HiddenNameError, Renaming, renamed_module
from redfirst.generation.render import render_module
from redfirst.spec.document import read_spec
from redfirst.spec.fingerprint import fingerprints
from redfirst.spec.ide.rename import Renamed, rename_case, rename_function

if TYPE_CHECKING:
    from redfirst.spec.model import Spec

SPEC = """\
function: half
module: maths
signature: "half(number: int) -> int"
behavior: Half of an even number.
edge_cases:
  - case: zero -> zero
    id: EC-zero
    examples:
      - {call: half(0), returns: 0}
  - case: many -> half of each
    examples:
      - {call: half(4), returns: 2}
      - {call: half(6), returns: 3}
  - not tested -> not tested
examples:
  - {call: half(half(8)), returns: 2}
errors:
  - case: odd number -> raise ValueError("odd number")
    examples:
      - {call: half(3)}
"""
PATH = "specs/half.yml"


def spec_of(text: str) -> Spec:
    spec = read_spec(text).spec
    assert spec is not None
    return spec


def generated(spec: Spec) -> str:
    return render_module(write_tests(spec).body, spec, PATH, "examples", None)


def with_id(case_id: str, new_id: str, text: str = SPEC) -> Renaming:
    document = read_spec(text)
    case = next(case for case in document.cases if case.id == case_id)
    return renaming(text, rename_case(document, case, new_id))


def with_function(new_name: str, text: str = SPEC) -> Renaming:
    return renaming(text, rename_function(read_spec(text), new_name))


def renaming(text: str, renamed: object) -> Renaming:
    assert isinstance(renamed, Renamed)
    assert renamed.document.spec is not None
    return Renaming(spec_of(text), renamed.document.spec)


def formatted(source: str) -> str:
    """As another formatter might leave it: not what generation writes, and no drift."""
    return source.replace("    assert half(0) == 0", "    assert (half(0) == 0)")


RENAMINGS = [
    with_id("EC-zero", "EC-nothing"),
    with_id("EC-many", "ER-odd-2"),
    with_id("ER-odd-number", "odd"),
    with_id("EC-not-tested", "EC-later"),
    with_function("halve"),
    with_function("a_name_so_long_that_what_was_on_one_line_needs_more_than_one_of_them_now"),
]


@pytest.mark.parametrize("renamed", RENAMINGS)
def test_the_result_is_what_generation_would_write(renamed: Renaming) -> None:
    assert renamed_module(generated(renamed.before), renamed) == generated(renamed.after)


@pytest.mark.parametrize("renamed", RENAMINGS)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_a_formatted_module_stays_current_and_says_the_same(
    renamed: Renaming, line_break: str
) -> None:
    source = formatted(generated(renamed.before)).replace("\n", line_break)
    assert not has_drifted(source)
    result = renamed_module(source, renamed)
    assert is_current(result, PATH, fingerprints(renamed.after))
    assert not changes(result, renamed.after, fingerprints(renamed.after))
    assert result.count("\n") == result.count(line_break)
    if "one_line" not in renamed.after.function.value:  # lines are not broken anew
        expected = formatted(generated(renamed.after).replace("halve", "half"))
        assert body_of(result).replace("halve", "half") == body_of(expected)


def test_what_was_stale_stays_stale() -> None:
    source = generated(spec_of(SPEC.replace("returns: 0", "returns: 1")))
    renamed = with_id("EC-zero", "EC-nothing")
    result = renamed_module(source, renamed)
    assert not has_drifted(result)
    (stale,) = changes(result, renamed.after, fingerprints(renamed.after))
    provenance = read_provenance(result)
    assert provenance is not None
    assert provenance.fingerprint != fingerprints(renamed.after).spec
    assert (stale.case, stale.change) == ("EC-nothing", Change.CHANGED)
    assert stale.test is not None
    assert stale.test.name == "test_nothing"


def test_a_name_that_somebody_chose_stays() -> None:
    """A model, or a person who writes tests by hand, need not follow our names."""
    source = generated(spec_of(SPEC)).replace("def test_zero", "def test_that_nothing_is_nothing")
    by_hand = body_of(source)
    renamed = with_id("EC-zero", "EC-nil")
    result = renamed_module(by_hand, renamed)
    assert result == by_hand.replace("EC-zero", "EC-nil")
    assert read_provenance(result) is None


def test_a_module_that_hides_the_name_is_left_alone() -> None:
    source = formatted(generated(spec_of(SPEC))) + "\n\ndef other(half): ...\n"
    with pytest.raises(HiddenNameError, match="binds `half` itself"):
        renamed_module(source, with_function("halve"))
    escaped = body_of(generated(spec_of(SPEC))).replace("EC-zero", "EC\\x2dzero")
    with pytest.raises(HiddenNameError, match="hides the id `EC-zero`"):
        renamed_module(escaped, with_id("EC-zero", "EC-nil"))
