"""What holds for all findings of the gate: order, severity, waivers and fixes."""

from __future__ import annotations

import pytest

from redfirst.generation.gate import CHECK_NAMES, check_module
from redfirst.spec.codes import Code
from redfirst.spec.problem import Fix, Severity
from tests.generation.gate_specs import LOCKED, MARKERS, MEAN, REFUSE, TOTAL, WAIVING, spec

FOREIGN = """
import numpy, pytest
from shop.basket import mean

def test_mean():
    assert mean([1]) == 1.0
    assert [mean([1])] <= [1]

@pytest.mark.parametrize(("prices", "expected"), [([1], 1)])
def test_bound(prices, expected):
    assert mean(prices) > 0

def test_median():
    assert numpy.median([1]) == 1
"""


def applied(source: str, fix: Fix) -> str:
    for edit in sorted(fix.edits, key=lambda edit: edit.span, reverse=True):
        source = source[: edit.span.start] + edit.new_text + source[edit.span.end :]
    return source


def test_findings_are_sorted_by_place_and_name_the_case() -> None:
    source = (
        "import numpy\nfrom shop.basket import mean\n"
        'def test_three():\n    """EC-three-prices: x"""\n    assert mean([1]) == 1.0\n'
        'def test_one():\n    """EC-one-price: x"""\n    mean([1])\n'
    )
    found = check_module(source, WAIVING, MARKERS)
    assert [(problem.code, problem.case) for problem in found] == [
        (Code.CASE_WITHOUT_TEST, "EC-two-prices"),
        (Code.IMPORT_NOT_ALLOWED, None),
        (Code.FLOAT_EQUALITY, "EC-three-prices"),
        (Code.NO_ASSERTION, "EC-one-price"),
    ]


def test_a_foreign_module_is_advised_where_a_linked_one_is_refused() -> None:
    found = check_module(FOREIGN, MEAN, MARKERS)
    assert {(problem.code, problem.severity) for problem in found} == {
        (Code.IMPORT_NOT_ALLOWED, Severity.WARNING),
        (Code.FLOAT_EQUALITY, Severity.WARNING),
        (Code.TARGET_NOT_CALLED, Severity.WARNING),
        (Code.EXPECTATION_UNREAD, Severity.WARNING),
        (Code.LISTS_ORDERED, Severity.WARNING),
    }


def test_a_foreign_module_is_refused_for_what_makes_it_worthless() -> None:
    source = "from shop.basket import mean\ndef test_mean():\n    mean([1])\n"
    (problem,) = check_module(source, MEAN, MARKERS)
    assert (problem.code, problem.severity) == (Code.NO_ASSERTION, Severity.ERROR)


def test_a_declared_marker_is_known() -> None:
    source = (
        "import pytest\nfrom shop.basket import total\n@pytest.mark.money\n"
        'def test_empty():\n    """EC-empty-basket: x"""\n    assert total([]) == 0\n'
    )
    assert [problem.code for problem in check_module(source, TOTAL, frozenset())] == [
        Code.UNDECLARED_MARKER
    ]
    assert check_module(source, TOTAL, frozenset({"money"})) == ()


def test_a_waived_case_needs_no_test() -> None:
    waiving = spec("""
        function: total
        module: shop.basket
        signature: "total(prices: list[int]) -> int"
        behavior: Adds up the prices of a basket, in cents.
        edge_cases:
          - empty basket -> 0
          - case: endless basket -> it waits for ever
            waive: {case-without-test: "a test would never end"}
    """)
    source = (
        "from shop.basket import total\n"
        'def test_empty():\n    """EC-empty-basket: x"""\n    assert total([]) == 0\n'
    )
    assert check_module(source, waiving, MARKERS) == ()


def test_checks_are_waived_by_names_in_kebab_case() -> None:
    assert CHECK_NAMES["float-equality"] is Code.FLOAT_EQUALITY
    assert CHECK_NAMES["weak"] is Code.WEAK
    assert "vacuous" not in CHECK_NAMES


@pytest.mark.parametrize(
    "expected",
    [
        pytest.param("pytest.raises(ValueError)", id="no match"),
        pytest.param('pytest.raises(ValueError, match=".*")', id="any message"),
        pytest.param('pytest.raises(ValueError, match="é (cents)")', id="another message"),
    ],
)
def test_the_fix_of_a_message_mends_the_test(expected: str) -> None:
    source = (
        "import pytest\nfrom shop.basket import total\ndef test_negative():\n"
        f'    """ER-negative-price: 💶"""\n    with {expected}:\n        total([-1])\n'
    )
    (problem,) = check_module(source, REFUSE, MARKERS)
    assert problem.fix is not None
    assert check_module(applied(source, problem.fix), REFUSE, MARKERS) == ()


def test_the_fix_of_prose_leaves_the_code() -> None:
    code = (
        "from shop.basket import total\n"
        'def test_empty():\n    """EC-empty-basket: x"""\n    assert total([]) == 0\n'
    )
    first, second = check_module(f"Sure!\n```python\n{code}```\nBye.", TOTAL, MARKERS)
    assert first.fix is not None
    assert first.fix == second.fix
    assert applied(f"Sure!\n```python\n{code}```\nBye.", first.fix) == code


def test_the_subclass_of_a_declared_exception_is_right_and_its_base_is_not() -> None:
    template = (
        "import pytest\nfrom shop.basket import Bolted, Locked, total\ndef test_locked():\n"
        '    """ER-locked-basket: x"""\n'
        '    with pytest.raises({}, match="locked"):\n        total([])\n'
    )
    assert check_module(template.format("Bolted"), LOCKED, MARKERS) == ()
    (problem,) = check_module(template.format("ValueError"), LOCKED, MARKERS)
    assert problem.code is Code.RAISES_WRONG_TYPE


def test_a_module_of_any_depth_is_answered() -> None:
    source = "x = " + " + ".join(["y"] * 3_000) + "\n"
    assert isinstance(check_module(source, TOTAL, MARKERS), tuple)


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "(a|a)*$", "(a|b|ab)*c", ".*.*.*.*.*.*.*.*=", "x" * 9]
)
def test_a_pattern_that_searches_for_ever_is_not_tried(pattern: str) -> None:
    endless = spec(f"""
        function: total
        module: shop.basket
        signature: "total(prices: list[int]) -> int"
        behavior: Adds up the prices of a basket, in cents.
        errors:
          - 'long name -> raise ValueError("{"a" * 90}")'
    """)
    source = (
        "import pytest\nfrom shop.basket import total\ndef test_long():\n"
        f'    """ER-long-name: x"""\n    with pytest.raises(ValueError, match="{pattern}"):\n'
        "        total([])\n"
    )
    codes = [problem.code for problem in check_module(source, endless, MARKERS)]
    assert codes == ([Code.MATCH_MISSES_MESSAGE] if pattern.startswith("x") else [])
