"""A module that is loaded from another text than its file's behaves as if the file held it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from redfirst.probe import wire
from redfirst.project.probe_client import Probe
from redfirst.project.series import SeriesProbe
from tests.support.environments import NEW, python_with
from tests.support.probing import end_of, every, only, outcomes, perform, write

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "pay/__init__.py": "from .add import Sum\n",
    "pay/helpers.py": "BASE = 10\n",
    "pay/add.py": """
        import dataclasses
        import enum

        from .helpers import BASE


        class Kind(enum.Enum):
            A = 1


        @dataclasses.dataclass(frozen=True)
        class Sum:
            value: int
            kind: Kind = Kind.A


        def add(a, b):
            return Sum(a + b)
        """,
    "tests/test_add.py": """
        import importlib
        import importlib.util
        import inspect
        import pickle
        import traceback
        from pathlib import Path

        import pay
        import pay.add
        from pay import helpers
        from pay.add import Kind, Sum, add


        def test_value():
            assert add(1, 2) == Sum(3)


        def test_it_is_the_module_at_its_place():
            path = Path(__file__).parents[1] / "pay" / "add.py"
            assert Path(add.__code__.co_filename) == Path(pay.add.__file__) == path
            assert pay.add.__spec__.origin == str(path)
            assert pay.add.__spec__.has_location
            assert pay.add.__package__ == "pay"
            assert pay.add.BASE is helpers.BASE
            assert Path(importlib.util.find_spec("pay.add").origin) == path


        def test_it_is_one_module():
            assert pay.add is importlib.import_module("pay.add")
            assert type(add(1, 2)) is Sum is pay.Sum is pay.add.Sum
            assert pickle.loads(pickle.dumps(Sum(1))) == Sum(1)
            assert Kind(1) is Kind.A is pickle.loads(pickle.dumps(Kind.A))


        def test_who_reads_the_source_reads_the_text():
            assert "another text" in inspect.getsource(add)
            assert "another text" in pay.add.__loader__.get_source("pay.add")
            try:
                add(None, 1)
            except TypeError:
                assert "another text" in traceback.format_exc()
        """,
}
CHANGED = """\
# A line more.
import dataclasses
import enum

from .helpers import BASE


class Kind(enum.Enum):
    A = 1


@dataclasses.dataclass(frozen=True)
class Sum:
    value: int
    kind: Kind = Kind.A


def add(a, b):
    return Sum(a - b)  # another text
"""


def run(root: Path, name: str, text: str | None, **options: Any) -> wire.Run:
    texts = {} if text is None else {str(root / "pay" / "add.py"): text}
    return wire.Run(name, "tests/test_add.py", texts=texts, **options)


@pytest.mark.parametrize("kind", [Probe, SeriesProbe])
def test_as_if_the_file_held_it(kind: type[Probe], tmp_path: Path) -> None:
    root = write(tmp_path, FILES)
    before = (root / "pay/add.py").read_bytes()
    said = perform(python_with(NEW), root, run(root, "r", CHANGED), kind=kind)
    assert outcomes(said) == {
        "test_value": "failed",
        "test_it_is_the_module_at_its_place": "passed",
        "test_it_is_one_module": "passed",
        "test_who_reads_the_source_reads_the_text": "passed",
    }, [end.message for end in every(wire.Finished, said)]
    assert "Sum(value=-1" in end_of(said, "test_value").message
    assert (root / "pay/add.py").read_bytes() == before


@pytest.mark.parametrize("kind", [Probe, SeriesProbe])
def test_no_text_outlives_its_run(kind: type[Probe], tmp_path: Path) -> None:
    """Neither in the process that serves the next run, nor in a cache on the disk."""
    root = write(tmp_path, FILES)
    texts = {"first": CHANGED, "real": None, "broken": "x =", "again": None}
    only_value = ["tests/test_add.py::test_value"]
    runs = [
        run(root, name, text, only=only_value, until_failure=True) for name, text in texts.items()
    ]
    said = perform(python_with(NEW), root, *runs, kind=kind)
    ends = {end.run: end.exit_code for end in every(wire.Ended, said)}
    assert (ends["first"], ends["real"], ends["again"]) == (1, 0, 0)
    assert ends["broken"] not in (0, 1)
    assert only(wire.CollectionFailed, said).exception.endswith("SyntaxError")


def test_the_first_failure_is_enough(tmp_path: Path) -> None:
    files = {
        "test_it.py": """
            import os

            def test_a(): pass
            def test_b(): os._exit(3)
            def test_c(): assert os.environ["NOBODY_ASKS"]
            def test_d(): assert 0
            """
    }
    root = write(tmp_path, files)
    runs = [
        wire.Run("lost", "test_it.py", until_failure=True),
        wire.Run("failed", "test_it.py", skip=["test_it.py::test_b"], until_failure=True),
    ]
    said = perform(python_with(NEW), root, *runs)
    ends = [(end.run, end.test[-1], end.outcome) for end in every(wire.Finished, said)]
    assert ends == [
        ("lost", "a", "passed"),
        ("lost", "b", "lost"),
        ("failed", "a", "passed"),
        ("failed", "c", "failed"),
    ]
    assert [end.run for end in every(wire.Ended, said)] == ["lost", "failed"]
