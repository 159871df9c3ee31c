"""Red verification on real modules: each `def` says which verdict its test must get."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from redfirst.project.project import project_at
from redfirst.workflow.progress import Silent
from redfirst.workflow.verify import verify

if TYPE_CHECKING:
    from pathlib import Path

    from redfirst.workflow.report import SpecReport

TOTAL = """
function: total
module: shop.total
signature: "total(prices: list[int]) -> int"
behavior: Sum the prices, which are integer cents.
edge_cases:
  - case: no prices -> zero
    id: EC-none
    examples: [{call: "total([])", returns: 0}]
  - case: two prices -> their sum
    id: EC-two
    examples: [{call: "total([100, 250])", returns: 350}]
  - case: order does not matter -> same sum
    id: EC-order
errors:
  - case: negative price -> raise ValueError("negative price")
    id: ER-negative
  - case: too many prices -> raise OverflowError("too many")
    id: ER-many
"""


def check(tmp_path: Path, spec: str, module: str) -> SpecReport:
    """Verify `module`, in which `def test_x():  # verdict` states what each test must get."""
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/subject.yml").write_text(spec)
    (tmp_path / "tests").mkdir()
    test = tmp_path / "tests/test_subject.py"
    test.write_text(dedent(module))
    report = asyncio.run(
        verify(project_at(tmp_path), tmp_path / "specs/subject.yml", test, Silent())
    )
    wanted = dict(re.findall(r"def (test_\w+)\(.*\).*:  # ([a-z]+)", module))
    found: dict[str, str] = {}
    for one in report.tests:
        name = re.split(r"::|\[", one.id)[1]
        verdict = one.verdict.value if one.verdict else "none"
        found[name] = verdict if found.get(name, verdict) == verdict else "mixed"
    assert found == wanted, "\n".join(
        f"{one.id}: {one.verdict}: {one.reason}" for one in report.tests
    )
    return report


def test_honest_tests_are_red(tmp_path: Path) -> None:
    report = check(
        tmp_path,
        TOTAL,
        '''
        import pytest
        from shop.total import total

        def test_none():  # red
            """EC-none: no prices -> zero"""
            assert total([]) == 0

        @pytest.mark.parametrize(("prices", "expected"), [([100, 250], 350), ([1, 2], 3)])
        def test_two(prices, expected):  # red
            """EC-two: two prices -> their sum"""
            assert total(prices) == expected

        def test_negative():  # red
            """ER-negative: negative price -> raise ValueError("negative price")"""
            with pytest.raises(ValueError, match="negative price"):
                total([-1])

        def test_many():  # red
            """ER-many: too many prices -> raise OverflowError("too many")"""
            with pytest.raises(OverflowError) as caught:
                total([1] * 1001)
            assert str(caught.value) == "too many"
        ''',
    )
    proven = {one.id.partition("::")[2]: one.proven for one in report.tests}
    assert proven["test_none"]
    assert proven["test_two[prices0-350]"]
    assert not proven["test_two[prices1-3]"], "no example answers total([1, 2])"


def test_tests_that_need_no_behaviour_are_vacuous(tmp_path: Path) -> None:
    check(
        tmp_path,
        TOTAL,
        '''
        import pytest
        from shop.total import total

        def test_constant():  # vacuous
            """EC-none: no prices -> zero"""
            assert True

        def test_swallows():  # vacuous
            """EC-two: two prices -> their sum"""
            try:
                assert total([100, 250]) == 350
            except Exception:
                pass

        def test_any_error():  # vacuous
            """ER-negative: negative price -> raise ValueError("negative price")"""
            with pytest.raises(Exception):
                total([-1])

        def test_value_by_error():  # vacuous
            """EC-none: no prices -> zero"""
            try:
                assert total([]) == 0
            except ValueError:
                pass

        @pytest.mark.skip
        def test_skipped():  # vacuous
            """EC-none: no prices -> zero"""
            assert total([]) == 0

        @pytest.mark.xfail
        def test_expected_to_fail():  # vacuous
            """EC-none: no prices -> zero"""
            assert total([]) == 0

        def test_loop_over_nothing():  # vacuous
            """EC-none: no prices -> zero"""
            for prices in []:
                assert total(prices) == 0
        ''',
    )


def test_tests_that_accept_wrong_answers_are_weak(tmp_path: Path) -> None:
    check(
        tmp_path,
        TOTAL,
        '''
        import pytest
        from shop.total import total

        def test_type_only():  # weak
            """EC-order: order does not matter -> same sum"""
            assert isinstance(total([1]), int)

        def test_any_message():  # weak
            """ER-negative: negative price -> raise ValueError("negative price")"""
            with pytest.raises(ValueError):
                total([-1])

        def test_too_wide_a_type():  # weak
            """ER-many: too many prices -> raise OverflowError("too many")"""
            with pytest.raises(ArithmeticError, match="too many"):
                total([1] * 1001)

        def test_own_case_is_not_looked_at():  # weak
            """EC-two: two prices -> their sum"""
            assert total([100, 250]) != 0 and total([]) == 0
        ''',
    )


def test_tests_that_cannot_run_are_broken(tmp_path: Path) -> None:
    check(
        tmp_path,
        TOTAL,
        '''
        from shop.total import total

        def test_unknown_fixture(prices_from_nowhere):  # broken
            """EC-none: no prices -> zero"""
            assert total(prices_from_nowhere) == 0

        def test_misspelt_before():  # broken
            """EC-none: no prices -> zero"""
            assert total(price) == 0

        def test_misspelt_after():  # broken
            """EC-order: order does not matter -> same sum"""
            assert total([1]) == expected

        def test_wrong_arguments():  # broken
            """EC-two: two prices -> their sum"""
            assert total(100, 250) == 350

        def test_fails_without_calling():  # broken
            """EC-order: order does not matter -> same sum"""
            assert False
        ''',
    )


def test_tests_that_no_right_answer_satisfies_are_contradictory(tmp_path: Path) -> None:
    check(
        tmp_path,
        TOTAL,
        '''
        import pytest
        from shop.total import total

        def test_wrong_sum():  # contradictory
            """EC-two: two prices -> their sum"""
            assert total([100, 250]) == 351

        def test_wrong_message():  # contradictory
            """ER-negative: negative price -> raise ValueError("negative price")"""
            with pytest.raises(ValueError, match="price must not be negative"):
                total([-1])

        def test_always_red():  # contradictory
            """ER-many: too many prices -> raise OverflowError("too many")"""
            assert False

        def test_wrong_type():  # contradictory
            """ER-many: too many prices -> raise OverflowError("too many")"""
            with pytest.raises(KeyError, match="too many"):
                total([1] * 1001)
        ''',
    )


def test_the_naive_check_accepts_what_ours_does_not(tmp_path: Path) -> None:
    """With the module missing, pytest ends with an error for `assert True` too."""
    module = '''
        from shop.total import total

        def test_constant():  # vacuous
            """EC-none: no prices -> zero"""
            assert True
        '''
    report = check(tmp_path, TOTAL, module)
    assert report.tests[0].stubs["unwritten"] == "passed"
    naive = _run_pytest(tmp_path)
    assert naive != 0, "non-zero exit: the naive check calls this red"


def test_a_module_without_links_is_judged_all_the_same(tmp_path: Path) -> None:
    report = check(
        tmp_path,
        TOTAL,
        """
        from shop.total import total

        def test_by_hand():  # red
            assert total([1, 2]) == 3

        def test_nothing():  # vacuous
            assert total

        def test_by_attribute():  # red
            import shop.total as subject

            assert subject.total([5]) == 5
        """,
    )
    assert not any(finding.code in ("RF206", "RF207") for finding in report.findings)


@pytest.mark.parametrize(
    ("module", "code", "words"),
    [
        ("from shop.total import total\ndef test_x(:\n    pass\n", "RF200", ""),
        ("import nowhere_to_be_found\n", "RF307", "nowhere_to_be_found"),
        (
            "from shop.total import total\nSUM = total([1])\n\ndef test_x():\n    assert SUM\n",
            "RF307",
            "while it is imported",
        ),
        ("from shop.total import total\n", "RF308", "no tests"),
        ("import os\nos._exit(1)\n", "RF307", "process ended"),
    ],
)
def test_a_module_that_cannot_be_judged_says_why(
    tmp_path: Path, module: str, code: str, words: str
) -> None:
    report = check(tmp_path, TOTAL, module)
    assert [
        finding for finding in report.findings if finding.code == code and words in finding.message
    ], report.findings


def _run_pytest(root: Path) -> int:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]
    return subprocess.run(command, cwd=root, capture_output=True, check=False).returncode


def test_a_conftest_that_raises_is_blamed_itself(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text("raise RuntimeError('no database')\n")
    report = check(tmp_path, TOTAL, "from shop.total import total\n")
    assert [finding.code.value for finding in report.findings if finding.code > "RF3"] == ["RF905"]
    assert any("no database" in finding.message for finding in report.findings)


FEE = """
function: fee
module: bank.fee
signature: "fee(cents: int) -> int"
behavior: One percent, at least 50.
edge_cases:
  - case: small amount -> the lowest fee
    id: EC-small
    examples: [{call: fee(100), returns: 50}, {call: fee(5000), returns: 50}]
  - case: large amount -> one percent
    id: EC-large
    examples: [{call: fee(20000), returns: 200}, {call: fee(20001), returns: 200}]
"""


def test_each_example_is_answered_wrongly_alone_and_one_test_of_the_case_has_to_notice(
    tmp_path: Path,
) -> None:
    report = check(
        tmp_path,
        FEE,
        """
        from bank.fee import fee

        def test_small():  # weak
            '''EC-small: small amount -> the lowest fee'''
            assert fee(100) == 50
            assert fee(5000) < 2000

        def test_large():  # red
            '''EC-large: large amount -> one percent'''
            assert fee(20000) == 200
            assert fee(20001) < 2000

        def test_large_and_odd():  # red
            '''EC-large: large amount -> one percent'''
            assert fee(20000) > 50
            assert fee(20001) == 200
        """,
    )
    assert "`fee(5000)` returned `49` in place of `50`" in report.tests[0].reason
