"""Files that travel with redfirst: schemas, pages of findings, the worked example."""

from __future__ import annotations

from pathlib import Path


def shipped(name: str) -> Path:
    """The file or folder `name`, such as `schemas/report.schema.json`.

    In an installed redfirst it stands below `redfirst/shipped`, in a checkout at its root.
    `FileNotFoundError` when there is no such thing.
    """
    package = Path(__file__).resolve().parents[1]
    for home in (package / "shipped", package.parents[1]):
        candidate = home / name
        if candidate.exists():
            return candidate
    raise FileNotFoundError(f"redfirst was installed without `{name}`")
