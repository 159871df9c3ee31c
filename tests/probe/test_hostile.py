"""Whatever a test does to its process, it ends in a clear event and leaves nothing behind."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from contextlib import aclosing
from typing import TYPE_CHECKING

import pytest

from redfirst.probe import wire
from redfirst.project.probe_client import Probe, ProbeFailed
from tests.support.environments import NEW, python_with
from tests.support.probing import end_of, every, only, outcomes, perform, write
from tests.support.processes import is_gone

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("temporary")

_PATIENCE = 60.0  # seconds; only a test that fails ever waits that long
# A process that a test leaves behind: it blocks on a pipe that nothing is ever written to.
GRANDCHILD = """
    import os, subprocess, sys
    from pathlib import Path

    def leave_a_process():
        read, write = os.pipe()
        code = "import os, sys; os.read(int(sys.argv[1]), 1)"
        left = subprocess.Popen([sys.executable, "-c", code, str(read)], pass_fds=[read, write])
        Path("left.pid").write_text(str(left.pid))

    def spin():
        while True: pass
"""
CASES = {
    "exit": ("os._exit(0)", "lost", "the process ended with code 0 before the test was over"),
    "abort": ("os.abort()", "lost", "the process was killed by SIGABRT"),
    "segfault": (
        "import ctypes; ctypes.string_at(0)",
        "lost",
        "the process was killed by SIGSEGV",
    ),
    "kill_own_group": ("os.killpg(0, 9)", "lost", "the process was killed by SIGKILL"),
    "loop": ("spin()", "timeout", "still running after 1 s, and ended"),
    "wait": ("threading.Event().wait()", "timeout", "still running after 1 s, and ended"),
    "deaf": (
        "[signal.signal(n, signal.SIG_IGN) for n in (2, 15)]; threading.Event().wait()",
        "timeout",
        "still running after 1 s, and ended",
    ),
    "stop_the_probe": (
        "os.kill(os.getppid(), signal.SIGSTOP); threading.Event().wait()",
        "timeout",
        "still running after 1 s, and ended",
    ),
    "kill_the_probe_and_itself": (
        "os.killpg(os.getpgid(os.getppid()), 9); os.killpg(0, 9)",
        "lost",
        "the process was killed by SIGKILL",
    ),
    "close_everything": ("os.closerange(3, 100); os._exit(1)", "lost", None),
}


@pytest.mark.parametrize("case", CASES)
def test_one_hostile_test_does_not_harm_the_others(tmp_path: Path, case: str) -> None:
    statement, outcome, message = CASES[case]
    root = project(tmp_path, f"leave_a_process(); {statement}")
    limit = 1.0 if outcome == "timeout" else _PATIENCE
    messages = perform(python_with(NEW), root, wire.Run("r", "test_it.py", timeout=limit))
    assert outcomes(messages) == {
        "test_before": "passed",
        "test_hostile": outcome,
        "test_after": "passed",
    }
    ended = only(wire.Ended, messages)
    assert ended.exit_code is None
    assert ended.timed_out == (outcome == "timeout")
    if message is not None:
        assert end_of(messages, "test_hostile").message == message
    assert_nothing_is_left(tmp_path)


def test_a_process_that_ended_by_itself_has_not_timed_out(tmp_path: Path) -> None:
    """The news of its end comes late: the probe stands still until the client loses patience."""
    root = write(tmp_path / "project", {"test_it.py": ENDS_BEHIND_A_PROBE_THAT_STANDS_STILL})
    messages = perform(python_with(NEW), root, wire.Run("r", "test_it.py", timeout=0.5))
    ended = only(wire.Ended, messages)
    assert (ended.lost_with, ended.timed_out) == (7, False)
    assert end_of(messages, "test_ends").message.startswith("the process ended with code 7")


# The end of its group, by the client, is what lets the probe go on.
ENDS_BEHIND_A_PROBE_THAT_STANDS_STILL = """
    import os, signal

    def test_ends():
        probe = os.getppid()
        group_lives, until_it_is_killed = os.pipe()
        if os.fork() == 0:
            signal.pause()
        os.close(until_it_is_killed)
        if os.fork() == 0:
            os.setsid()
            os.read(group_lives, 1)
            os.kill(probe, signal.SIGCONT)
            os._exit(0)
        os.kill(probe, signal.SIGSTOP)
        os._exit(7)
