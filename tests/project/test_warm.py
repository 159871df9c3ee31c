"""A warm process answers what a cold one would, whatever changed since, and leaves nothing."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from contextlib import aclosing
from typing import TYPE_CHECKING

import pytest

from redfirst.probe import wire
from redfirst.project import probe_client, probe_process, warm
from redfirst.project.probe_client import Probe
from redfirst.project.warm import Warmth
from tests.support.environments import BARE, CROWDED, NEW, python_with
from tests.support.probing import every, only, outcomes, write
from tests.support.processes import is_gone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("temporary")

FAMILY = """
    import os
    from pathlib import Path

    def test_family():
        worker = Path(f"/proc/{os.getppid()}/stat").read_text().rpartition(")")[2].split()
        with open("family", "a") as file:
            print(worker[1], file=file)
"""


def perform(root: Path, *steps: Callable[[], object] | wire.Run) -> list[list[wire.Message]]:
    """What a warm probe says of each run; other steps change something in between."""

    async def collect() -> list[list[wire.Message]]:
        said: list[list[wire.Message]] = []
        async with Warmth(root) as warmth:
            probe = Probe(python_with(NEW), root, warmth=warmth)
            for step in steps:
                if isinstance(step, wire.Run):
                    said.append([message async for message in probe.execute([step])])
                else:
                    step()
        return said

    said = asyncio.run(collect())
    assert not list((root.parent / "temporary").iterdir())
    return said


def ancestors(root: Path) -> list[str]:
    return (root / "family").read_text().split()


def test_runs_are_forked_from_one_process_until_its_configuration_changes(tmp_path: Path) -> None:
    root = write(tmp_path / "project", {"tests/test_it.py": FAMILY})
    run = wire.Run("r", "tests/test_it.py")
    changes = [
        lambda: (root / "pyproject.toml").write_text("[tool.pytest.ini_options]\n"),
        lambda: (root / "tests/conftest.py").write_text(""),
        lambda: os.kill(int(ancestors(root)[-1]), signal.SIGKILL),
    ]
    steps = [step for change in changes for step in (change, run, run)]
    for said in perform(root, run, run, *steps):
        assert outcomes(said) == {"test_family": "passed"}
    family = ancestors(root)
    assert family[::2] == family[1::2]
    assert len(set(family)) == 1 + len(changes)


def test_every_run_sees_the_project_as_it_stands(tmp_path: Path) -> None:
    """The second text has the same size and the same second as the first."""
    test = "from code_here import f\ndef test_it(): assert f() == 1\n"
    root = write(tmp_path / "project", {"test_it.py": test, "code_here.py": "def f(): return 1\n"})
    run = wire.Run("r", "test_it.py")
    edit = "def f(): return 2\n"
    first, second = perform(root, run, lambda: (root / "code_here.py").write_text(edit), run)
    assert outcomes(first) == {"test_it": "passed"}
    assert outcomes(second) == {"test_it": "failed"}


def test_nothing_that_warns_or_belongs_to_the_project_is_imported_ahead(tmp_path: Path) -> None:
    """The first run learns what it imports; an import that warns must warn in the second too."""
    site = tmp_path / "lib" / "site-packages"
    write(site, {"quiet.py": "", "loud.py": "import warnings; warnings.warn('loud')"})
    test = f"""
        import sys
        known = set(sys.modules)
        sys.path.append({str(site)!r})
        import code_here, quiet, loud

        def test_ahead():
            assert sorted({{"quiet", "loud", "code_here"}} & known) == []
    """
    files = {"test_it.py": test, "code_here.py": "", "pytest.ini": "[pytest]\n"}
    root = write(tmp_path / "project", files)
    environment = dict(os.environ)
    run = wire.Run("r", "test_it.py")

    def on_path() -> None:
        os.environ["PYTHONPATH"] = str(site)

    try:
        _, _, third = perform(root, on_path, run, run, run)
    finally:
        os.environ.clear()
        os.environ.update(environment)
    assert outcomes(third) == {"test_ahead": "failed"}
    (end,) = every(wire.Finished, third)
    assert "'quiet'" in end.message
    assert "loud" not in end.message.partition("\n")[0]
    assert "code_here" not in end.message.partition("\n")[0]


def test_stubs_and_coverage_from_one_warm_process(tmp_path: Path) -> None:
    test = "from code_here import f\ndef test_it(): assert f() == 1\n"
    files = {"test_it.py": test, "code_here.py": "def f():\n    return 1\n"}
    root = write(tmp_path / "project", files)
    measure = wire.Measure("code_here", "code_here.py", contexts=True, data_folder=str(tmp_path))
    stub = wire.Run("s", "test_it.py", modules={"code_here": "def f(): return 2\n"}, stub="two")
    measured, stubbed = perform(root, wire.Run("r", "test_it.py", measure=measure), stub)
    assert only(wire.Measured, measured).missing == []
    assert outcomes(measured) == {"test_it": "passed"}
    assert outcomes(stubbed) == {"test_it": "failed"}


@pytest.mark.parametrize("packages", [BARE, CROWDED], ids=["bare", "crowded"])
def test_an_interpreter_with_nothing_and_one_with_many_plugins(
    tmp_path: Path, packages: tuple[str, ...]
) -> None:
    root = write(tmp_path / "project", {"test_it.py": "def test_it(): pass\n"})

    async def twice() -> list[wire.Message]:
        async with Warmth(root) as warmth:
            probe = Probe(python_with(packages), root, warmth=warmth)
            async with aclosing(probe.execute([wire.Run("one", "test_it.py")])) as first:
                said = [message async for message in first]
            async with aclosing(probe.execute([wire.Run("two", "test_it.py")])) as second:
                return said + [message async for message in second]

    said = asyncio.run(twice())
    if packages == BARE:
        assert [message.what for message in every(wire.Unavailable, said)] == ["pytest"] * 2
    else:
        assert [end.outcome for end in every(wire.Finished, said)] == ["passed"] * 2


def test_where_there_is_no_fork_a_process_stands_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (probe_client, probe_process, warm):
        monkeypatch.setattr(module, "CAN_FORK", False)
    test = "import os\ndef test_it(): open('processes', 'a').write(f'{os.getpid()} ')\n"
    root = write(tmp_path / "project", {"test_it.py": test})
    run = wire.Run("r", "test_it.py")
    for said in perform(root, run, run):
        assert outcomes(said) == {"test_it": "passed"}
    assert len(set((root / "processes").read_text().split())) == 2


# A test that leaves a process in the same session, and one that has a session of its own.
LEAVES = """
    import os, subprocess, sys, threading
    from pathlib import Path

    def leave(**how):
        read, _ = os.pipe()
        code = "import os, sys; os.read(int(sys.argv[1]), 1)"
        fds = [read, _]
        return subprocess.Popen([sys.executable, "-c", code, str(read)], pass_fds=fds, **how).pid

    def test_leaves():
        pids = [os.getpid(), leave(), leave(start_new_session=True)]
        Path("left.tmp").write_text(" ".join(map(str, pids)))
        os.rename("left.tmp", "left.pid")
        threading.Event().wait()
