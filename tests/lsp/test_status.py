"""`redfirst.status` says what was found, so that nobody has to guess which Python it is."""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import pytest

from redfirst import __version__
from redfirst.project.sandbox.choose import choose
from tests.cli.project import make_project
from tests.lsp.client import PULLING, RefusedError, editor
from tests.lsp.folders import opened
from tests.support.processes import is_gone

if TYPE_CHECKING:
    from pathlib import Path

    from tests.lsp.client import Client


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "project")


def as_request(client: Client, argument: dict[str, Any]) -> dict[str, Any]:
    return client.request("redfirst.status", argument)


def as_command(client: Client, argument: dict[str, Any]) -> dict[str, Any]:
    params = {"command": "redfirst.status", "arguments": [argument] if argument else []}
    return client.request("workspace/executeCommand", params)


@pytest.mark.parametrize("ask", [as_request, as_command])
def test_everything_is_there(project: Path, ask: Any) -> None:
    with editor(project, PULLING, **opened(project)) as client:
        said = ask(client, {})
        assert said["redfirst"] == __version__
        assert said["root"] == str(project)
        assert said["trusted"] is True
        assert said["faults"] == []
        assert said["specs"] == 1
        assert said["sandbox"] == {"level": choose().level, "advice": choose().advice}
        assert said["settings"]["verify_on"] == "save"
        assert said["interpreter"] == {
            "path": sys.executable,
            "reason": "named by `python` in the settings",
            "python": platform.python_version(),
            "pytest": version("pytest"),
            "coverage": version("coverage"),
            "problem": None,
        }


def test_of_the_project_of_a_file(tmp_path: Path) -> None:
    one, two = (make_project(tmp_path / name) for name in ("one", "two"))
    (two / "pyproject.toml").write_text("[tool.redfirst]\nthreshold = 950\n")
    with editor(tmp_path, PULLING, **opened(one, two)) as client:
        said = as_request(client, {"uri": (two / "specs/half.yml").as_uri()})
        assert said["root"] == str(two)
        assert said["faults"] == [
            "`threshold` is a percentage: it must lie between 0 and 100, not be 950."
        ]
        assert said["specs"] == 2


def test_the_editors_interpreter_goes_before_the_projects(project: Path) -> None:
    """And one that is not there is said, not found out by the next run."""
    with editor(project, PULLING, initializationOptions={"python": "nowhere"}) as client:
        found = as_request(client, {"uri": (project / "specs/half.yml").as_uri()})["interpreter"]
        assert found["path"] is None
        assert "`python = 'nowhere'` names no interpreter" in found["problem"]


def test_an_interpreter_that_says_nothing_holds_nobody_up(project: Path) -> None:
    """Answers come while it is waited for, and it is gone with the server."""
    slow, started = project / "slow-python", project / "started"
    os.mkfifo(started)
    slow.write_text(
        f"#!{sys.executable}\nimport os, time\n"
        f"open({str(started)!r}, 'w').write(str(os.getpid()))\ntime.sleep(1000)\n"
    )
    slow.chmod(0o755)
    with editor(project, PULLING, initializationOptions={"python": str(slow)}) as client:
        uri = client.open(project / "specs/half.yml")
        asked = client.ask("redfirst.status", {"uri": uri})
        process = int(started.read_text())
        position = {"line": 0, "character": 0}
        assert client.ask_about("hover", uri, position=position) is not None
        client.notify("$/cancelRequest", {"id": asked})
        with pytest.raises(RefusedError):
            client.answer(asked)
        assert is_gone(process)
