"""What the rooms below say, as a report shows it."""

from pathlib import Path

import pytest

from redfirst.probe import wire
from redfirst.project.configuration import Configuration
from redfirst.project.fault import Fault
from redfirst.project.project import Project
from redfirst.spec.codes import Code
from redfirst.spec.problem import Fix, Problem, Severity, TextEdit
from redfirst.spec.ranges import LineIndex, Position, Span, TextRange
from redfirst.workflow.environment import (
    install_command,
    pytest_unusable,
    quoted_tail,
    runner_died,
    unavailable,
)
from redfirst.workflow.finding import from_fault, from_problem
from redfirst.workflow.implementation_run import ImplementationRun
from redfirst.workflow.validate import validate

PYTHON = Path("/envs/my shop/bin/python")


def test_a_problem_is_placed_in_its_file() -> None:
    fix = Fix("Quote this value", (TextEdit(Span(4, 5), '"1"'),))
    problem = Problem(Code.WRONG_SHAPE, Severity.WARNING, "Words.", Span(4, 5), fix, "EC-x")
    finding = from_problem(problem, "specs/x.yml", LineIndex("😀\na: 1"))
    assert finding.range == TextRange(Position(1, 2), Position(1, 3))
    assert (finding.code, finding.severity) == (Code.WRONG_SHAPE, Severity.WARNING)
    assert (finding.message, finding.path, finding.case) == ("Words.", "specs/x.yml", "EC-x")
    assert (finding.fix, finding.edits) == ("Quote this value", fix.edits)


def test_a_fault_is_an_error() -> None:
    place = TextRange(Position(1, 0), Position(1, 4))
    finding = from_fault(Fault(Code.CONFIGURATION, "Words.", "pyproject.toml", place))
    assert (finding.severity, finding.range, finding.fix) == (Severity.ERROR, place, None)


@pytest.mark.parametrize(
    ("lock", "command"),
    [
        (None, "'/envs/my shop/bin/python' -m pip install pytest"),
        ("uv.lock", "uv add --dev pytest"),
        ("poetry.lock", "poetry add --group dev pytest"),
        ("pdm.lock", "pdm add --dev pytest"),
    ],
)
def test_the_command_that_would_help(tmp_path: Path, lock: str | None, command: str) -> None:
    if lock is not None:
        (tmp_path / lock).touch()
    assert install_command("pytest", PYTHON, tmp_path) == command


def test_what_is_missing_and_where(tmp_path: Path) -> None:
    message = wire.Unavailable("coverage", "ModuleNotFoundError: No module named 'coverage'")
    finding = unavailable(message, PYTHON, tmp_path, "tests/test_x.py")
    assert finding.code is Code.NO_COVERAGE
    assert finding.message.startswith("`/envs/my shop/bin/python` cannot import coverage (Module")
    assert "-m pip install coverage`" in finding.message


def test_what_is_there_and_does_not_work(tmp_path: Path) -> None:
    """Installing it again would not help."""
    message = wire.Unavailable("coverage", "ConfigError: Unrecognized option '[run] branches='")
    finding = unavailable(message, PYTHON, tmp_path, "tests/test_x.py")
    assert finding.code is Code.NO_COVERAGE
    assert "does not work here: ConfigError: Unrecognized option" in finding.message
    assert "install" not in finding.message


@pytest.mark.parametrize("code", [0, 1, 2, 5, None])
def test_runs_that_say_something_about_tests(code: int | None) -> None:
    assert pytest_unusable(wire.Ended("r", code), "tests/test_x.py") is None


@pytest.mark.parametrize(("code", "words"), [(3, "an internal error"), (4, "a usage error")])
def test_pytest_that_gave_up(code: int, words: str) -> None:
    output = "ImportError while loading conftest\nE   ValueError: x\nSomeWarning: later\n"
    finding = pytest_unusable(wire.Ended("r", code, output=output), "tests/test_x.py")
    assert finding is not None
    assert finding.code is Code.PYTEST_UNUSABLE
    assert finding.message == (
        f"pytest ended with {words} before it ran a test: ValueError: x. "
        "Mend this until `python -m pytest tests/test_x.py` starts."
    )


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("", "."),
        (" \n\n", "."),
        ("a\nb\n\nc\nd.\n", ": b / c / d."),
        ("ERROR: x\nnoise", ": ERROR: x."),
    ],
)
def test_the_tail_of_an_output(output: str, expected: str) -> None:
    assert quoted_tail(output) == expected


def test_a_runner_that_died() -> None:
    finding = runner_died("python cannot be started", "tests/test_x.py")
    assert (finding.code, finding.severity) == (Code.RUNNER_DIED, Severity.ERROR)


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (b"- add\n", {Code.NOT_A_SPEC}),
        (b"a: \xff\n", {Code.UNREADABLE_FILE}),
        (None, {Code.UNREADABLE_FILE}),
    ],
)
def test_validate(tmp_path: Path, data: bytes | None, codes: set[Code]) -> None:
    if data is not None:
        (tmp_path / "x.yml").write_bytes(data)
    report = validate(Project(tmp_path, Configuration()), tmp_path / "x.yml")
    assert {finding.code for finding in report.findings} == codes
    assert (report.path, report.ok) == ("x.yml", False)


GREEN = {"a": "passed", "b": "passed"}


@pytest.mark.parametrize(
    ("outcomes", "exit_code", "green"),
    [
        (GREEN, 0, True),
        ({"a": "passed", "b": "skipped"}, 0, True),
        ({"a": "skipped", "b": "skipped"}, 0, False),
        ({"a": "passed", "b": "xfailed"}, 0, False),
        ({"a": "passed", "b": "xpassed"}, 0, False),
        ({"a": "passed"}, 0, False),
        (GREEN, 1, False),
        (GREEN, None, False),
        ({}, 0, False),
    ],
)
def test_which_runs_may_be_judged(
    outcomes: dict[str, str], exit_code: int | None, green: bool
) -> None:
    """Test `b` was collected, so it must have ended too."""
    said = ImplementationRun(
        tests=("a", "b"),
        finished={test: finished(test, outcome) for test, outcome in outcomes.items()},
        ended=wire.Ended("r", exit_code),
    )
    assert said.is_green is green


def finished(test: str, outcome: str) -> wire.Finished:
    return wire.Finished("r", test, outcome, 1, None, False, [], None, "", None, False, 0.1)