"""
CLIENT = """
import asyncio, sys
from pathlib import Path
from redfirst.probe import wire
from redfirst.project.probe_client import Probe
from redfirst.project.warm import Warmth

async def main():
    root = Path(sys.argv[2])
    async with Warmth(root) as warmth:
        probe = Probe(Path(sys.argv[1]), root, warmth=warmth)
        async for message in probe.execute([wire.Run("r", "test_it.py", timeout=600.0)]):
            if isinstance(message, wire.Started):
                while not (root / "left.pid").exists():
                    await asyncio.sleep(0.01)
                print(message.test, flush=True)

asyncio.run(main())
"""


def test_leaving_early_ends_everything(tmp_path: Path) -> None:
    root = write(tmp_path / "project", {"test_it.py": LEAVES})

    async def leave() -> None:
        async with Warmth(root) as warmth:
            probe = Probe(python_with(NEW), root, warmth=warmth)
            runs = [wire.Run("r", "test_it.py", timeout=60.0)]
            async with aclosing(probe.execute(runs)) as messages:
                async for message in messages:
                    if isinstance(message, wire.Started):
                        while not (root / "left.pid").exists():  # noqa: ASYNC110
                            await asyncio.sleep(0.01)
                        break
            assert all(map(is_gone, left(root)))

    asyncio.run(leave())


def test_a_client_that_is_killed_takes_everything_with_it(tmp_path: Path) -> None:
    root = write(tmp_path / "project", {"test_it.py": LEAVES})
    client = subprocess.Popen(
        [sys.executable, "-c", CLIENT, str(python_with(NEW)), str(root)],
        stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(tmp_path / "temporary")},
    )
    with client:
        assert client.stdout is not None
        assert client.stdout.readline() == b"test_it.py::test_leaves\n"
        client.kill()
    assert all(map(is_gone, left(root)))


def left(root: Path) -> list[int]:
    return [int(pid) for pid in (root / "left.pid").read_text().split()]
