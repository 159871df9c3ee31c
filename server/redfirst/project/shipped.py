"""Files that travel with redfirst: schemas, pages of findings, the worked example."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parents[1]


def shipped(name: str) -> Path:
    """The file or folder `name`, such as `schemas/report.schema.json`.

    In an installed redfirst it stands below `redfirst/shipped`, in a checkout at its root.
    `FileNotFoundError` when there is no such thing.
    """
    for home in (_PACKAGE / "shipped", _PACKAGE.parents[1]):
        candidate = home / name
        if candidate.exists():
            return candidate
    raise FileNotFoundError(f"redfirst was installed without `{name}`")


def package_text(name: str) -> str:
    """The text of the file `name` that stands in the package itself, such as a prompt."""
    return (_PACKAGE / name).read_text("utf-8")
