"""A place with the network and without the project: where the envoy works.

The other sandbox has the project and no network. Nothing of this machine is in both.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from redfirst.project.sandbox import bubblewrap
from redfirst.project.sandbox.installation import installation_of
from redfirst.project.sandbox.launch import Launch
from redfirst.project.sandbox.level import Level
from redfirst.project.sandbox.visible import folders_to_show

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_ALLOWED: Final = re.compile(
    r"^(PATH|LANG|LC_\w+|TZ|LD_LIBRARY_PATH|SYSTEMROOT|SSL_CERT_(FILE|DIR)|(HTTPS?|ALL|NO)_PROXY"
    r"|PYTHON(UTF8|IOENCODING|COERCECLOCALE))$",
    re.IGNORECASE,
)
# To find a server by its name, and to know that it is the one.
_NETWORK: Final = (
    "/etc/resolv.conf",
    "/etc/host.conf",
    "/etc/gai.conf",
    "/etc/ssl",
    "/etc/pki",
    "/etc/ca-certificates",
    "/etc/crypto-policies",
)


def allowed_away(environment: Mapping[str, str], home: str) -> dict[str, str]:
    """What a client of the network needs. No key is in it: that is handed over otherwise."""
    kept = {name: value for name, value in environment.items() if _ALLOWED.match(name)}
    return {**kept, "HOME": home, "TMPDIR": home, "PYTHONDONTWRITEBYTECODE": "1"}


def launch_away(
    script: Path, root: Path, level: Level, scratch: Path, environment: Mapping[str, str]
) -> Launch:
    """How to start `script` with redfirst's own interpreter, in an empty folder.

    At the level `BUBBLEWRAP` the project at `root` is not there at all. Elsewhere the folder
    `scratch` is where it starts, and nothing but its code keeps it from reading. `OSError` when the
    interpreter does not say what it needs.
    """
    if level is not Level.BUBBLEWRAP:
        command = (sys.executable, "-I", str(script))
        return Launch(command, allowed_away(environment, str(scratch)))
    installation = installation_of(Path(sys.executable))
    shown = _shown(root, installation.folders, script.parent, environment)
    before = (bubblewrap.PROGRAM, *_namespaces(), *_places(root, shown), "--")
    inner = (str(installation.executable), "-I", str(script))
    inside = allowed_away(environment, bubblewrap.HOME)
    return Launch((*before, *inner), inside, has_own_processes=True)


def _shown(
    root: Path, folders: Sequence[Path], program: Path, environment: Mapping[str, str]
) -> tuple[Path, ...]:
    needed = [one for one in folders if not _is_of_project(one, root)]
    certificates = [
        Path(value) if Path(value).is_dir() else Path(value).parent
        for name, value in environment.items()
        if name.upper() in {"SSL_CERT_FILE", "SSL_CERT_DIR"}
    ]
    wanted = [*needed, program, *(one for one in certificates if not _is_of_project(one, root))]
    return tuple(one for one in folders_to_show(wanted) if not one.is_relative_to("/usr"))


def _is_of_project(folder: Path, root: Path) -> bool:
    """A folder that would show the project; its environment may stand inside, and is another's."""
    real = folder.resolve()
    homes = {Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve()} - {root}
    if root.is_relative_to(real):
        return real not in homes
    return real.is_relative_to(root) and not any(real.is_relative_to(home) for home in homes)


def _namespaces() -> Iterator[str]:
    yield from ("--unshare-ipc", "--unshare-pid", "--unshare-uts", "--unshare-cgroup-try")
    yield from ("--die-with-parent", "--new-session", "--cap-drop", "ALL")
    if os.geteuid() == 0:
        yield from ("--cap-add", "CAP_DAC_READ_SEARCH")
    else:
        yield "--unshare-user"


def _places(root: Path, shown: Sequence[Path]) -> Iterator[str]:
    for folder, target in bubblewrap.system_folders().items():
        if target is None:
            yield from ("--ro-bind", folder, folder)
        else:
            yield from ("--symlink", target, folder)
    for file in (*bubblewrap.SETTINGS, *_NETWORK):
        yield from ("--ro-bind-try", file, file)
    names = Path("/etc/resolv.conf").resolve()
    if not names.is_relative_to("/etc"):
        yield from ("--ro-bind-try", str(names), str(names))
    yield from ("--proc", "/proc", "--dev", "/dev", "--tmpfs", bubblewrap.TEMPORARY)
    around = [folder for folder in shown if root.is_relative_to(folder)]
    for folder in around:
        yield from ("--ro-bind", str(folder), str(folder))
    yield from ("--tmpfs", str(root))
    for folder in shown:
        if folder not in around:
            yield from ("--ro-bind", str(folder), str(folder))
    yield from ("--dir", bubblewrap.HOME, "--remount-ro", str(root), "--remount-ro", "/")
    yield from ("--chdir", bubblewrap.HOME)
