"""Which file a URI of the client names."""

from __future__ import annotations

from pygls.uris import to_fs_path


def file_name(uri: str) -> str | None:
    """The file's name as the client spells it; `None` for anything but a file."""
    try:
        name = to_fs_path(uri)
    except ValueError:
        return None
    if not name or not uri.startswith("file:") or "\0" in name:
        return None
    return name
