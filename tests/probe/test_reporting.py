"""What the probe says of tests that behave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from redfirst.probe import wire
from redfirst.project import probe_client, probe_process
from tests.support.environments import BARE, CROWDED, python_with
from tests.support.probing import end_of, every, only, outcomes, perform, write

if TYPE_CHECKING:
    from pathlib import Path

EVERY_END = """
    import pytest

    def helper():
        raise KeyError("deep")

    @pytest.fixture
    def broken():
        raise RuntimeError("no fixture")

    @pytest.fixture
    def untidy():
        yield
        raise RuntimeError("no teardown")

    def test_passes(): pass
    def test_fails(): assert 1 == 2
    def test_fails_deeper(): helper()
    def test_raises_nothing():
        with pytest.raises(ValueError): pass
    def test_setup(broken): pass
    def test_teardown(untidy): pass
    def test_fails_and_teardown(untidy): assert False
    @pytest.mark.skip(reason="not now")
    def test_skipped(): pass
    @pytest.mark.xfail
    def test_xfailed(): assert False
    @pytest.mark.xfail
    def test_xpassed(): pass
    @pytest.mark.xfail(strict=True)
    def test_strict(): pass
    @pytest.mark.parametrize("n", [1, -1])
    def test_rows(n): assert n > 0
    def test_unknown_fixture(nowhere): pass
    class TestGroup:
        def test_inside(self): pass
