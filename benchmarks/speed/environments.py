"""Virtual environments and unpacked packages in the user's cache, made when first needed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PLAIN = ("pytest", "pytest-cov")
HEAVY = (*PLAIN, "fastapi", "sqlalchemy", "numpy")


def python_with(requirements: tuple[str, ...]) -> Path:
    """The interpreter of an environment with these packages."""
    key = hashlib.sha256(repr((sys.version, requirements)).encode()).hexdigest()[:16]
    folder = cache_folder() / f"speed-{key}"
    if not folder.is_dir():
        with tempfile.TemporaryDirectory(dir=cache_folder()) as aside:
            made = Path(aside) / "environment"
            _call(sys.executable, "-m", "venv", "--without-pip", str(made))
            _call(sys.executable, "-m", "pip", "--python", str(made), "install", *requirements)
            made.rename(folder)
    return folder / "bin" / "python"


def source_of(requirement: str) -> Path:
    """The folder of a package's source distribution, its tests with it."""
    folder = cache_folder() / f"source-{requirement}"
    if not folder.is_dir():
        with tempfile.TemporaryDirectory(dir=cache_folder()) as aside:
            only_source = ("--no-deps", "--no-binary", requirement.partition("==")[0])
            download = ("-m", "pip", "download", "-q", "-d", aside, *only_source, requirement)
            _call(sys.executable, *download)
            (archive,) = Path(aside).glob("*.tar.gz")
            with tarfile.open(archive) as packed:
                packed.extractall(aside, filter="data")
            (unpacked,) = (path for path in Path(aside).iterdir() if path.is_dir())
            shutil.move(unpacked, folder)
    return folder


def versions(python: Path, names: tuple[str, ...]) -> str:
    """What is installed there, in one line."""
    code = (
        "import sys, platform; from importlib.metadata import version; "
        "print('Python', platform.python_version(), *(f'{n} {version(n)}' for n in sys.argv[1:]))"
    )
    done = subprocess.run([python, "-c", code, *names], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def clean_environment() -> dict[str, str]:
    """Variables that would make the rival's run another one are left out."""
    meddling = ("PYTEST", "COVERAGE", "PYTHON")
    return {name: value for name, value in os.environ.items() if not name.startswith(meddling)}


def cache_folder() -> Path:
    """Where they are kept, outside of any checkout."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    cache = base / "redfirst-tests"
    cache.mkdir(parents=True, exist_ok=True)
    return cache


def _call(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
