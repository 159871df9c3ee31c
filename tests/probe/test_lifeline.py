"""A run that is told nothing, since it is at work in the very process that would listen."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from tests.support.environments import NEW, python_with
from tests.support.probing import write
from tests.support.processes import descendants, is_gone

if TYPE_CHECKING:
    from pathlib import Path

CLIENT = """\
import asyncio, sys
from pathlib import Path
from redfirst.probe import wire
from redfirst.project.probe_process import ProbeProcess
from redfirst.project.sandbox import Sandbox

async def main():
    root = Path(sys.argv[2])
    process = await ProbeProcess.start(Path(sys.argv[1]), root, Sandbox(), "--once")
    await process.greet(60)
    await process.send(wire.Run("r", "test_it.py", timeout=600.0))
    while not isinstance(await process.receive(60), wire.Started):
        pass
    print("at work", flush=True)
    await process.receive(600)

asyncio.run(main())
"""
LOOPING = """
    def test_looping():
        while True:
            pass
"""


def test_it_ends_with_a_client_that_is_killed(tmp_path: Path) -> None:
    root = write(tmp_path / "project", {"test_it.py": LOOPING})
    command = [sys.executable, "-c", CLIENT, str(python_with(NEW)), str(root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as client:
        assert client.stdout is not None
        assert client.stdout.readline() == b"at work\n"
        ((process, _),) = descendants(client.pid)
        client.kill()
    assert is_gone(process)
