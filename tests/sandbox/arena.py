"""A place to try attacks in: `python arena.py LEVEL FOLDER` prints how each of them ended.

It is a program of its own so that it can be run by another user. It needs the probe's client and
nothing else of redfirst.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import shutil
import socket
import sys
import threading
from contextlib import ExitStack, suppress
from pathlib import Path

from redfirst.probe import wire
from redfirst.project.probe_client import Probe
from redfirst.project.sandbox import Level, Sandbox

ATTACKS = Path(__file__).with_name("attacks.py")


def main(level: str, folder: Path, module: Path = ATTACKS) -> None:
    """Set the arena up, let the module's tests loose, look for what is left."""
    with ExitStack() as stack:
        told = set_up(folder, stack)
        project = folder / "project"
        shutil.copy(module, project / "test_attacks.py")
        (project / "arena.txt").write_text("".join(f"{k}={v}\n" for k, v in told.items()))
        ends = asyncio.run(let_loose(Level(level), project))
        ends["daemon"] = "passed" if still_there(told["token"]) else "failed"
        for path in (folder / "outside" / "pwned", project / "conftest.py"):
            ends[f"left {path.name}"] = "passed" if path.exists() else "failed"
        ends["left precious"] = "failed" if (project / "precious.txt").exists() else "passed"
        ends.pop("test_daemon", None)
        sys.stdout.write(json.dumps(ends) + "\n")


def set_up(folder: Path, stack: ExitStack) -> dict[str, str]:
    """Everything that is attacked."""
    outside, project = folder / "outside", folder / "project"
    for place in (outside, project / "deep", project / ".git"):
        place.mkdir(parents=True)
    (outside / "secret").write_text("TOPSECRET")
    (project / "precious.txt").write_text("precious")
    (project / ".git" / "config").write_text("url = https://me:hunter2@example.org")
    (project / "link").symlink_to(outside)
    os.mkfifo(project / "deep" / "pipe")
    reader = os.open(project / "deep" / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    stack.callback(os.close, reader)
    token = f"redfirst-{secrets.token_hex(8)}"
    shared = Path("/dev/shm", token)
    shared.write_text("TOPSECRET")
    stack.callback(shared.unlink)
    listening = {
        "tcp": bound(stack, socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)),
        "udp": bound(stack, socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)),
    }
    bound(stack, socket.AF_UNIX, socket.SOCK_STREAM, str(outside / "u.sock"))
    bound(stack, socket.AF_UNIX, socket.SOCK_STREAM, str(project / "deep" / "u.sock"))
    bound(stack, socket.AF_UNIX, socket.SOCK_DGRAM, str(project / "deep" / "d.sock"))
    bound(stack, socket.AF_UNIX, socket.SOCK_STREAM, f"\0{token}")
    threading.Thread(target=answer, args=(listening["udp"],), daemon=True).start()
    return {
        "outside": str(outside),
        "project": str(project),
        "client": str(os.getpid()),
        "token": token,
        "abstract": token,
        "shared": str(shared),
        **{name: str(one.getsockname()[1]) for name, one in listening.items()},
    }


def bound(stack: ExitStack, family: int, kind: int, address: object) -> socket.socket:
    """A socket that can be reached."""
    one = stack.enter_context(socket.socket(family, kind))
    one.bind(address)
    if kind == socket.SOCK_STREAM:
        one.listen()
    return one


def answer(udp: socket.socket) -> None:
    """To whoever writes."""
    with suppress(OSError):
        while True:
            udp.sendto(b"pong", udp.recvfrom(9)[1])


async def let_loose(level: Level, project: Path) -> dict[str, str]:
    """How each test ended at that level."""
    probe = Probe(Path(sys.executable), project, Sandbox(level, project, project))
    run = wire.Run("r", "test_attacks.py", timeout=30.0)
    ends: dict[str, str] = {}
    async for message in probe.execute([run]):
        if isinstance(message, wire.Finished):
            ends[message.test.partition("::")[2]] = message.outcome
        elif isinstance(message, wire.CollectionFailed | wire.Unavailable):
            raise SystemExit(f"{message}")
    return ends


def still_there(token: str) -> bool:
    """Whether a process with that word in its command line is."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if path.parent.name != str(os.getpid()) and token.encode() in path.read_bytes():
                return True
    return False


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *map(Path, sys.argv[3:]))
