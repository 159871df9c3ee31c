"""Real virtual environments to run the probe in, made once and kept in the user's cache."""

from __future__ import annotations

import fcntl
import functools
import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

# What a project may have pinned. The plugins are those whose options get in the way of a report.
OLD = ("pytest==8.3.5", "pytest-cov==6.1.1")
NEW = ("pytest>=9,<10", "pytest-cov>=7")
CROWDED = (
    "pytest>=9,<10",
    "pytest-cov>=7",
    "pytest-xdist",
    "pytest-randomly",
    "pytest-rerunfailures",
)
BARE = ()


@functools.cache
def python_with(requirements: tuple[str, ...]) -> Path:
    """The interpreter of an environment that has exactly these packages and what they need."""
    key = hashlib.sha256(repr((sys.version, requirements)).encode()).hexdigest()[:16]
    folder = _cache() / key
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests on other cores want the same one
        if not folder.is_dir():
            _make(folder, requirements)
    return folder / "bin" / "python"


def _cache() -> Path:
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    cache = base / "redfirst-tests"
    cache.mkdir(parents=True, exist_ok=True)
    return cache


def _make(folder: Path, requirements: tuple[str, ...]) -> None:
    """Built aside and moved into place whole: an interrupted build leaves nothing half-made."""
    with tempfile.TemporaryDirectory(dir=folder.parent, ignore_cleanup_errors=True) as aside:
        made = Path(aside) / "environment"
        _call(sys.executable, "-m", "venv", "--without-pip", str(made))
        if requirements:
            _call(sys.executable, "-m", "pip", "--python", str(made), "install", *requirements)
        made.rename(folder)


def _call(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
