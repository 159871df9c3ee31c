"""However a test ends in the sandbox, it ends in a clear event and leaves nothing behind."""

from __future__ import annotations

import asyncio
import secrets
from contextlib import aclosing, suppress
from pathlib import Path

import pytest

from redfirst.probe import wire
from redfirst.project.probe_client import Probe
from redfirst.project.sandbox import Level, Sandbox
from tests.sandbox.levels import need
from tests.support.environments import NEW, python_with
from tests.support.probing import every, only, outcomes, write
from tests.support.processes import is_gone

LEVELS = [Level.BUBBLEWRAP, Level.LANDLOCK]
_PATIENCE = 60.0  # seconds; only a test that fails ever waits that long
# A process that a test leaves behind: it waits for what never comes, and has a name of its own.
LEAVE = """
    import os, signal, subprocess, sys, threading

    def leave_a_process(name):
        read, write = os.pipe()
        code = "import os, sys; print(flush=True); os.read(int(sys.argv[1]), 1)"
        left = subprocess.Popen(
            [sys.executable, "-c", code, str(read), name],
            pass_fds=[read, write], stdout=subprocess.PIPE,
        )
        left.stdout.readline()
"""


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    ("statement", "outcome"),
    [
        ("os._exit(0)", "lost"),
        ("os.abort()", "lost"),
        ("os.killpg(0, 9)", "lost"),
        ("threading.Event().wait()", "timeout"),
        ("os.kill(os.getppid(), signal.SIGSTOP); threading.Event().wait()", "timeout"),
        ("os.killpg(os.getpgid(os.getppid()), 9); os.killpg(0, 9)", "lost"),
    ],
)
def test_a_hostile_test_does_not_harm_the_others(
    tmp_path: Path, level: Level, statement: str, outcome: str
) -> None:
    need(level)
    name = secrets.token_hex(8)
    root = project(tmp_path, f"leave_a_process({name!r}); {statement}")
    limit = 1.0 if outcome == "timeout" else _PATIENCE
    messages = asyncio.run(everything(level, root, limit))
    assert outcomes(messages) == {
        "test_before": "passed",
        "test_hostile": outcome,
        "test_after": "passed",
    }
    assert only(wire.Ended, messages).exit_code is None
    assert all(map(is_gone, named(name)))


@pytest.mark.parametrize("level", LEVELS)
def test_leaving_early_ends_everything(tmp_path: Path, level: Level) -> None:
    need(level)
    name = secrets.token_hex(8)
    root = project(tmp_path, f"leave_a_process({name!r}); threading.Event().wait()")

    async def leave() -> None:
        async with aclosing(execute(level, root, _PATIENCE)) as messages:
            async for message in messages:
                if isinstance(message, wire.Started) and message.test.endswith("hostile"):
                    while not named(name):  # noqa: ASYNC110
                        await asyncio.sleep(0.01)
                    return

    asyncio.run(leave())
    assert all(map(is_gone, named(name)))


def test_without_a_sandbox_the_number_of_a_group_is_its_number(tmp_path: Path) -> None:
    """The same statement, so that the levels can be compared."""
    root = project(tmp_path, "threading.Event().wait()")
    messages = asyncio.run(everything(Level.NONE, root, 1.0))
    assert [end.timed_out for end in every(wire.Ended, messages)] == [True]


def project(folder: Path, statement: str) -> Path:
    test = f"""
        import os, signal, threading
        from left import leave_a_process

        def test_before(): pass
        def test_hostile():
            {statement}
        def test_after(): pass
    """
    return write(folder / "project", {"left.py": LEAVE, "test_it.py": test})


def execute(level: Level, root: Path, timeout: float):  # noqa: ANN201
    probe = Probe(python_with(NEW), root, Sandbox(level, root, root))
    return probe.execute([wire.Run("r", "test_it.py", timeout=timeout)])


async def everything(level: Level, root: Path, timeout: float) -> list[wire.Message]:  # noqa: ASYNC109
    return [message async for message in execute(level, root, timeout)]


def named(name: str) -> list[int]:
    """The processes with that word in their command line; they may be about to end."""
    found: list[int] = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if name.encode() in path.read_bytes():
                found.append(int(path.parent.name))
    return found
