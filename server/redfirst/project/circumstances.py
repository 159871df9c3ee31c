"""What a verification depends on beside the spec and its test module."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from redfirst.project.pytest_settings import PYTEST_FILES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from redfirst.project.project import Project

_COVERAGE_FILES: Final = (".coveragerc", ".coveragerc.toml")


def circumstances(project: Project, test_path: Path) -> str:
    """A hash of the settings and of the files that pytest and coverage.py read for the tests in
    `test_path`.

    Where it is another one, the same test may get another verdict. What a conftest.py imports of
    the project, and what is installed, are not in it.
    """
    total = hashlib.sha256(repr(project.configuration).encode())
    for file in _files(project, test_path):
        total.update(f"\0{file}\0".encode(errors="surrogatepass"))
        with suppress(OSError):
            total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _files(project: Project, test_path: Path) -> Iterator[Path]:
    for name in (*PYTEST_FILES, *_COVERAGE_FILES):
        yield project.root / name
    for folder in test_path.parents:
        if folder.is_relative_to(project.root):
            yield folder / "conftest.py"
