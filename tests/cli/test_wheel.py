"""What a person gets who installs the wheel: the package, and everything that it needs to show."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the unpacked wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def python(site: Path, cwd: Path, *words: str) -> str:
    """What an interpreter says that finds redfirst in the wheel's files first."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_the_wheel_holds_the_schemas_the_pages_and_the_example(installed: Path) -> None:
    shipped = installed / "redfirst" / "shipped"
    for folder in ("schemas", "docs/findings", "specs", "payments"):
        wanted = {path.name for path in (ROOT / folder).iterdir() if path.is_file()}
        assert {path.name for path in (shipped / folder).iterdir()} >= wanted


def test_commands_find_what_travels_with_them(installed: Path, tmp_path: Path) -> None:
    where = python(installed, tmp_path, "-c", "import redfirst; print(redfirst.__file__)")
    assert Path(where.strip()).is_relative_to(installed)
    redfirst = ("-m", "redfirst")
    assert "vacuous" in python(installed, tmp_path, *redfirst, "explain", "RF301")
    python(installed, tmp_path, *redfirst, "new", "total", "--module", "shop")
    said = python(installed, tmp_path, *redfirst, "validate", "specs/total.yml")
    assert "no problems" in said
