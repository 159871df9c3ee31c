"""Stubs stand in for modules; nothing of the implementation is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from redfirst.probe import wire
from tests.support.environments import NEW, python_with
from tests.support.probing import end_of, every, only, outcomes, perform, write

if TYPE_CHECKING:
    from pathlib import Path

LEAVES_A_TRACE = """
    from pathlib import Path
    Path(__file__).with_suffix(".imported").touch()
"""
STUB = "def f(x): return 42\n"
WATCHED = """
@__redfirst__.behaviour("answer")
def answer(arguments): return 42

@__redfirst__.stand_in
def f(x): ...
"""
PACKAGE = {
    "payments/__init__.py": f"{LEAVES_A_TRACE}\n    from .reconcile import f\n    VERSION = '1'\n",
    "payments/reconcile.py": f"{LEAVES_A_TRACE}\n    def f(x): return x + 1\n",
    "payments/money.py": "CENTS = 100\n",
    "test_it.py": "from payments.reconcile import f\ndef test_it(): assert f(1) == 42\n",
}


def test_a_stub_is_served_and_no_code_of_the_project_is_run(python: Path, tmp_path: Path) -> None:
    write(tmp_path, PACKAGE)
    messages = perform(python, tmp_path, stubbed())
    assert outcomes(messages) == {"test_it": "passed"}
    assert not list(tmp_path.rglob("*.imported"))


def test_without_stubs_the_trace_shows(python: Path, tmp_path: Path) -> None:
    """The check above can fail."""
    write(tmp_path, PACKAGE)
    messages = perform(python, tmp_path, wire.Run("r", "test_it.py"))
    assert outcomes(messages) == {"test_it": "failed"}
    assert len(list(tmp_path.rglob("*.imported"))) == 2


def test_one_stub_after_the_other(python: Path, tmp_path: Path) -> None:
    """No run sees the stub of the run before."""
    write(tmp_path, PACKAGE)
    other = wire.Run("other", "test_it.py", modules={"payments.reconcile": "def f(x): return 0"})
    messages = perform(python, tmp_path, stubbed(), other, wire.Run("real", "test_it.py"))
    ends = every(wire.Finished, messages)
    assert [end.outcome for end in ends] == ["passed", "failed", "failed"]
    assert ["0 == 42" in end.message for end in ends] == [False, True, False]
    assert "2 == 42" in ends[2].message


@pytest.mark.parametrize(
    "statement",
    [
        "import payments.reconcile as r; assert r.f(1) == 42",
        "from payments import reconcile; assert reconcile.f(1) == 42",
        "from payments.money import CENTS; assert CENTS == 100",
        "from payments import money; assert money.CENTS == 100",
        "from payments import f; assert f(1) == 42",
        "import payments; assert payments.VERSION == '1'",
        "import payments, os; assert os.path.isdir(payments.__path__[0])",
        "from importlib.resources import files; assert (files('payments') / 'money.py').is_file()",
        "import importlib, payments.reconcile as r; assert importlib.reload(r).f(1) == 42",
    ],
)
def test_ways_to_import(tmp_path: Path, statement: str) -> None:
    write(tmp_path, {**PACKAGE, "test_it.py": f"def test_it():\n        {statement}\n"})
    end = end_of(perform(python_with(NEW), tmp_path, stubbed()), "test_it")
    assert (end.outcome, end.message) == ("passed", "")
    assert not (tmp_path / "payments" / "reconcile.imported").exists()


def test_what_the_package_does_not_have_is_missing(python: Path, tmp_path: Path) -> None:
    write(
        tmp_path, {**PACKAGE, "test_it.py": "from payments import nothing\ndef test_it(): pass\n"}
    )
    failed = only(wire.CollectionFailed, perform(python, tmp_path, stubbed()))
    assert failed.exception == "ImportError"
    assert "cannot import name 'nothing' from 'payments'" in failed.message


def test_nothing_of_it_need_exist(python: Path, tmp_path: Path) -> None:
    write(tmp_path, {"test_it.py": PACKAGE["test_it.py"]})
    assert outcomes(perform(python, tmp_path, stubbed())) == {"test_it": "passed"}


@pytest.mark.parametrize("exists", [True, False])
def test_an_absent_module_cannot_be_imported(python: Path, tmp_path: Path, exists: bool) -> None:
    write(tmp_path, PACKAGE if exists else {"test_it.py": PACKAGE["test_it.py"]})
    run = wire.Run("r", "test_it.py", absent=["payments.reconcile"])
    failed = only(wire.CollectionFailed, perform(python, tmp_path, run))
    assert (failed.exception, failed.message, failed.line) == (
        "ModuleNotFoundError",
        "No module named 'payments.reconcile'",
        1,
    )
    assert not list(tmp_path.rglob("*.imported"))


def test_a_module_named_like_one_that_the_probe_has_loaded(python: Path, tmp_path: Path) -> None:
    """The real one is in memory when the run begins."""
    write(tmp_path, {"test_it.py": "from iniconfig import f\ndef test_it(): assert f(1) == 42\n"})
    assert outcomes(perform(python, tmp_path, stubbed("iniconfig"))) == {"test_it": "passed"}


def test_a_module_named_like_a_test(python: Path, tmp_path: Path) -> None:
    """pytest's own loader would claim a name such as `test_stock`."""
    write(
        tmp_path,
        {
            "test_stock.py": LEAVES_A_TRACE,
            "test_it.py": "import test_stock\ndef test_it(): assert test_stock.f(1) == 42\n",
        },
    )
    assert outcomes(perform(python, tmp_path, stubbed("test_stock"))) == {"test_it": "passed"}
    assert not list(tmp_path.rglob("*.imported"))