"""


def test_a_test_that_kills_the_group_of_its_parent(python: Path, tmp_path: Path) -> None:
    """The probe is gone, the test itself is not: what it says still counts."""
    root = project(tmp_path, "leave_a_process(); os.killpg(os.getpgid(os.getppid()), 9)")
    runs = [wire.Run("one", "test_it.py"), wire.Run("two", "test_it.py")]
    messages = perform(python, root, *runs)
    for run in runs:
        assert outcomes([m for m in messages if getattr(m, "run", None) == run.run]) == {
            "test_before": "passed",
            "test_hostile": "passed",
            "test_after": "passed",
        }
    assert [end.signal for end in every(wire.Ended, messages)] == [9, 9]
    assert_nothing_is_left(tmp_path)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("os._exit(1)", wire.Ended("r", None, lost_with=1)),
        ("os._exit(0)", wire.Ended("r", None, lost_with=0)),
        ("os.kill(os.getpid(), 11)", wire.Ended("r", None, signal=11)),
        ("threading.Event().wait()", wire.Ended("r", None, timed_out=True)),
        ("while True: pass", wire.Ended("r", None, timed_out=True)),
    ],
)
@pytest.mark.parametrize("place", ["test_it.py", "conftest.py"])
def test_a_process_lost_before_the_first_test(
    tmp_path: Path, statement: str, expected: wire.Ended, place: str
) -> None:
    root = project(tmp_path, "pass")
    text = (
        f"import os, threading\nfrom left import leave_a_process\nleave_a_process()\n{statement}\n"
    )
    (root / place).write_text(text)
    limit = 0.5 if expected.timed_out else _PATIENCE
    messages = perform(python_with(NEW), root, wire.Run("r", "test_it.py", timeout=limit))
    ended = only(wire.Ended, messages)
    assert (ended.signal, ended.timed_out, ended.lost_with, ended.exit_code) == (
        expected.signal,
        expected.timed_out,
        expected.lost_with,
        None,
    )
    assert not every(wire.Collected, messages)
    assert_nothing_is_left(tmp_path)


@pytest.mark.parametrize("statement", ["pytest.exit('enough')", "raise KeyboardInterrupt"])
def test_the_session_may_be_ended_but_the_others_are_still_run(
    python: Path, tmp_path: Path, statement: str
) -> None:
    messages = perform(python, project(tmp_path, statement), wire.Run("r", "test_it.py"))
    assert outcomes(messages) == {
        "test_before": "passed",
        "test_hostile": "failed",
        "test_after": "passed",
    }
    assert only(wire.Ended, messages).exit_code == 2


def test_a_megabyte_of_output_is_cut_to_its_tail(python: Path, tmp_path: Path) -> None:
    statement = "os.write(1, b'x' * 2**20); print('y' * 2**20); sys.stderr.write('the last words')"
    root = project(tmp_path, f"{statement}; assert False")
    messages = perform(python, root, wire.Run("r", "test_it.py"))
    assert outcomes(messages)["test_hostile"] == "failed"
    output = only(wire.Ended, messages).output
    assert len(output) <= 65536
    assert "the last words" in output


def test_output_past_capture_is_no_message(tmp_path: Path) -> None:
    root = project(tmp_path, """os.write(1, b'{"is": "Ended", "run": "r", "exit_code": 0}\\n')""")
    (root / "pytest.ini").write_text("[pytest]\naddopts = -s\n")
    messages = perform(python_with(NEW), root, wire.Run("r", "test_it.py"))
    assert only(wire.Ended, messages).exit_code == 0
    assert messages[-1] == only(wire.Ended, messages)
    assert '"is": "Ended"' in only(wire.Ended, messages).output


def test_a_message_of_a_megabyte_is_cut(tmp_path: Path) -> None:
    root = project(tmp_path, "raise ValueError('x' * 2**20)")
    messages = perform(python_with(NEW), root, wire.Run("r", "test_it.py"))
    message = end_of(messages, "test_hostile").message
    assert message.startswith("xxx")
    assert message.endswith("… (1048576 characters)")
    assert len(message) < 10_000


def test_coverage_is_of_all_tests_but_the_lost_one(python: Path, tmp_path: Path) -> None:
    """Those that were over when the process was lost are run again, but told once."""
    root = project(tmp_path, "os._exit(0)")
    (root / "code_here.py").write_text("def one():\n    return 1\ndef two():\n    return 2\n")
    test = "import os\nfrom code_here import one, two\n"
    test += "def test_before(): one()\ndef test_hostile(): os._exit(0)\ndef test_after(): two()\n"
    (root / "test_it.py").write_text(test)
    measure = wire.Measure("code_here", "code_here.py", contexts=True, data_folder=str(tmp_path))
    messages = perform(python, root, wire.Run("r", "test_it.py", measure=measure))
    assert outcomes(messages)["test_hostile"] == "lost"
    measured = only(wire.Measured, messages)
    assert measured.missing == []
    assert measured.contexts == {"2": ["test_it.py::test_before"], "4": ["test_it.py::test_after"]}


def test_leaving_early_ends_everything(python: Path, tmp_path: Path) -> None:
    root = project(tmp_path, "leave_a_process(); threading.Event().wait()")

    async def leave() -> None:
        runs = [wire.Run("r", "test_it.py", timeout=60.0)]
        async with aclosing(Probe(python, root).execute(runs)) as messages:
            async for message in messages:
                if isinstance(message, wire.Started) and message.test.endswith("hostile"):
                    await appears(root / "left.pid")
                    return

    asyncio.run(leave())
    assert_nothing_is_left(tmp_path)


def test_a_client_that_is_killed_takes_its_runs_with_it(tmp_path: Path) -> None:
    root = project(tmp_path, "leave_a_process(); threading.Event().wait()")
    client = subprocess.Popen(
        [sys.executable, "-c", CLIENT, str(python_with(NEW)), str(root)],
        stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(tmp_path / "temporary")},
    )
    with client:
        assert client.stdout is not None
        assert client.stdout.readline() == b"test_it.py::test_before\n"
        assert client.stdout.readline() == b"test_it.py::test_hostile\n"
        asyncio.run(appears(root / "left.pid"))
        client.kill()
    assert is_gone(int((root / "left.pid").read_text()))


CLIENT = """
import asyncio, sys
from pathlib import Path
from redfirst.probe import wire
from redfirst.project.probe_client import Probe

