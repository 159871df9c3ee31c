"""What each setting of `[tool.redfirst]` may be."""

from __future__ import annotations

import math
import re
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Final, cast
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

EXAMPLES: Final = "examples"
ANTHROPIC: Final = "anthropic"
EDITOR: Final = "editor"  # a model that an editor has: only from within that editor
PROVIDERS: Final = (EXAMPLES, ANTHROPIC)
MODEL_PROVIDERS: Final = (ANTHROPIC, EDITOR)
EFFORTS: Final = ("low", "medium", "high", "xhigh", "max")
PLACEHOLDERS: Final = ("function", "spec", "module")

_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")
_PERCENT: Final = 100


class SettingError(ValueError):
    """The value cannot be used; the text continues a sentence that begins with the key."""


def text(value: object) -> str:
    """Any text with something in it."""
    if not isinstance(value, str) or not value.strip():
        raise SettingError(f"must be a text in quotes, not {_shown(value)}.")
    return value


def folder(value: object) -> str:
    """A path inside the project, forward slashes, without a slash at its end."""
    path = text(value).replace("\\", "/")
    outside = PurePosixPath(path).is_absolute() or PureWindowsPath(path).anchor
    if outside or ".." in PurePosixPath(path).parts:
        raise SettingError(f"must be a folder inside the project, relative to it, not `{value}`.")
    return PurePosixPath(path).as_posix()


def folders(value: object) -> tuple[str, ...]:
    """One folder or a list of them."""
    if isinstance(value, str):
        return (folder(value),)
    entries = cast("list[object]", value) if isinstance(value, list) else []
    if not entries:
        raise SettingError("must be a list of folders in quotes.")
    return tuple(folder(entry) for entry in entries)


def test_name(value: object) -> str:
    """A file name ending with `.py` that holds known placeholders only."""
    name = text(value)
    if not name.endswith(".py") or "/" in name or "\\" in name:
        raise SettingError(f"must be the name of a Python file without a folder, not `{name}`.")
    unknown = [key for key in _PLACEHOLDER.findall(name) if key not in PLACEHOLDERS]
    if unknown or re.search(r"[{}]", _PLACEHOLDER.sub("", name)):
        known = ", ".join(f"{{{key}}}" for key in PLACEHOLDERS)
        raise SettingError(f"may hold the placeholders {known} and no others, unlike `{name}`.")
    return name


def percentage(value: object) -> float:
    """From 0 to 100."""
    number = _number(value)
    if not 0 <= number <= _PERCENT:
        raise SettingError(f"is a percentage: it must lie between 0 and 100, not be {value}.")
    return number


def seconds(value: object) -> float:
    """More than none."""
    number = _number(value)
    if number <= 0:
        raise SettingError(f"is in seconds: it must be more than 0, not {value}.")
    return number


def count(value: object) -> int:
    """One or more."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise SettingError(f"must be a whole number from 1 on, not {_shown(value)}.")
    return value


def provider(value: object) -> str:
    """One that redfirst has wherever it runs."""
    known = " or ".join(f'"{name}"' for name in PROVIDERS)
    if value == EDITOR:
        raise SettingError(f'must be {known}: "{EDITOR}" is for the settings of an editor.')
    if value not in PROVIDERS:
        raise SettingError(f"must be {known}, not {_shown(value)}.")
    return cast("str", value)


def effort(value: object) -> str:
    """How hard a model should think."""
    if value not in EFFORTS:
        known = ", ".join(f'"{name}"' for name in EFFORTS)
        raise SettingError(f"must be one of {known}, not {_shown(value)}.")
    return cast("str", value)


def address(value: object) -> str:
    """Of a server: a scheme and a host."""
    url = text(value)
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise SettingError(f'must be an address like "https://models.example", not {_shown(url)}.')
    return url


def price(value: object) -> float:
    """Nothing or more."""
    number = _number(value)
    if number < 0:
        raise SettingError(f"is a price: it must be 0 or more, not {value}.")
    return number


def _number(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise SettingError(f"must be a number, not {_shown(value)}.")
    return float(value)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    return f'"{value}"' if isinstance(value, str) else str(value)


SETTINGS: Final[Mapping[str, Callable[[object], object]]] = {
    "specs": folders,
    "tests": folder,
    "test_name": test_name,
    "threshold": percentage,
    "strength": percentage,
    "timeout": seconds,
    "python": text,
    "provider": provider,
    "model": text,
    "base_url": address,
    "effort": effort,
    "max_tokens": count,
    "model_timeout": seconds,
    "rounds": count,
    "budget": count,
    "input_price": price,
    "output_price": price,
    "jobs": count,
}
