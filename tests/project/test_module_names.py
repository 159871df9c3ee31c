"""Which modules of a project are offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.project.module_names import module_names
from redfirst.project.project import open_project

if TYPE_CHECKING:
    from pathlib import Path


def test_modules_and_packages_below_the_import_roots(tmp_path: Path) -> None:
    for name in (
        "maths.py",
        "shop/__init__.py",
        "shop/money.py",
        "shop/__main__.py",
        "shop/space/deep.py",
        "src/ledger/book.py",
        "tests/test_maths.py",
        ".hidden/secret.py",
        "environment/lib/foreign.py",
        "not-a-package/thing.py",
        "not-a-module.py",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "environment/pyvenv.cfg").touch()
    (tmp_path / "pyproject.toml").write_text("[tool.redfirst]\n")
    assert module_names(open_project(tmp_path)) == (
        "ledger.book",
        "maths",
        "shop",
        "shop.money",
        "shop.space.deep",
    )