async def main():
    probe = Probe(Path(sys.argv[1]), Path(sys.argv[2]))
    async for message in probe.execute([wire.Run("r", "test_it.py", timeout=600.0)]):
        if isinstance(message, wire.Started):
            print(message.test, flush=True)

asyncio.run(main())
"""


async def appears(path: Path) -> None:
    while not path.exists() or not path.read_text():  # noqa: ASYNC110, ASYNC240
        await asyncio.sleep(0.01)


def test_an_interpreter_that_cannot_be_started(tmp_path: Path) -> None:
    root = project(tmp_path, "pass")
    with pytest.raises(ProbeFailed, match="cannot be started"):
        perform(tmp_path / "python", root, wire.Run("r", "test_it.py"))
    assert_nothing_is_left(tmp_path)


def test_an_interpreter_that_is_none(tmp_path: Path) -> None:
    root = project(tmp_path, "pass")
    impostor = tmp_path / "python"
    impostor.write_text("#!/bin/sh\necho no python here >&2\nexit 3\n")
    impostor.chmod(0o755)
    with pytest.raises(ProbeFailed, match="ended with code 3: no python here"):
        perform(impostor, root, wire.Run("r", "test_it.py"))
    assert_nothing_is_left(tmp_path)


def project(tmp_path: Path, statement: str) -> Path:
    text = f"""
        import os, signal, sys, threading
        import pytest
        from left import leave_a_process, spin

        def test_before(): pass
        def test_hostile():
            {statement}
        def test_after(): pass
    """
    return write(tmp_path / "project", {"left.py": GRANDCHILD, "test_it.py": text})


def assert_nothing_is_left(tmp_path: Path) -> None:
    left = tmp_path / "project" / "left.pid"
    if left.exists():
        assert is_gone(int(left.read_text()))
    assert list((tmp_path / "temporary").iterdir()) == []
