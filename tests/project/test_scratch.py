"""A draft is judged inside the project without being written there."""

from __future__ import annotations

import shutil
import tempfile
from typing import TYPE_CHECKING

import pytest

from redfirst.probe import wire
from redfirst.project import scratch
from redfirst.project.scratch import KeptViews, scratch_view
from tests.support.environments import NEW, OLD, python_with
from tests.support.probing import end_of, every, outcomes, perform, write

if TYPE_CHECKING:
    from collections.abc import Iterator
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


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[KeptViews]:
    """Views that are kept; closing removes them."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    views = KeptViews()
    yield views
    views.close()
    assert not list(place.iterdir())


def test_a_kept_view_stands_where_it_stood_and_shows_what_there_is(
    tmp_path: Path, kept: KeptViews
) -> None:
    root = write(tmp_path / "project", PROJECT)
    test = "tests/unit/test_cart.py"
    with kept.show(root, test, "one") as first:
        folder = first.stat().st_ino
        (first / "tests/unit/left.txt").touch()
        (first / "tests/__pycache__").mkdir()
    shutil.rmtree(root / "src")
    (root / "conftest.py").unlink()
    write(root, {"src": "now a file", "tests/unit/new.txt": "new", "tests/more.txt": "more"})
    with kept.show(root, test, "two") as second:
        assert second == first
        assert second.stat().st_ino == folder, "a sandbox shows this very folder"
        assert listing(second) == {**without_git(listing(root)), test: "two"}
        assert (second / "tests/more.txt").is_symlink()
        assert not (second / "conftest.py").exists()
    assert (root / test).read_text() == PROJECT[test]


def test_each_test_file_has_a_view_of_its_own_and_two_looks_do_not_meet(
    tmp_path: Path, kept: KeptViews
) -> None:
    root = write(tmp_path / "project", PROJECT)
    with (
        kept.show(root, "test_one.py", "kept") as one,
        kept.show(root, "test_other.py", "") as other,
        kept.show(root, "test_one.py", "beside") as beside,
    ):
        assert len({one, other, beside}) == 3
        assert (one / "test_one.py").read_text() == "kept"
        assert (beside / "test_one.py").read_text() == "beside"
    assert one.exists()
    assert not beside.exists()
    with kept.show(root, "test_one.py", "") as again:
        assert again == one


def test_only_so_many_views_are_kept(tmp_path: Path, kept: KeptViews) -> None:
    root = write(tmp_path / "project", PROJECT)
    shown: list[Path] = []
    with kept.show(root, "test_used.py", "") as used:
        for number in range(40):
            with kept.show(root, f"test_{number}.py", "") as view:
                shown.append(view)
        assert used.exists()
    assert shown[-1].exists()
    assert not shown[0].exists()


def test_a_view_that_somebody_tidied_up_is_made_anew(tmp_path: Path, kept: KeptViews) -> None:
    root = write(tmp_path / "project", PROJECT)
    with kept.show(root, "test_it.py", "") as first:
        pass
    shutil.rmtree(first.parent)
    with kept.show(root, "test_it.py", "text") as second:
        assert (second / "test_it.py").read_text() == "text"


@pytest.mark.parametrize("replaced", ["tests", "tests/unit", "tests/unit/test_cart.py"])
def test_links_that_tests_left_in_a_view_lead_to_no_harm(
    tmp_path: Path, kept: KeptViews, replaced: str
) -> None:
    root = write(tmp_path / "project", PROJECT)
    before = listing(root)
    with kept.show(root, "tests/unit/test_cart.py", "draft") as view:
        place = view / replaced
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink()
        place.symlink_to(root / replaced)
    with kept.show(root, "tests/unit/test_cart.py", "draft") as view:
        assert (view / "tests/unit/test_cart.py").read_text() == "draft"
    assert listing(root) == before


def without_git(files: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in files.items() if not name.startswith(".git")}


def listing(root: Path) -> dict[str, str]:
    return {
        str(path.relative_to(root)): path.read_text()
        for path in root.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
