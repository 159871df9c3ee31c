"""The folders that the person has opened."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pygls.uris import from_fs_path

from redfirst.lsp.state.file_uri import file_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lsprotocol import types


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder under the name that the client has for it; `path` is without symbolic links."""

    uri: str
    told: Path
    path: Path


def first_folders(params: types.InitializeParams) -> tuple[Folder, ...]:
    """The folders that the first message names: as a list, or the one root of older clients."""
    if params.workspace_folders:
        return read_folders(folder.uri for folder in params.workspace_folders)
    root = params.root_uri or (params.root_path and from_fs_path(params.root_path))
    return read_folders([root] if root else [])


def read_folders(uris: Iterable[str]) -> tuple[Folder, ...]:
    """The folders that are on this machine's disk, each once."""
    found: dict[Path, Folder] = {}
    for uri in uris:
        folder = _folder(uri)
        if folder is not None:
            found.setdefault(folder.path, folder)
    return tuple(found.values())


def _folder(uri: str) -> Folder | None:
    name = file_name(uri)
    if name is None:
        return None
    return Folder(uri, Path(os.path.normpath(name)), Path(os.path.realpath(name)))
