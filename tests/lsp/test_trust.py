"""In a workspace that is not trusted nothing runs; what only reads goes on as ever."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.project import SPEC, make_project, redfirst
from tests.lsp.client import PULLING, Client, editor
from tests.lsp.folders import CONFIGURED, codes, configure, opened

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = SPEC.replace("function:", "functoin:")
RUNNING = [f"redfirst.{name}" for name in ("verify", "generate", "regenerate")]
DISTRUST = {"initializationOptions": {"trusted": False}}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Its interpreter, and its conftest.py, leave a trace when they are run."""
    project = make_project(tmp_path / "project")
    trace = f"open({str(project / 'trace')!r}, 'w').close()\n"
    (project / "python").write_text(
        f"#!{sys.executable}\nimport os, sys\n{trace}"
        f"os.execv({sys.executable!r}, [{sys.executable!r}, *sys.argv[1:]])\n"
    )
    (project / "python").chmod(0o755)
    (project / "conftest.py").write_text(trace)
    (project / "pyproject.toml").write_text("[tool.redfirst]\npython = 'python'\n")
    return project


def is_trusted(client: Client) -> bool:
    return client.request("redfirst.status", {})["trusted"]


def command(client: Client, name: str, uri: str) -> Any:
    params = {"command": name, "arguments": [{"uri": uri}]}
    return client.request("workspace/executeCommand", params)


@pytest.mark.parametrize("name", RUNNING)
def test_commands_say_why_they_do_nothing(project: Path, name: str) -> None:
    with editor(project, PULLING, **opened(project), **DISTRUST) as client:
        uri = client.open(project / "specs/half.yml")
        assert command(client, name, uri) is None
        said = client.notified("window/showMessage")["message"]
        assert said.startswith("This workspace is not trusted")
    assert not (project / "trace").exists()


def test_what_only_reads_goes_on(project: Path) -> None:
    generated = redfirst(project, "generate", "specs/half.yml", "--unsandboxed")
    assert generated.code == 0, generated
    (project / "trace").unlink()
    with editor(project, PULLING, **opened(project), **DISTRUST) as client:
        uri = client.open(project / "specs/half.yml", BROKEN)
        assert codes(client.ask_about("diagnostic", uri)["items"]) == ["RF102", "RF103"]
        client.change(uri, {"text": SPEC})
        case = {"line": SPEC.splitlines().index("    id: EC-zero") - 1, "character": 10}
        assert "EC-zero" in client.ask_about("hover", uri, position=case)["contents"]["value"]
        there = client.ask_about("definition", uri, position=case)
        assert "test_half.py" in str(there)
        assert client.ask_about("completion", uri, position=case) is not None
        client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
        client.request("workspace/diagnostic", {"previousResultIds": []})
        said = client.request("redfirst.status", {})
        assert said["trusted"] is False
        assert said["interpreter"]["path"] is None
        assert said["interpreter"]["problem"].startswith("This workspace is not trusted")
    assert not (project / "trace").exists()


def test_the_client_gives_its_trust_without_a_restart(project: Path) -> None:
    with editor(project, PULLING, **opened(project), **DISTRUST) as client:
        assert not is_trusted(client)
        client.notify("redfirst/trust", {"trusted": "yes"})
        assert client.notified("window/logMessage")["message"].startswith("`redfirst/trust`")
        assert not is_trusted(client)
        client.notify("redfirst/trust", {"trusted": True})
        assert is_trusted(client)
    assert (project / "trace").exists()  # the interpreter was asked for its version


def test_a_setting_takes_trust_and_gives_back_what_it_took(project: Path) -> None:
    with editor(project, PULLING, **opened(project)) as client:
        for trusted in (False, True):
            settings = {"redfirst": {"trusted": trusted}}
            client.notify("workspace/didChangeConfiguration", {"settings": settings})
            assert is_trusted(client) is trusted


def test_no_setting_makes_up_for_the_clients_distrust(project: Path) -> None:
    """Settings may stand in the very folder that wants to be trusted."""
    with editor(project, PULLING | CONFIGURED, **opened(project), **DISTRUST) as client:
        configure(client, {"trusted": True}, {"trusted": True})
        assert not is_trusted(client)
