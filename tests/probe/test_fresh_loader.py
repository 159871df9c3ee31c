"""An edit within the second that leaves the size alone is seen."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from redfirst.probe import wire
from tests.support.environments import OLD, python_with
from tests.support.probing import outcomes, perform

if TYPE_CHECKING:
    from pathlib import Path

WHEN = 1_700_000_000
BEFORE = {
    "code_here.py": "def f(x): return x + 1\n",
    "conftest.py": "import pytest\n@pytest.fixture\ndef two(): return 2\n",
    "test_it.py": "from code_here import f\ndef test_it(two): assert f(1) == two\n",
}
AFTER = {
    "code_here.py": "def f(x): return x - 1\n",
    "conftest.py": "import pytest\n@pytest.fixture\ndef two(): return 3\n",
    "test_it.py": "from code_here import f\ndef test_it(two): assert f(2) == two\n",
}


@pytest.mark.parametrize("edited", AFTER)
def test_the_edit_counts(python: Path, tmp_path: Path, edited: str) -> None:
    make_caches(python, tmp_path, of_the_same_second=edited)
    write_at(tmp_path / edited, AFTER[edited])
    run = wire.Run("r", "test_it.py")
    assert outcomes(perform(python, tmp_path, run)) == {"test_it": "failed"}


@pytest.mark.parametrize("edited", AFTER)
def test_plain_pytest_does_not_see_it(tmp_path: Path, edited: str) -> None:
    """The check above can fail: this is what a plain process does (pytest 9.2 hashes its own)."""
    make_caches(python_with(OLD), tmp_path, of_the_same_second=edited)
    write_at(tmp_path / edited, AFTER[edited])
    assert plain_pytest(python_with(OLD), tmp_path) == 0


def make_caches(python: Path, root: Path, *, of_the_same_second: str) -> None:
    """One file's caches are as old as the file; those of the others are clearly younger."""
    for name, text in BEFORE.items():
        write_at(root / name, text)
    assert plain_pytest(python, root) == 0
    caches = list((root / "__pycache__").glob("*.pyc"))
    assert len(caches) == len(BEFORE)
    for cache in caches:
        is_racy = cache.name.partition(".")[0] == of_the_same_second.partition(".")[0]
        when = WHEN + 0.5 if is_racy else WHEN + 10
        os.utime(cache, (when, when))


def write_at(path: Path, text: str) -> None:
    path.write_text(text)
    os.utime(path, (WHEN, WHEN))


def plain_pytest(python: Path, root: Path) -> int:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYT")}
    command = [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    return subprocess.run(
        command, cwd=root, env=environment, capture_output=True, check=False
    ).returncode
