"""The folders of a project from which its tests import modules."""

from __future__ import annotations

import configparser
import shlex
import tomllib
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from pathlib import Path

_INI_SECTIONS: Final = (
    ("pytest.ini", "pytest"),
    (".pytest.ini", "pytest"),
    ("tox.ini", "pytest"),
    ("setup.cfg", "tool:pytest"),
)


def import_roots(root: Path) -> tuple[Path, ...]:
    """Pytest's `pythonpath`, the root itself, and `src`: existing folders, first match wins."""
    folders = [root / entry for entry in _pythonpath(root)]
    candidates = [*folders, root, root / "src"]
    return tuple(dict.fromkeys(folder.resolve() for folder in candidates if folder.is_dir()))


def _pythonpath(root: Path) -> list[str]:
    """What pytest reads, from the first file that configures it. A broken file says nothing:
    pytest itself will complain about it better than we could.
    """
    for name in ("pytest.toml", ".pytest.toml"):
        if (root / name).is_file():
            return _entries(_table(_toml(root / name), "pytest").get("pythonpath"))
    for name, section in _INI_SECTIONS[:2]:
        if (root / name).is_file():
            return _entries(_ini(root / name, section))
    pytest = _table(_table(_toml(root / "pyproject.toml"), "tool"), "pytest")
    if pytest:
        return _entries(_table(pytest, "ini_options").get("pythonpath", pytest.get("pythonpath")))
    for name, section in _INI_SECTIONS[2:]:
        if (found := _ini(root / name, section)) is not None:
            return _entries(found)
    return []


def _entries(value: object) -> list[str]:
    if isinstance(value, str):
        return shlex.split(value)
    if isinstance(value, list):
        return [entry for entry in cast("list[object]", value) if isinstance(entry, str)]
    return []


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return {}


def _table(document: dict[str, Any], name: str) -> dict[str, Any]:
    value = document.get(name)
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _ini(path: Path, section: str) -> str | None:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, configparser.Error):
        return None
    return parser.get(section, "pythonpath", fallback=None)
