"""The process gives up rights for good: before it reads its first run, and for all that it starts.

What it gives up is computed by the client and comes through the command line; this file only
hands it to the kernel. Linux, but for the limits, which every POSIX system has.
"""

from __future__ import annotations

import base64
import json
import os
import struct
import sys
from dataclasses import asdict, dataclass, field

_CAPABILITY_VERSION = 0x20080522
_READ_ANYTHING = 2  # the capability CAP_DAC_READ_SEARCH
_SET_KEEP_CAPABILITIES = 8
_SET_SECCOMP = 22
_SECCOMP_FILTER = 2
_SET_NO_NEW_PRIVILEGES = 38
_AMBIENT = 47
_AMBIENT_RAISE = 2
_AMBIENT_CLEAR = 4
_LANDLOCK_CREATE, _LANDLOCK_ADD, _LANDLOCK_RESTRICT = 444, 445, 446
_PATH_BENEATH = 1
_NOT_CLOSED = 3


@dataclass(frozen=True)
class Confinement:
    """What to give up.

    `limits` maps names of the module `resource` to bounds; `processes` is how many more there may
    be than now. `user` is the number to go on as, for a process of root: it keeps nothing of
    root's rights but to read. `paths` maps a path to the Landlock rights on it; when there are
    any, `rights` and `scopes` are all that Landlock watches. `drop`: give up every capability.
    `filters` hold BPF programs in base64: the first now, the second once a session was begun.
    What a run leaves in the folders `swept` is removed after it.
    """

    limits: dict[str, int] = field(default_factory=dict)
    processes: int | None = None
    user: int | None = None
    paths: dict[str, int] = field(default_factory=dict)
    rights: int = 0
    scopes: int = 0
    drop: bool = False
    filters: list[str] = field(default_factory=list)
    swept: list[str] = field(default_factory=list)

    def encode(self) -> str:
        """For the command line."""
        return json.dumps(asdict(self))

    def apply(self) -> None:
        """`OSError` when the kernel does not take it: then nothing may be run."""
        if self == Confinement():
            return
        import resource  # noqa: PLC0415  (Windows has none)

        for name, wanted in self.limits.items():
            kind = getattr(resource, name)
            hard = resource.getrlimit(kind)[1]
            bound = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            resource.setrlimit(kind, (bound, bound))
        if self.processes is not None:
            bound = _tasks_of(os.getuid() if self.user is None else self.user) + self.processes
            resource.setrlimit(resource.RLIMIT_NPROC, (bound, bound))
        if self.user is not None:
            _become(self.user)
        elif self.drop:
            _set_capabilities(0)
        if self.paths:
            _restrict(self.paths, self.rights, self.scopes)
        for program in self.filters[:1]:
            _filter(base64.b64decode(program))

    def apply_in_session(self) -> None:
        """What can be given up only by a process that has begun its session."""
        for program in self.filters[1:]:
            _filter(base64.b64decode(program))


def close(command_line: list[str]) -> None:
    """Give up what the command line says; a process that cannot must not go on."""
    try:
        from_command_line(command_line).apply()
    except (OSError, ValueError) as error:
        sys.stderr.write(f"the sandbox could not be closed: {error}\n")
        sys.stderr.flush()
        os._exit(_NOT_CLOSED)


def from_command_line(arguments: list[str]) -> Confinement:
    """What follows `--confine`; nothing to give up when it is not there."""
    if "--confine" not in arguments:
        return Confinement()
    return Confinement(**json.loads(arguments[arguments.index("--confine") + 1]))


def _tasks_of(user: int) -> int:
    """How many threads the user runs, as far as can be seen from here."""
    return sum(_tasks(f"/proc/{entry}", user) for entry in os.listdir("/proc") if entry.isdigit())  # noqa: PTH208


def _tasks(process: str, user: int) -> int:
    try:
        own = os.stat(process).st_uid == user  # noqa: PTH116
        return len(os.listdir(f"{process}/task")) if own else 0  # noqa: PTH208
    except OSError:  # it is over
        return 0


def _become(user: int) -> None:
    """Another user from root, with the one right that root's own files can still be read."""
    _control(_SET_KEEP_CAPABILITIES, 1)
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    _set_capabilities(1 << _READ_ANYTHING)
    _control(_AMBIENT, _AMBIENT_RAISE, _READ_ANYTHING)


def _set_capabilities(kept: int) -> None:
    import ctypes  # noqa: PLC0415  (costs time where nothing is given up)

    header = ctypes.create_string_buffer(struct.pack("=Ii", _CAPABILITY_VERSION, 0))
    low, high = kept & 0xFFFFFFFF, kept >> 32
    sets = ctypes.create_string_buffer(struct.pack("=6I", low, low, low, high, high, high))
    if not kept:
        _control(_AMBIENT, _AMBIENT_CLEAR)
    _succeed(ctypes.CDLL(None, use_errno=True).capset(header, sets), "capset")


def _filter(program: bytes) -> None:
    import ctypes  # noqa: PLC0415

    _control(_SET_NO_NEW_PRIVILEGES, 1)
    text = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("HxxxxxxQ", len(program) // 8, ctypes.addressof(text))
    argument = ctypes.create_string_buffer(head, len(head))
    _control(_SET_SECCOMP, _SECCOMP_FILTER, ctypes.addressof(argument))


def _restrict(paths: dict[str, int], rights: int, scopes: int) -> None:
    import ctypes  # noqa: PLC0415

    call = ctypes.CDLL(None, use_errno=True).syscall
    call.restype = ctypes.c_long
    attributes = struct.pack("=QQQ", rights, 0, scopes)
    rules = _succeed(
        call(_LANDLOCK_CREATE, attributes, ctypes.c_size_t(len(attributes)), 0), "landlock"
    )
    for path, allowed in paths.items():
        try:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except FileNotFoundError:
            continue
        rule = struct.pack("=Qi", allowed & rights, place)
        _succeed(call(_LANDLOCK_ADD, rules, _PATH_BENEATH, rule, 0), f"landlock: {path}")
        os.close(place)
    _control(_SET_NO_NEW_PRIVILEGES, 1)
    _succeed(call(_LANDLOCK_RESTRICT, rules, 0), "landlock")
    os.close(rules)


def _control(option: int, *arguments: int) -> None:
    import ctypes  # noqa: PLC0415

    values = [ctypes.c_ulong(value) for value in (*arguments, 0, 0, 0, 0)[:4]]
    _succeed(ctypes.CDLL(None, use_errno=True).prctl(option, *values), f"prctl {option}")


def _succeed(result: int, what: str) -> int:
    if result < 0:
        import ctypes  # noqa: PLC0415

        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result
