"""Work is stopped when it should be, with every process that it has started."""

from __future__ import annotations

from time import sleep
from typing import TYPE_CHECKING

import pytest

from tests.cli.project import SPEC
from tests.lsp.client import PATIENCE, PLAIN, Client, RefusedError, editor
from tests.lsp.commands import ABLE, agree_to_progress, progress, send
from tests.lsp.project import make_project
from tests.support.processes import descendants, is_gone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ASKED = 8
# Starts a process of its own, and both outlast every run.
HANGING = """\
import subprocess
import sys
import time

from maths import half

def test_hanging():
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    half(2)

def test_waiting():
    time.sleep(600)
"""
REQUEST_CANCELLED = -32800


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Its tests never come to an end."""
    make_project(tmp_path / "project")
    hang(tmp_path / "project", "half")
    return tmp_path / "project"


def hang(folder: Path, name: str) -> None:
    """Its tests outlast everything: no limit ends them, however long the test takes."""
    settings = folder / "pyproject.toml"
    settings.write_text(f"{settings.read_text()}timeout = 600\n")
    path = folder / f"tests/test_{name}.py"
    header = "".join(
        line for line in path.read_text().splitlines(keepends=True) if line.startswith("#")
    )
    path.write_text(header + HANGING)


def is_at_work(client: Client) -> list[int]:
    """The processes of the server, once a test has started one of its own."""
    while True:
        found = descendants(client.server.pid)
        if any("time.sleep(600)" in command for _, command in found):
            return [pid for pid, _ in found]
        sleep(0.01)  # whoever is waited for needs the processor


@pytest.mark.parametrize("by_request", [True, False])
def test_cancelled_work_leaves_nothing_behind(project: Path, *, by_request: bool) -> None:
    with editor(project, ABLE) as client:
        uri = client.open(project / "specs/half.yml")
        client.published(uri, 1)
        asked = send(client, "verify", uri)
        token = agree_to_progress(client)
        pids = is_at_work(client)
        if by_request:
            client.notify("$/cancelRequest", {"id": asked})
            with pytest.raises(RefusedError) as refused:
                client.answer(asked)
            assert refused.value.code == REQUEST_CANCELLED
        else:
            client.notify("window/workDoneProgress/cancel", {"token": token})
            assert client.answer(asked) is None
        assert progress(client, token)[-1]["kind"] == "end"
        assert len(pids) > 1
        assert all(map(is_gone, pids))


def test_newer_work_on_a_spec_takes_the_place_of_older(project: Path) -> None:
    with editor(project, PLAIN) as client:
        uri = client.open(project / "specs/half.yml")
        client.published(uri, 1)
        older = send(client, "verify", uri)
        pids = is_at_work(client)
        newer = send(client, "verify", uri)
        assert client.answer(older) is None
        assert all(map(is_gone, pids))
        client.notify("$/cancelRequest", {"id": newer})
        with pytest.raises(RefusedError):
            client.answer(newer)


def shut_down(client: Client) -> None:
    assert client.leave() == 0


def just_leave(client: Client) -> None:
    assert client.exit() == 1


def hang_up(client: Client) -> None:
    """As an editor that is killed: it says nothing any more, not even that it leaves."""
    assert client.server.stdin is not None
    client.server.stdin.close()
    assert client.server.wait(PATIENCE) == 1


def crash(client: Client) -> None:
    client.server.kill()
    client.server.wait()


@pytest.mark.parametrize("end", [shut_down, just_leave, hang_up, crash])
def test_the_end_of_the_server_ends_eight_verifications(
    project: Path, end: Callable[[Client], None]
) -> None:
    client = Client.spawn(project)
    try:
        client.initialize(ABLE)
        start_many(project, client)
        pids = is_at_work(client)
        end(client)
        assert all(map(is_gone, pids))
        assert client.log() == ""
    finally:
        client.close()


def start_many(project: Path, client: Client) -> None:
    """Ask for eight verifications; two at least run at once, the others wait."""
    for number in range(ASKED):
        name = f"half_{number}"
        text = SPEC.replace("function: half", f"function: {name}").replace("half(", f"{name}(")
        (project / f"specs/{name}.yml").write_text(text)
        (project / f"tests/test_{name}.py").write_text(HANGING.replace("half", name))
        send(client, "verify", (project / f"specs/{name}.yml").as_uri())
    assert agree_to_progress(client) != agree_to_progress(client)
