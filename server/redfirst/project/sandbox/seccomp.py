"""A filter of system calls, as bytes that the kernel takes. Pure."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOAD: Final = 0x20  # a 32-bit word of the call's description into the accumulator
_AND: Final = 0x54
_EQUAL: Final = 0x15
_GREATER_OR_EQUAL: Final = 0x35
_ANY_BIT: Final = 0x45
_RETURN: Final = 0x06

_ALLOW: Final = 0x7FFF0000
_KILL: Final = 0x80000000
_REFUSE: Final = 0x00050000  # with an error number in the low half
_EPERM: Final = 1
_ENOSYS: Final = 38

_NUMBER_AT: Final = 0
_MACHINE_AT: Final = 4
_ARGUMENTS_AT: Final = 16
_X32: Final = 0x40000000  # calls of the other ABI of x86_64 have this bit

_NEW_NAMESPACES: Final = 0x7E020000  # every CLONE_NEW… flag that clone takes
_UNIX: Final = 1
_DATAGRAM: Final = 2
_KIND_OF_SOCKET: Final = 0xF
_TYPE_INTO_TERMINAL: Final = 0x5412  # the ioctl TIOCSTI

# Numbers on x86_64 and on aarch64; None where a machine has no such call.
_NEVER: Final = {
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "kcmp": (312, 272),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "unshare": (272, 97),
    "setns": (308, 268),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "syslog": (103, 116),
    "quotactl": (179, 60),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "iopl": (172, None),
    "ioperm": (173, None),
}
_CLONE: Final = (56, 220)
_CLONE3: Final = (435, 435)
_IOCTL: Final = (16, 29)
_SOCKET: Final = (41, 198)
_CONNECT: Final = (42, 203)
_LEAVE_SESSION: Final = {"setsid": (112, 157), "setpgid": (109, 154)}

_MACHINES: Final = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}


@dataclass(frozen=True, slots=True)
class Filter:
    """BPF programs, to be installed by the process itself: at once, and after it began a session.

    The second is empty when leaving the session does no harm.
    """

    first: bytes
    in_session: bytes = b""


def is_known(machine: str) -> bool:
    """Whether we know the system calls of that machine, as `platform.machine()` names it."""
    return machine in _MACHINES


def namespace_filter(machine: str) -> Filter:
    """For processes in namespaces of their own, which cut network and processes off already."""
    return Filter(_program(machine, _instructions(machine)))


def lone_filter(machine: str) -> Filter:
    """For processes that share the machine's network and process numbers: no connection of any
    kind, and no escape from the session by which they are ended.
    """
    column, _ = _MACHINES[machine]
    session = [step for one in _LEAVE_SESSION.values() for step in _refuse(one[column])]
    return Filter(
        _program(machine, [*_instructions(machine), *_no_connections(column)]),
        _program(machine, session),
    )


Instruction = tuple[int, int, int, int]


def _instructions(machine: str) -> list[Instruction]:
    column, _ = _MACHINES[machine]
    denied = [numbers[column] for numbers in _NEVER.values()]
    return [
        *(step for number in denied if number is not None for step in _refuse(number)),
        *_refuse(_CLONE3[column], _ENOSYS),  # its flags are in memory; C libraries then use clone
        *_refuse_if(_CLONE[column], 0, (_ANY_BIT, 0, 1, _NEW_NAMESPACES)),
        *_refuse_if(_IOCTL[column], 1, (_EQUAL, 0, 1, _TYPE_INTO_TERMINAL)),
    ]


def _no_connections(column: int) -> Iterator[Instruction]:
    yield from _refuse(_CONNECT[column])
    # A socket of another family than AF_UNIX.
    yield (_EQUAL, 0, 7, _SOCKET[column])
    yield (_LOAD, 0, 0, _ARGUMENTS_AT)
    yield (_EQUAL, 1, 0, _UNIX)
    yield (_RETURN, 0, 0, _REFUSE | _EPERM)
    # A socket that could send without a connection.
    yield (_LOAD, 0, 0, _ARGUMENTS_AT + 8)
    yield (_AND, 0, 0, _KIND_OF_SOCKET)
    yield (_EQUAL, 0, 1, _DATAGRAM)
    yield (_RETURN, 0, 0, _REFUSE | _EPERM)


def _refuse(number: int, error: int = _EPERM) -> list[Instruction]:
    return [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _REFUSE | error)]


def _refuse_if(number: int, argument: int, condition: Instruction) -> list[Instruction]:
    """Refuse the call when the low word of an argument meets the condition."""
    return [
        (_EQUAL, 0, 4, number),
        (_LOAD, 0, 0, _ARGUMENTS_AT + 8 * argument),
        condition,
        (_RETURN, 0, 0, _REFUSE | _EPERM),
        (_LOAD, 0, 0, _NUMBER_AT),
    ]


def _program(machine: str, rules: list[Instruction]) -> bytes:
    _, architecture = _MACHINES[machine]
    steps: list[Instruction] = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_AT),
    ]
    if machine == "x86_64":
        steps += [(_GREATER_OR_EQUAL, 0, 1, _X32), (_RETURN, 0, 0, _REFUSE | _EPERM)]
    steps += [*rules, (_RETURN, 0, 0, _ALLOW)]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