def test_a_stub_of_a_package_and_of_a_module_in_it(python: Path, tmp_path: Path) -> None:
    test = """
        import payments, payments.money
        from payments.reconcile import f
        def test_it(): assert payments.f(1) == f(1)
    """
    write(
        tmp_path,
        {
            **PACKAGE,
            "test_it.py": test,
        },
    )
    run = wire.Run("r", "test_it.py", modules={"payments": STUB, "payments.reconcile": STUB})
    assert outcomes(perform(python, tmp_path, run)) == {"test_it": "passed"}
    assert not list(tmp_path.rglob("*.imported"))


def test_the_conftest_gets_the_stub_too(python: Path, tmp_path: Path) -> None:
    conftest = """
        import pytest
        from payments.reconcile import f
        @pytest.fixture
        def answer(): return f(1)
    """
    test = "def test_it(answer): assert answer == 42\ndef test_other(): pass\n"
    write(tmp_path, {**PACKAGE, "conftest.py": conftest, "test_it.py": test})
    messages = perform(python, tmp_path, stubbed())
    assert outcomes(messages) == {"test_it": "passed", "test_other": "passed"}


def test_calls_are_counted_test_by_test(python: Path, tmp_path: Path) -> None:
    test = """
        from payments.reconcile import f
        def test_none(): pass
        def test_two(): f(1); f(2)
        def test_misfit(): f()
        def test_none_again(): pass
    """
    write(tmp_path, {**PACKAGE, "test_it.py": test})
    modules = {"payments.reconcile": WATCHED}
    run = wire.Run("r", "test_it.py", modules=modules, stub="answer")
    ends = every(wire.Finished, perform(python, tmp_path, run))
    assert [end.calls for end in ends] == [0, 2, 0, 0]
    assert [end.misfit for end in ends] == [None, None, "missing a required argument: 'x'", None]


def test_a_stub_is_compiled_as_it_stands(tmp_path: Path) -> None:
    """No `from __future__` of the probe's own reaches it."""
    stub = "def f(x: int): return f.__annotations__['x']\n"
    test = "from payments.reconcile import f\ndef test_it(): assert f(1) is int\n"
    write(tmp_path, {"test_it.py": test})
    run = wire.Run("r", "test_it.py", modules={"payments.reconcile": stub})
    assert outcomes(perform(python_with(NEW), tmp_path, run)) == {"test_it": "passed"}


def stubbed(name: str = "payments.reconcile") -> wire.Run:
    return wire.Run("r", "test_it.py", modules={name: STUB})
