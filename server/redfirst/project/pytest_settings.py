"""What the project's pytest configuration says, read without starting pytest.

Pytest takes the first file that configures it and ignores the others; so do we. A broken file says
nothing here: pytest itself will complain about it better than we could.
"""

from __future__ import annotations

import configparser
import tomllib
from typing import TYPE_CHECKING, Any, Final, cast

if TYPE_CHECKING:
    from pathlib import Path

# Where pytest looks for settings; only some of them need to hold any.
PYTEST_FILES: Final = (
    "pyproject.toml",
    "pytest.toml",
    ".pytest.toml",
    "pytest.ini",
    ".pytest.ini",
    "tox.ini",
    "setup.cfg",
)
_INI_SECTIONS: Final = {
    "pytest.ini": "pytest",
    ".pytest.ini": "pytest",
    "tox.ini": "pytest",
    "setup.cfg": "tool:pytest",
}
_ALWAYS_PYTEST: Final = ("pytest.toml", ".pytest.toml", "pytest.ini", ".pytest.ini")


def declared_markers(root: Path) -> frozenset[str]:
    """The markers that the project at `root` declares; those of plugins are not among them."""
    entries = (line for value in pytest_setting(root, "markers") for line in value.splitlines())
    names = (entry.partition(":")[0].partition("(")[0].strip() for entry in entries)
    return frozenset(name for name in names if name)


def pytest_setting(root: Path, name: str) -> tuple[str, ...]:
    """The values of one setting: the entries of a list, or a single text as it stands."""
    for file in _ALWAYS_PYTEST:
        if (root / file).is_file():
            return _values(_settings(root / file).get(name))
    for file in ("pyproject.toml", "tox.ini", "setup.cfg"):
        if settings := _settings(root / file):
            return _values(settings.get(name))
    return ()


def _settings(path: Path) -> dict[str, Any]:
    if path.suffix != ".toml":
        return _ini(path, _INI_SECTIONS[path.name])
    document = _toml(path)
    if path.name != "pyproject.toml":
        return _table(document, "pytest")
    pytest = _table(_table(document, "tool"), "pytest")
    return _table(pytest, "ini_options") or pytest


def _values(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list):
        return tuple(entry for entry in cast("list[object]", value) if isinstance(entry, str))
    return ()


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return {}


def _table(document: dict[str, Any], name: str) -> dict[str, Any]:
    value = document.get(name)
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _ini(path: Path, section: str) -> dict[str, Any]:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, configparser.Error):
        return {}
    return dict(parser.items(section)) if parser.has_section(section) else {}
