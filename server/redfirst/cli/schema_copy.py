"""The schema beside the specs, so that any editor checks them, with or without redfirst."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from redfirst.project.files import read_text, replace_file
from redfirst.project.shipped import shipped

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA_NAME: Final = "redfirst.schema.json"


def put_schema(folder: Path) -> Path | None:
    """Write or renew the schema in `folder`; `None` when it is there as it should be."""
    text = read_text(shipped("schemas/spec.schema.json")).text
    path = folder / SCHEMA_NAME
    old = read_text(path).data if path.exists() else None
    if old == text.encode():
        return None
    replace_file(path, text, expected=old)
    return path
