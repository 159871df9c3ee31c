"""The modules that a project's tests could import from the project itself."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from redfirst.project.import_roots import import_roots

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.project.project import Project

# Nobody chooses from more, and the walk ends somewhere.
MOST_MODULES: Final = 2_000
_DEEPEST: Final = 8


def module_names(project: Project) -> tuple[str, ...]:
    """Dotted names, sorted; tests, hidden folders and environments are left out."""
    found = (name for root in import_roots(project.root) for name in _below(project, root))
    return tuple(sorted(set(islice(found, MOST_MODULES))))


def _below(project: Project, root: Path) -> Iterator[str]:
    roots = {*import_roots(project.root)} - {root}
    tests = project.root / project.configuration.tests
    for place, folders, files in os.walk(root):
        here = Path(place)
        parts = here.relative_to(root).parts
        folders[:] = sorted(
            name
            for name in folders
            if name.isidentifier()
            and len(parts) < _DEEPEST
            and name != "__pycache__"
            and here / name != tests
            and here / name not in roots
            and not (here / name / "pyvenv.cfg").exists()
        )
        yield from _modules(parts, files)


def _modules(parts: tuple[str, ...], files: list[str]) -> Iterator[str]:
    for file in files:
        stem, _, suffix = file.rpartition(".")
        if suffix != "py" or not stem.isidentifier():
            continue
        if stem == "__init__" and parts:
            yield ".".join(parts)
        elif not stem.startswith("__"):
            yield ".".join((*parts, stem))
