"""What Landlock is told: rights on paths. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# Since Linux 6.12 it keeps signals and abstract sockets inside, too. Less is no sandbox.
OLDEST: Final = 6
RIGHTS: Final = (1 << 16) - 1
SCOPES: Final = 0b11

_EXECUTE, _WRITE, _READ, _LIST = (1 << bit for bit in range(4))
_MAKE_DEVICES: Final = 1 << 6 | 1 << 11
_TRUNCATE: Final = 1 << 14

_SEEN: Final = _EXECUTE | _READ | _LIST
_OWN: Final = RIGHTS & ~_MAKE_DEVICES & ~(1 << 15)
_DEVICE: Final = _READ | _WRITE | _TRUNCATE

_SYSTEM: Final = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/nix/store", "/gnu/store")
_FILES: Final = (
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/mime.types",
    "/etc/nsswitch.conf",
    "/etc/passwd",
    "/etc/group",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/proc/stat",
    "/proc/filesystems",
)
_DEVICES: Final = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")


def rights_on_paths(shown: Iterable[Path], own: Path) -> dict[str, int]:
    """`shown` can be read, `own` is the one folder that can be written."""
    return {
        **dict.fromkeys(_SYSTEM, _SEEN),
        **dict.fromkeys(_FILES, _READ),
        **dict.fromkeys(_DEVICES, _DEVICE),
        **{str(folder): _SEEN for folder in shown},
        str(own): _OWN,
    }
