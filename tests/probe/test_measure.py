"""Coverage of the one file, and nothing else in the project touched by it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from redfirst.probe import wire
from tests.support.environments import NEW, python_with
from tests.support.probing import every, only, outcomes, perform, write

if TYPE_CHECKING:
    from pathlib import Path

CODE = """\
import sys

LIMIT = 10


def f(x):
    if x > LIMIT:
        return 0
    if x < 0:  # pragma: no cover
        return 1
    if TYPE_CHECKING_ONLY:
        return 2
    return x


TYPE_CHECKING_ONLY = False
"""
TESTS = """
    from code_here import f
    def test_low(): assert f(1) == 1
    def test_high(): assert f(11) == 0
    def test_fails(): assert f(1) == 3
"""


def test_lines_branches_and_contexts(python: Path, tmp_path: Path) -> None:
    project = {"code_here.py": CODE, "test_it.py": TESTS}
    measured = measure(python, tmp_path, project)
    assert measured == wire.Measured(
        run="r",
        target="code_here.py",
        sha256=hashlib.sha256(CODE.encode()).hexdigest(),
        statements=[1, 3, 6, 7, 8, 11, 12, 13, 16],
        excluded=[9, 10],
        missing=[12],
        branches=[[11, 12], [11, 13]],
        missing_branches=[[11, 12]],
        contexts={
            "7": ["test_it.py::test_fails", "test_it.py::test_high", "test_it.py::test_low"],
            "8": ["test_it.py::test_high"],
            "9": ["test_it.py::test_fails", "test_it.py::test_low"],
            "11": ["test_it.py::test_fails", "test_it.py::test_low"],
            "13": ["test_it.py::test_fails", "test_it.py::test_low"],
        },
    )


@pytest.mark.parametrize(
    "configuration",
    [
        {".coveragerc": "[report]\nexclude_also =\n    if TYPE_CHECKING_ONLY:\n"},
        {"pyproject.toml": '[tool.coverage.report]\nexclude_also = ["if TYPE_CHECKING_ONLY:"]\n'},
    ],
)
def test_the_exclusions_of_the_user_count(
    python: Path, tmp_path: Path, configuration: dict[str, str]
) -> None:
    project = {"code_here.py": CODE, "test_it.py": TESTS, **configuration}
    measured = measure(python, tmp_path, project)
    assert measured.excluded == [9, 10, 11, 12]
    assert measured.missing == []


UNFIT = """
[run]
branch = false
parallel = true
source = elsewhere
data_file = .coverage-of-the-user
dynamic_context = test_function
concurrency = multiprocessing
[report]
fail_under = 100
include = elsewhere.py
omit = elsewhere.py
skip_covered = true
[json]
show_contexts = true
"""


def test_the_rest_of_the_users_configuration_does_not(python: Path, tmp_path: Path) -> None:
    project = {".coveragerc": UNFIT, "code_here.py": CODE, "test_it.py": TESTS}
    measured = measure(python, tmp_path, project)
    assert measured.missing == [12]
    assert measured.contexts["8"] == ["test_it.py::test_high"]


@pytest.mark.parametrize("section", ["run", "report"])
def test_what_the_user_omits_is_not_told(python: Path, tmp_path: Path, section: str) -> None:
    coveragerc = f"[{section}]\nomit =\n    other/*\n    code_*.py\n"
    project = {".coveragerc": coveragerc, "code_here.py": CODE, "test_it.py": TESTS}
    measured = measure(python, tmp_path, project)
    assert measured.omitted
    assert measured.statements == []
    assert measured.contexts == {}


def test_the_coverage_of_the_project_itself_is_left_alone(python: Path, tmp_path: Path) -> None:
    options = "--cov=code_here --cov-report=xml --cov-report=html --cov-fail-under=100"
    project = {
        "pytest.ini": f"[pytest]\naddopts = {options}\n",
        ".coverage": "the user's own",
        "coverage.xml": "the user's own",
        "code_here.py": CODE,
        "test_it.py": TESTS,
    }
    assert measure(python, tmp_path, project).missing == [12]
    assert (tmp_path / "project" / ".coverage").read_text() == "the user's own"
    assert (tmp_path / "project" / "coverage.xml").read_text() == "the user's own"


def test_a_module_that_no_test_imports(python: Path, tmp_path: Path) -> None:
    measured = measure(
        python, tmp_path, {"code_here.py": CODE, "test_it.py": "def test_it(): pass"}
    )
    assert measured.missing == measured.statements


def test_a_file_in_a_folder_with_characters_of_patterns(python: Path, tmp_path: Path) -> None:
    folder = tmp_path / "a[1] {b}"
    folder.mkdir()
    measured = measure(python, folder, {"code_here.py": CODE, "test_it.py": TESTS})
    assert measured.missing == [12]


def test_the_html_report_goes_where_it_is_asked_for(python: Path, tmp_path: Path) -> None:
    html = tmp_path / "html"
    measure(python, tmp_path, {"code_here.py": CODE, "test_it.py": TESTS}, html=html)
    assert "code_here" in (html / "index.html").read_text()


def test_a_configuration_that_coverage_refuses_is_told(python: Path, tmp_path: Path) -> None:
    project = {
        ".coveragerc": "[run]\nplugins = nowhere\n",
        "code_here.py": CODE,
        "test_it.py": TESTS,
    }
    messages = run(python, tmp_path, project)
    assert only(wire.Unavailable, messages).what == "coverage"
    assert "nowhere" in only(wire.Unavailable, messages).message
    assert outcomes(messages) == {
        "test_low": "passed",
        "test_high": "passed",
        "test_fails": "failed",
    }


def test_without_coverage_the_tests_are_run_all_the_same(tmp_path: Path) -> None:
    python = python_with(("pytest>=9,<10",))
    messages = run(python, tmp_path, {"code_here.py": CODE, "test_it.py": TESTS})
    assert only(wire.Ready, messages).coverage is None
    assert only(wire.Unavailable, messages).what == "coverage"
    assert len(outcomes(messages)) == 3
    assert not every(wire.Measured, messages)


def test_a_stub_is_not_measured(tmp_path: Path) -> None:
    stub = {"code_here": "def f(x): return 0"}
    project = {"code_here.py": CODE, "test_it.py": TESTS}
    (measured,) = every(wire.Measured, run(python_with(NEW), tmp_path, project, modules=stub))
    assert measured.missing == measured.statements


def measure(
    python: Path, folder: Path, project: dict[str, str], html: Path | None = None
) -> wire.Measured:
    messages = run(python, folder, project, html=html)
    assert not every(wire.Unavailable, messages)
    root = folder / "project"
    new = {path.name for path in root.iterdir()} - {"__pycache__", *project}
    assert new == set()
    return only(wire.Measured, messages)


def run(
    python: Path,
    folder: Path,
    project: dict[str, str],
    *,
    html: Path | None = None,
    modules: dict[str, str] | None = None,
) -> list[wire.Message]:
    root = write(folder / "project", project)
    data = folder / "data"
    data.mkdir()
    measure = wire.Measure(
        "code_here",
        "code_here.py",
        contexts=True,
        data_folder=str(data),
        html_folder=None if html is None else str(html),
    )
    return perform(
        python, root, wire.Run("r", "test_it.py", modules=modules or {}, measure=measure)
    )
