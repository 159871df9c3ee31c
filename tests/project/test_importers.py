"""From a helper to the modules that import it, without running any."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from redfirst.project.importers import imported, importers
from redfirst.project.project import open_project

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "shop/__init__.py": "",
    "shop/money.py": "",
    "shop/tax.py": "from shop.money import cents\n",
    "shop/basket.py": "from . import (\n    tax,  # and money, through it\n)\n",
    "shop/stock.py": "import json\n",
    "other.py": "import shop.money\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "pyproject.toml").write_text("[tool.redfirst]\n")
    return tmp_path


def names(folder: Path, module: str) -> set[str]:
    found = importers(open_project(folder), folder / module, lambda path: path.read_text())
    return {path.relative_to(folder).as_posix() for path in found}


def test_a_module_is_imported_directly_and_through_others(folder: Path) -> None:
    assert names(folder, "shop/money.py") == {"shop/tax.py", "shop/basket.py", "other.py"}
    assert names(folder, "shop/basket.py") == set()


def test_a_package_is_imported_with_each_of_its_modules(folder: Path) -> None:
    assert names(folder, "shop/__init__.py") == {
        *(f"shop/{name}.py" for name in ("money", "tax", "basket", "stock")),
        "other.py",
    }


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("from ..deep import thing", "a.deep.thing"),
        ("from . import x, y as z", "a.b.y"),
        ("import os.path as p, a.c", "a.c"),
        ("    from .c import (x,\n        y)", "a.b.c"),
        ("from .", ""),
    ],
)
def test_forms_of_imports(line: str, name: str) -> None:
    found = imported(f"x = 1\n{line}\n", "a.b.m", "a.b")
    assert name in found or not name
