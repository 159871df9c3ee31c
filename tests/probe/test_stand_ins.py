"""A file that nobody has saved is run and measured in the place of the one on the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from redfirst.probe import wire
from tests.support.environments import NEW, python_with
from tests.support.probing import only, outcomes, perform, write

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "pay/__init__.py": "",
    "pay/base.py": "BASE = 10\n",
    "pay/add.py": "def add(a, b):\n    return a - b\n",
    "tests/test_add.py": """
        import inspect
        import traceback
        from pathlib import Path

        import pay.add
        from pay.add import add


        def test_value():
            assert add(1, 2) == 13


        def test_the_module_is_at_its_place():
            path = Path(__file__).parents[1] / "pay" / "add.py"
            assert Path(pay.add.__file__) == Path(pay.add.__spec__.origin) == path


        def test_its_code_is_what_was_run():
            assert "BASE + a + b" in inspect.getsource(add)
            try:
                add(1, None)
            except TypeError as error:
                assert "BASE + a + b" in "".join(traceback.format_exception(error))
        """,
}
UNSAVED = """\
from .base import BASE


def add(a, b):
    if a is b:
        return 0  # never
    return BASE + a + b
"""


def run(project: Path, stand_in: Path | None) -> list[wire.Message]:
    real = str(project / "pay/add.py")
    folder = project / "data"
    folder.mkdir(exist_ok=True)
    target = str(stand_in or real)
    measure = wire.Measure("pay.add", target, contexts=True, data_folder=str(folder))
    stand_ins = {real: target} if stand_in else {}
    order = wire.Run("r", "tests/test_add.py", stand_ins=stand_ins, measure=measure)
    return perform(python_with(NEW), project, order)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write(tmp_path / "project", FILES)


def test_what_stands_in_is_run_and_measured(project: Path, tmp_path: Path) -> None:
    stand_in = tmp_path / "one [1]" / "unsaved-add.py"
    stand_in.parent.mkdir()
    stand_in.write_text(UNSAVED)
    before = (project / "pay/add.py").read_bytes()
    said = run(project, stand_in)
    assert set(outcomes(said).values()) == {"passed"}
    measured = only(wire.Measured, said)
    assert (measured.statements, measured.missing) == ([1, 4, 5, 6, 7], [6])
    assert measured.missing_branches == [[5, 6]]
    assert (project / "pay/add.py").read_bytes() == before
    assert not list((project / "pay").rglob("*add*.pyc"))


def test_without_it_the_file_is_run(project: Path) -> None:
    said = run(project, None)
    assert outcomes(said)["test_value"] == "failed"
    assert only(wire.Measured, said).statements == [1, 2]
