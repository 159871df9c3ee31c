"""A draft is judged inside the project without being written there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from redfirst.probe import wire
from redfirst.project import scratch
from redfirst.project.scratch import scratch_view
from tests.support.environments import NEW, OLD, python_with
from tests.support.probing import end_of, every, outcomes, perform, write

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = {
    ".git/HEAD": "ref",
    "pyproject.toml": """
        [tool.pytest.ini_options]
        markers = ["declared"]
        addopts = "--strict-markers"
        pythonpath = ["src"]
    """,
    "conftest.py": "import pytest\n@pytest.fixture\ndef outer(): return 'outer'\n",
    "src/shop/__init__.py": "",
    "src/shop/cart.py": "def total(): return 3\n",
    "tests/conftest.py": "import pytest\n@pytest.fixture\ndef inner(): return 'inner'\n",
    "tests/unit/data.txt": "data",
    "tests/unit/test_cart.py": "def test_written(): pass\n",
}
DRAFT = """
import pytest
from pathlib import Path
from shop.cart import total

@pytest.mark.declared
def test_draft(outer, inner):
    assert (outer, inner, total()) == ("outer", "inner", 3)
    assert Path(__file__).with_name("data.txt").read_text() == "data"

def test_configuration(pytestconfig):
    assert pytestconfig.rootpath == Path.cwd()
    assert pytestconfig.inipath == Path.cwd() / "pyproject.toml"
"""


@pytest.mark.parametrize("packages", [OLD, NEW], ids=["pytest8", "pytest9"])
@pytest.mark.parametrize("layout", ["flat", "package"])
def test_a_draft_is_run_with_the_projects_own_configuration(
    packages: tuple[str, ...], tmp_path: Path, layout: str
) -> None:
    more = {} if layout == "flat" else {"tests/__init__.py": "", "tests/unit/__init__.py": ""}
    root = write(tmp_path / "project", {**PROJECT, **more})
    before = listing(root)
    with scratch_view(root, "tests/unit/test_cart.py", DRAFT) as view:
        messages = perform(python_with(packages), view, wire.Run("r", "tests/unit/test_cart.py"))
    assert outcomes(messages) == {"test_draft": "passed", "test_configuration": "passed"}, [
        end_of(messages, end.test.split("::")[1]).message for end in every(wire.Finished, messages)
    ]
    assert listing(root) == before


def test_a_new_file_in_a_new_folder(tmp_path: Path) -> None:
    root = write(tmp_path / "project", PROJECT)
    with scratch_view(root, "more/tests/test_new.py", "text") as view:
        assert (view / "more" / "tests" / "test_new.py").read_text() == "text"
        assert (view / "tests" / "unit" / "data.txt").read_text() == "data"
        assert view.name == "project"
        assert not (view / ".git").exists()
    assert not (root / "more").exists()


def test_line_ends_are_kept(tmp_path: Path) -> None:
    with scratch_view(write(tmp_path, PROJECT), "test_it.py", "a\r\nb\n") as view:
        assert (view / "test_it.py").read_bytes() == b"a\r\nb\n"


def test_where_links_are_refused_entries_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("a privilege is missing")

    monkeypatch.setattr(scratch.Path, "symlink_to", refuse)
    monkeypatch.setattr(scratch.os, "symlink", refuse)
    root = write(tmp_path / "project", {**PROJECT, ".venv/big": "", "src/__pycache__/x.pyc": ""})
    with scratch_view(root, "tests/unit/test_cart.py", DRAFT) as view:
        assert (view / "src" / "shop" / "cart.py").read_text() == PROJECT["src/shop/cart.py"]
        assert not (view / "src" / "shop" / "cart.py").is_symlink()
        assert not (view / ".venv").exists()
        assert not (view / "src" / "__pycache__").exists()


def test_it_is_removed_whatever_happens(tmp_path: Path) -> None:
    root = write(tmp_path / "project", PROJECT)
    views: list[Path] = []

    def fail() -> None:
        with scratch_view(root, "tests/unit/test_cart.py", "") as view:
            views.append(view)
            (view / "tests" / "unit" / "left.txt").touch()
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert not views[0].parent.exists()
    assert (root / "tests" / "unit" / "data.txt").read_text() == "data"


def listing(root: Path) -> dict[str, str]:
    return {
        str(path.relative_to(root)): path.read_text()
        for path in root.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
