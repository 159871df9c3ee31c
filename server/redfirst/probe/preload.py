"""Modules of others that runs imported, imported before the next run.

Never anything of the project: its code must be imported, and measured, anew by each run. Never
anything whose import is more than an import: what warns, starts a thread or changes the environment
would do so before pytest and the project's conftest.py have their say.
"""

from __future__ import annotations

import importlib
import os
import resource
import sys
import sysconfig
import threading
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from _pytest.assertion.rewrite import AssertionRewritingHook

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import ModuleType

_INSTALLED = ("site-packages", "dist-packages")
_OURS = (__package__ or "").partition(".")[0]
_MEMORY = 512 * 2**20  # bytes that a prepared process may come to hold
_LOST = 1


def learn(before: Iterable[str], environment: dict[str, str]) -> list[str]:
    """The modules that could have been there before this run: in the order of their completion.

    None when the run changed its environment: they may have been imported for that very change.
    """
    if _of_project(environment) != _of_project(dict(os.environ)):
        return []
    known = set(before)
    return [
        name
        for name, module in list(sys.modules.items())
        if name not in known and _is_installed(module) and not _is_rewritten(module)
    ]


def preload(modules: Sequence[str]) -> None:
    """Import the first of them, as many as a fork that tried it found harmless."""
    for name in modules[: _harmless(modules)]:
        _import(name)


def obstacle(*allowed: str) -> str | None:
    """Why this process must not be forked for a run; `None` when it may be.

    Files of the project that have one of the `allowed` names do no harm.
    """
    if threading.active_count() > 1:
        return "something starts a thread when it is imported"
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str) and _is_of_project(module) and Path(file).name not in allowed:
            return f"something imports the project ({name})"
    return None


def _harmless(modules: Sequence[str]) -> int:
    """How many, counted from the first, can be imported with no other effect."""
    result, report = os.pipe()
    child = os.fork()
    if child == 0:
        for name in modules:
            if not _is_harmless(name):
                break
            os.write(report, b".")
        os._exit(0)
    os.close(report)
    count = 0
    while chunk := os.read(result, 4096):
        count += len(chunk)
    os.close(result)
    os.waitpid(child, 0)
    return count


def _is_harmless(name: str) -> bool:
    environment = dict(os.environ)
    try:
        if _import(name):
            return False
    except BaseException:  # noqa: BLE001  (a module may do anything when it is imported)
        return False
    small = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _UNIT < _MEMORY
    return small and environment == dict(os.environ) and obstacle() is None


_UNIT = 1 if sys.platform == "darwin" else 1024


def _import(name: str) -> bool:
    """Whether it warned. Filters that a module adds must not outlast its import: pytest, too,
    restores them after the collection.
    """
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        importlib.import_module(name)
    return bool(said)


def is_installed(path: str) -> bool:
    """Whether it lies in a folder of installed packages."""
    return any(part in _INSTALLED for part in Path(path).parts)


def _is_installed(module: ModuleType) -> bool:
    file = getattr(module, "__file__", None)
    return isinstance(file, str) and is_installed(file)


def _is_rewritten(module: ModuleType) -> bool:
    spec = getattr(module, "__spec__", None)
    return spec is None or isinstance(spec.loader, AssertionRewritingHook)


def _is_of_project(module: ModuleType) -> bool:
    file = getattr(module, "__file__", None)
    if not isinstance(file, str) or _is_installed(module):
        return False
    ours = module.__name__.partition(".")[0] in (_OURS, "__main__")
    return not ours and not file.startswith(_STANDARD_LIBRARY)


_STANDARD_LIBRARY = tuple({sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")})


def _of_project(environment: dict[str, str]) -> dict[str, str]:
    ours = ("PYTEST_", "COVERAGE_")
    return {name: value for name, value in environment.items() if not name.startswith(ours)}
