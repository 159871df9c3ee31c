"""The command line of bubblewrap: facts in, arguments out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from redfirst.project.sandbox.limits import Limits

PROGRAM: Final = "bwrap"
TEMPORARY: Final = "/tmp"  # noqa: S108  (a private one)
HOME: Final = "/tmp/home"  # noqa: S108
SHARED_MEMORY: Final = "/dev/shm"  # noqa: S108

# Programs and libraries of the system. A link is shown as the link that it is.
SYSTEM: Final = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store", "/gnu/store")
# What the C library and Python read; nothing that tells of this machine's people or secrets.
SETTINGS: Final = (
    "/etc/ld.so.cache",
    "/etc/ld.so.conf",
    "/etc/ld.so.conf.d",
    "/etc/alternatives",
    "/etc/localtime",
    "/etc/timezone",
    "/etc/locale.alias",
    "/etc/mime.types",
    "/etc/nsswitch.conf",
    "/etc/hosts",
    "/etc/protocols",
    "/etc/services",
    "/etc/passwd",
    "/etc/group",
)


@dataclass(frozen=True, slots=True)
class View:
    """What is to be seen inside.

    `system` maps folders of the system to the target of the link that they are, or to `None`.
    `shown` are folders shown read-only, outer ones first; `hidden` are folders in them shown empty,
    and `closed` files in them that cannot be opened. `folder` is where the command starts.
    """

    system: Mapping[str, str | None]
    shown: tuple[Path, ...]
    hidden: tuple[Path, ...]
    closed: tuple[Path, ...]
    folder: Path


def system_folders() -> dict[str, str | None]:
    """For `View.system`, as this machine has them."""
    return {
        name: str(path.readlink()) if path.is_symlink() else None
        for name in SYSTEM
        if (path := Path(name)).is_dir()
    }


def arguments(view: View, limits: Limits, *, as_root: bool) -> tuple[str, ...]:
    """Everything before the command itself. `as_root`: root starts it, and need not map users."""
    return (PROGRAM, *_namespaces(as_root=as_root), *_places(view, limits), "--")


def _namespaces(*, as_root: bool) -> Iterator[str]:
    yield from ("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts")
    yield from ("--unshare-cgroup-try", "--die-with-parent", "--new-session")
    if not as_root:
        yield "--unshare-user"
    yield from ("--cap-drop", "ALL")
    if as_root:  # to become another user, and to read on what root can read
        for right in ("CAP_SETUID", "CAP_SETGID", "CAP_DAC_READ_SEARCH"):
            yield from ("--cap-add", right)


def _places(view: View, limits: Limits) -> Iterator[str]:
    for folder, target in view.system.items():
        if target is None:
            yield from ("--ro-bind", folder, folder)
        else:
            yield from ("--symlink", target, folder)
    for file in SETTINGS:
        yield from ("--ro-bind-try", file, file)
    yield from ("--proc", "/proc", "--dev", "/dev")
    for folder in (SHARED_MEMORY, TEMPORARY):
        yield from ("--size", str(limits.temporary), "--perms", "1777", "--tmpfs", folder)
    yield from ("--perms", "1777", "--dir", HOME)
    for folder in view.shown:
        yield from ("--ro-bind", str(folder), str(folder))
    for folder in view.hidden:
        yield from ("--tmpfs", str(folder), "--remount-ro", str(folder))
    for file in view.closed:
        yield from ("--ro-bind", "/dev/null", str(file))
    yield from ("--remount-ro", "/dev", "--remount-ro", "/", "--chdir", str(view.folder))