"""

ENDS = {
    "test_passes": "passed",
    "test_fails": "failed",
    "test_fails_deeper": "failed",
    "test_raises_nothing": "failed",
    "test_setup": "error",
    "test_teardown": "error",
    "test_fails_and_teardown": "failed",
    "test_skipped": "skipped",
    "test_xfailed": "xfailed",
    "test_xpassed": "xpassed",
    "test_strict": "failed",
    "test_rows[1]": "passed",
    "test_rows[-1]": "failed",
    "test_unknown_fixture": "error",
    "TestGroup::test_inside": "passed",
}


def test_each_test_ends_as_pytest_says(python: Path, tmp_path: Path) -> None:
    write(tmp_path, {"test_it.py": EVERY_END})
    messages = perform(python, tmp_path, wire.Run("r", "test_it.py"))
    assert outcomes(messages) == ENDS
    assert only(wire.Collected, messages).tests == [f"test_it.py::{name}" for name in ENDS]
    assert isinstance(messages[0], wire.Ready)
    assert messages[-1] == only(wire.Ended, messages)
    assert only(wire.Ended, messages).exit_code == 1


@pytest.mark.parametrize(
    ("test", "exception", "message", "line", "in_test"),
    [
        ("test_passes", None, "", None, False),
        ("test_fails", "AssertionError", "assert 1 == 2", 16, True),
        ("test_fails_deeper", "KeyError", "'deep'", 4, True),
        ("test_setup", "RuntimeError", "no fixture", 8, True),
        ("test_strict", None, "[XPASS(strict)]", None, False),
        ("test_unknown_fixture", None, "fixture 'nowhere' not found", None, False),
    ],
)
def test_a_failure_has_its_type_words_and_place(  # noqa: PLR0913, PLR0917
    ends: list[wire.Message],
    test: str,
    exception: str | None,
    message: str,
    line: int | None,
    in_test: bool,
) -> None:
    end = end_of(ends, test)
    assert exception is None or end.exception == exception
    assert (end.message, end.line, end.in_test) == (message, line, in_test)


def test_pytest_raises_is_code_of_the_test(ends: list[wire.Message]) -> None:
    end = end_of(ends, "test_raises_nothing")
    assert "DID NOT RAISE" in end.message
    assert end.in_test


@pytest.fixture(scope="module")
def ends(tmp_path_factory: pytest.TempPathFactory) -> list[wire.Message]:
    root = write(tmp_path_factory.mktemp("ends"), {"test_it.py": EVERY_END})
    return perform(python_with(CROWDED), root, wire.Run("r", "test_it.py"))


def test_a_failure_below_the_test_file_is_not_in_the_test(python: Path, tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "helper.py": "def fail(): raise LookupError('far')",
            "test_it.py": "import helper\ndef test_it():\n    helper.fail()\n",
        },
    )
    end = end_of(perform(python, tmp_path, wire.Run("r", "test_it.py")), "test_it")
    assert (end.exception, end.line, end.in_test) == ("LookupError", 3, False)


def test_only_and_skip_choose_tests(python: Path, tmp_path: Path) -> None:
    write(tmp_path, {"test_it.py": EVERY_END})
    runs = [
        wire.Run(
            "only", "test_it.py", only=["test_it.py::test_rows[-1]", "test_it.py::test_fails"]
        ),
        wire.Run(
            "skip", "test_it.py", skip=[f"test_it.py::{n}" for n in ENDS if n != "test_setup"]
        ),
    ]
    messages = perform(python, tmp_path, *runs)
    assert outcomes(messages) == {
        "test_fails": "failed",
        "test_rows[-1]": "failed",
        "test_setup": "error",
    }
    assert [end.run for end in every(wire.Ended, messages)] == ["only", "skip"]


def test_runs_at_the_same_time_keep_apart(python: Path, tmp_path: Path) -> None:
    write(tmp_path, {"test_it.py": EVERY_END})
    runs = [wire.Run(f"r{n}", "test_it.py") for n in range(4)]
    messages = perform(python, tmp_path, *runs, jobs=2)
    assert len(every(wire.Ready, messages)) == 1
    for run in runs:
        assert outcomes([m for m in messages if getattr(m, "run", None) == run.run]) == ENDS


def test_declared_markers_are_told(python: Path, tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "pytest.ini": "[pytest]\nmarkers =\n    slow: takes long\n    owner(name): who\n",
            "test_it.py": "def test_it(): pass\n",
        },
    )
    markers = only(wire.Collected, perform(python, tmp_path, wire.Run("r", "test_it.py"))).markers
    assert {"slow", "owner", "parametrize"} <= set(markers)


@pytest.mark.parametrize(
    ("text", "exception", "line"),
    [
        ("def test_it(:\n    pass\n", "SyntaxError", 1),
        ("import os\nimport nowhere_at_all\n", "ModuleNotFoundError", 2),
        ("#\n\nraise ValueError('at import')\n", "ValueError", 3),
        ("import pytest\n@pytest.mark.undeclared\ndef test_it(): pass\n", "Failed", 2),
    ],
)
def test_a_module_that_cannot_be_collected(
    python: Path, tmp_path: Path, text: str, exception: str, line: int
) -> None:
    write(tmp_path, {"pytest.ini": "[pytest]\naddopts = --strict-markers\n", "test_it.py": text})
    messages = perform(python, tmp_path, wire.Run("r", "test_it.py"))
    failed = only(wire.CollectionFailed, messages)
    assert (failed.exception, failed.line) == (exception, line)
    assert not every(wire.Collected, messages)
    assert only(wire.Ended, messages).exit_code == 2


def test_a_conftest_that_raises(python: Path, tmp_path: Path) -> None:
    write(
        tmp_path,
        {"conftest.py": "raise OSError('no database')", "test_it.py": "def test_it(): pass"},
    )
    messages = perform(python, tmp_path, wire.Run("r", "test_it.py"))
    failed = only(wire.CollectionFailed, messages)
    assert (failed.exception, failed.message, failed.line) == ("OSError", "no database", None)
    assert only(wire.Ended, messages).exit_code == 4
    assert "no database" in only(wire.Ended, messages).output


def test_an_interpreter_without_pytest(tmp_path: Path) -> None:
    write(tmp_path, {"test_it.py": "def test_it(): pass"})
    messages = perform(python_with(BARE), tmp_path, wire.Run("r", "test_it.py"), jobs=2)
    assert messages == [wire.Unavailable("pytest", "ModuleNotFoundError: No module named 'pytest'")]


def test_the_working_directory_is_importable_as_with_python_m_pytest(
    python: Path, tmp_path: Path
) -> None:
    write(
        tmp_path,
        {
            "wire.py": "WHOSE = 'the project'",
            "worker.py": "WHOSE = 'the project'",
            "tests/test_it.py": """
                import sys, wire, worker
                def test_it():
                    assert wire.WHOSE == worker.WHOSE == 'the project'
                    assert not [p for p in sys.path if 'redfirst' in p.split('/')]
                    assert not [m for m in sys.modules if m.split('.')[0] == 'redfirst']
            """,
        },
    )
    assert outcomes(perform(python, tmp_path, wire.Run("r", "tests/test_it.py"))) == {
        "test_it": "passed"
    }


def test_a_subtest_that_fails_fails_its_test_only(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "test_it.py": """
                def test_parts(subtests):
                    with subtests.test("one"): assert 1 == 1
                    with subtests.test("two"): assert 1 == 2
                def test_whole(subtests):
                    with subtests.test("one"): pass
            """
        },
    )
    messages = perform(python_with(CROWDED), tmp_path, wire.Run("r", "test_it.py"))
    assert outcomes(messages) == {"test_parts": "failed", "test_whole": "passed"}
    assert end_of(messages, "test_parts").message == "assert 1 == 2"


def test_where_there_is_no_fork_each_run_has_a_process(
    python: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe_process, "CAN_FORK", False)
    monkeypatch.setattr(probe_client, "CAN_FORK", False)
    text = "import os\ndef test_before(): pass\ndef test_exit(): os._exit(0)\n"
    text += "def test_loop():\n    while True: pass\ndef test_after(): pass\n"
    write(tmp_path, {"test_it.py": EVERY_END, "test_hostile.py": text})
    runs = [wire.Run("r", "test_it.py"), wire.Run("hostile", "test_hostile.py", timeout=1.0)]
    messages = perform(python, tmp_path, *runs)
    assert outcomes(messages) == {
        **ENDS,
        "test_before": "passed",
        "test_exit": "lost",
        "test_loop": "timeout",
        "test_after": "passed",
    }
    assert len(every(wire.Ready, messages)) == 1
    assert [end.exit_code for end in every(wire.Ended, messages)] == [1, None]
    assert "short test summary" in every(wire.Ended, messages)[0].output
