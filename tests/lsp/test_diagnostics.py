"""What is wrong with a spec, shown while it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.project import SPEC
from tests.lsp.client import PULLING, editor
from tests.lsp.project import make_project

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = SPEC.replace("function:", "functoin:")
FIRST_KEY = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 8}}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "project")


def codes(diagnostics: list[dict[str, object]]) -> list[object]:
    return [each["code"] for each in diagnostics]


def test_pushed_on_open_and_change_and_cleared_on_close(project: Path) -> None:
    with editor(project) as client:
        uri = client.open(project / "specs/half.yml")
        assert client.published(uri, 1) == []
        version = client.change(uri, {"text": BROKEN})
        assert codes(client.published(uri, version)) == ["RF102", "RF103"]
        version = client.change(
            uri, {"range": FIRST_KEY | {"end": {"line": 0, "character": 9}}, "text": "function:"}
        )
        assert client.published(uri, version) == []
        client.change(uri, {"text": BROKEN})
        client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
        while client.published(uri, None):
            pass


def test_nothing_is_said_of_a_text_that_was_replaced(project: Path) -> None:
    """A long text is still being read when the next one comes."""
    with editor(project) as client:
        with client.at_once():
            uri = client.open(project / "specs/half.yml", SPEC * 100)
            version = client.change(uri, {"text": BROKEN})
        first = client.notified("textDocument/publishDiagnostics")
        assert (first["version"], codes(first["diagnostics"])) == (version, ["RF102", "RF103"])


def test_a_diagnostic_says_everything(project: Path) -> None:
    with editor(project) as client:
        uri = client.open(project / "specs/half.yml", BROKEN)
        first, *_ = client.published(uri, 1)
        page = first.pop("codeDescription")["href"]
        assert first == {
            "range": FIRST_KEY,
            "message": "`functoin` is no key of a spec. Did you mean `function`?",
            "severity": 1,
            "code": "RF102",
            "source": "redfirst",
        }
        assert page.startswith("file://")
        assert page.endswith("/docs/findings/RF102.md")


def test_a_key_that_is_never_read_is_faded(project: Path) -> None:
    able = {"textDocument": {"publishDiagnostics": {"tagSupport": {"valueSet": [1, 2]}}}}
    with editor(project, able) as client:
        uri = client.open(project / "specs/half.yml", SPEC + "module: other\n")
        assert [each["tags"] for each in client.published(uri, 1)] == [[1]]


def test_pulled_by_a_client_that_can(project: Path) -> None:
    with editor(project, PULLING) as client:
        uri = client.open(project / "specs/half.yml", BROKEN)
        full = client.ask_about("diagnostic", uri)
        assert (full["kind"], codes(full["items"])) == ("full", ["RF102", "RF103"])
        again = client.ask_about("diagnostic", uri, previousResultId=full["resultId"])
        assert again == {"kind": "unchanged", "resultId": full["resultId"]}
        client.change(uri, {"text": SPEC})
        fresh = client.ask_about("diagnostic", uri, previousResultId=full["resultId"])
        assert (fresh["kind"], fresh["items"]) == ("full", [])


def test_only_specs_are_read(project: Path) -> None:
    with editor(project, PULLING) as client:
        for name in ("other.yml", "specs/half.txt", "maths.py"):
            uri = client.open(project / name, BROKEN)
            assert client.ask_about("diagnostic", uri)["items"] == []
        assert client.ask_about("diagnostic", "untitled:1")["items"] == []


def test_other_settings_make_other_files_specs(project: Path) -> None:
    settings = project / "pyproject.toml"
    saved = {"textDocument": {"uri": settings.as_uri()}}
    with editor(project) as client:
        uri = client.open(project / "specs/half.yml", BROKEN)
        assert client.published(uri, 1)
        settings.write_text('[tool.redfirst]\nspecs = ["contracts"]\n')
        client.notify("textDocument/didSave", saved)
        assert client.published(uri) == []
        settings.write_text("[tool.redfirst]\n")
        client.notify("textDocument/didSave", saved)
        assert codes(client.published(uri, 1)) == ["RF102", "RF103"]


def test_cleared_when_the_file_is_deleted(project: Path) -> None:
    with editor(project) as client:
        uri = client.open(project / "specs/half.yml", BROKEN)
        assert client.published(uri, 1)
        client.notify("workspace/didDeleteFiles", {"files": [{"uri": uri}]})
        assert client.published(uri, None) == []


@pytest.mark.parametrize(
    ("offered", "chosen"),
    [
        (None, "utf-16"),
        (["utf-8", "utf-16"], "utf-8"),
        (["utf-32"], "utf-32"),
        (["utf-7"], "utf-16"),
    ],
)
def test_the_client_chooses_how_columns_are_counted(
    project: Path, offered: list[str] | None, chosen: str
) -> None:
    general = {} if offered is None else {"general": {"positionEncodings": offered}}
    with editor(project, PULLING | general) as client:
        assert client.capabilities["positionEncoding"] == chosen
        text = "{a: '\U0001f600', a: 1}"
        uri = client.open(project / "specs/half.yml", text)
        items = client.ask_about("diagnostic", uri)["items"]
        (twice,) = [each["range"]["start"] for each in items if each["code"] == "RF101"]
        units = {"utf-8": 4, "utf-16": 2, "utf-32": 1}[chosen]
        assert twice == {"line": 0, "character": 8 + units}
