"""Where an interpreter lives: all that must be visible for it to start and to import."""

from __future__ import annotations

import functools
import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from redfirst.project.sandbox.environment import without_secrets

_ASKING_LIMIT: Final = 20.0  # seconds
# Modules of an editable install are found by a hook, so their place is not on `sys.path`.
_QUESTION: Final = """
import glob, json, os, sys
places = [sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix, *sys.path]
for folder in sys.path:
    for record in glob.glob(os.path.join(glob.escape(folder), "*.dist-info", "direct_url.json")):
        try:
            with open(record, encoding="utf-8") as file:
                said = json.load(file)
        except (OSError, ValueError):
            continue
        url = said.get("url", "")
        if said.get("dir_info", {}).get("editable") and url.startswith("file://"):
            from urllib.parse import unquote
            places.append(unquote(url[7:]))
places = [os.path.abspath(place) for place in places if place and os.path.isdir(place)]
print("\\n" + json.dumps([sys.executable, places]))
"""


@dataclass(frozen=True, slots=True)
class Installation:
    """The interpreter itself (not a script that starts it), and the folders that it needs."""

    executable: Path
    folders: tuple[Path, ...]


@functools.cache
def installation_of(python: Path) -> Installation:
    """Ask the interpreter, away from the project. `OSError` when it does not answer."""
    try:
        done = subprocess.run(  # noqa: S603  (the interpreter of the project)
            (str(python), "-c", _QUESTION),
            cwd=Path(os.sep),
            env=without_secrets(os.environ, os.environ.get("TMPDIR", "/tmp")),  # noqa: S108
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_ASKING_LIMIT,
            check=True,
        )
        executable, folders = json.loads(done.stdout.splitlines()[-1])
    except (subprocess.SubprocessError, ValueError, IndexError) as error:
        raise OSError(f"it does not say where it is installed: {error}") from error
    links = _links(Path(executable))
    found = (*map(Path, folders), *(link.parent for link in links))
    return Installation(Path(executable), tuple(dict.fromkeys(found)))


def _links(path: Path) -> list[Path]:
    """`path`, and what it is a link to, one after the other."""
    seen = [path]
    while seen[-1].is_symlink():
        link = seen[-1].parent / seen[-1].readlink()
        link = Path(os.path.normpath(link))
        if link in seen:
            break
        seen.append(link)
    return seen
