"""Options of the project must not hide a test, stop a run, or write a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from redfirst.probe import wire
from tests.support.environments import CROWDED, NEW, OLD, python_with
from tests.support.probing import only, outcomes, perform, write

if TYPE_CHECKING:
    from pathlib import Path

TESTS = """
    def test_a(): assert False
    def test_b(): assert False
    def test_c(): pass
"""
ENDS = {"test_a": "failed", "test_b": "failed", "test_c": "passed"}


@pytest.mark.parametrize(
    "options",
    [
        "-x",
        "--maxfail=1",
        "-k test_a",
        "-m slow",
        "--deselect test_it.py::test_c",
        "--lf --ff",
        "--sw",
        "--collect-only",
        "-p no:cacheprovider",
        "-p no:cacheprovider --strict-config",
        "-p no:terminal",
        "--junitxml=junit.xml",
        "--basetemp=temporary",
        "--cov=code_here --cov-fail-under=100 --cov-report=xml --cov-branch",
        "-p no:cov",
        "-s -vv --tb=no",
    ],
)
@pytest.mark.parametrize("packages", [OLD, NEW], ids=["pytest8", "pytest9"])
def test_every_test_is_run_and_nothing_written(
    packages: tuple[str, ...], tmp_path: Path, options: str
) -> None:
    check(packages, tmp_path, options)


@pytest.mark.parametrize(
    "options",
    [
        "-n 2",
        "-n auto --dist loadfile",
        "-p no:xdist",
        "-p no:randomly",
        "--reruns 2",
        "--maxfail=1 -n 2",
    ],
)
def test_plugins_of_the_project_do_not_get_in_the_way(tmp_path: Path, options: str) -> None:
    messages = check(CROWDED, tmp_path, options)
    collected = only(wire.Collected, messages).tests
    assert [test.partition("::")[2] for test in collected] == list(ENDS)


def check(packages: tuple[str, ...], root: Path, options: str) -> list[wire.Message]:
    project = {
        "pytest.ini": f"[pytest]\naddopts = {options}\nmarkers = slow\n",
        "code_here.py": "",
        "test_it.py": TESTS,
    }
    write(root, project)
    messages = perform(python_with(packages), root, wire.Run("r", "test_it.py"))
    assert outcomes(messages) == ENDS
    assert only(wire.Ended, messages).exit_code == 1
    written = {path.name for path in root.iterdir()} - {"__pycache__"}
    assert written == set(project)
    return messages


def test_a_test_that_is_rerun_ends_once(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "test_it.py": """
                import pytest
                seen = []
                @pytest.mark.flaky(reruns=2)
                def test_it():
                    seen.append(1)
                    assert len(seen) == 2
            """
        },
    )
    messages = perform(python_with(CROWDED), tmp_path, wire.Run("r", "test_it.py"))
    assert outcomes(messages) == {"test_it": "passed"}


def test_a_conftest_that_hides_and_shuffles(python: Path, tmp_path: Path) -> None:
    conftest = """
        def pytest_collection_modifyitems(items):
            items[:] = reversed(items[1:])
    """
    write(tmp_path, {"conftest.py": conftest, "test_it.py": TESTS})
    messages = perform(python, tmp_path, wire.Run("r", "test_it.py"))
    assert outcomes(messages) == ENDS
    assert [test.partition("::")[2] for test in only(wire.Collected, messages).tests] == list(ENDS)
