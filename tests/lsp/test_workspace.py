"""Specs that nobody has open: what is said of them is of what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.project import SPEC
from tests.lsp.client import PULLING, RefusedError, editor
from tests.lsp.folders import codes, everything, opened, told, until_shown
from tests.lsp.project import make_project

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = SPEC.replace("function:", "functoin:")
FOUND = ["RF102", "RF103"]
SERVER_CANCELLED = -32802


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "project")


def outside(*paths: Path) -> dict[str, Any]:
    return {"changes": [{"uri": path.as_uri(), "type": 2} for path in paths]}


def test_pushed_for_files_that_are_not_open(project: Path) -> None:
    spec, other = project / "specs/half.yml", project / "specs/deep/other.yaml"
    other.parent.mkdir()
    other.write_text(BROKEN)
    with editor(project, **opened(project)) as client:
        assert told(client, other) == FOUND
        spec.write_text(BROKEN)
        client.notify("workspace/didChangeWatchedFiles", outside(spec))
        until_shown(client, {spec: FOUND})  # it may be looked at while it is written
        other.unlink()
        client.notify("workspace/didChangeWatchedFiles", outside(other))
        assert told(client, other) == []


def test_an_event_that_got_lost_is_made_up_for_by_the_next(project: Path) -> None:
    spec, other = project / "specs/half.yml", project / "specs/other.yml"
    spec.write_text(BROKEN)
    with editor(project, **opened(project)) as client:
        assert told(client, spec) == FOUND
        spec.rename(other)
        client.notify("workspace/didChangeWatchedFiles", outside(project / "maths.py"))
        until_shown(client, {spec: [], other: FOUND})
        client.notify("workspace/didChangeWatchedFiles", outside(project / "maths.py"))
    assert {each["params"]["uri"] for each in client.unread} <= {other.as_uri()}


def test_opening_and_closing_hands_a_file_over(project: Path) -> None:
    """Of an open file its text is spoken of, of a closed one the file; nothing twice."""
    spec = project / "specs/half.yml"
    spec.write_text(BROKEN)
    with editor(project, **opened(project)) as client:
        assert told(client, spec) == FOUND
        uri = client.open(spec, SPEC)
        assert codes(client.published(uri, 1)) == []
        client.notify("workspace/didChangeWatchedFiles", outside(spec))
        client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
        assert told(client, spec) == FOUND


def test_what_was_said_of_a_file_is_taken_back_when_it_is_opened_and_none_of_ours(
    project: Path,
) -> None:
    spec, settings = project / "specs/half.yml", project / "pyproject.toml"
    spec.write_text(BROKEN)
    with editor(project, **opened(project)) as client:
        assert told(client, spec) == FOUND
        settings.write_text('[tool.redfirst]\nspecs = ["contracts"]\n')
        uri = client.open(spec)
        assert codes(client.published(uri, 1)) == []


def test_folders_come_and_go(tmp_path: Path) -> None:
    one, two = (make_project(tmp_path / name) for name in ("one", "two"))
    for folder in (one, two):
        (folder / "specs/half.yml").write_text(BROKEN)
    with editor(tmp_path, **opened(one)) as client:
        assert told(client, one / "specs/half.yml") == FOUND
        change = {
            "added": opened(two)["workspaceFolders"],
            "removed": opened(one)["workspaceFolders"],
        }
        client.notify("workspace/didChangeWorkspaceFolders", {"event": change})
        seen = [client.notified("textDocument/publishDiagnostics") for _ in range(2)]
    assert {each["uri"]: codes(each["diagnostics"]) for each in seen} == {
        (one / "specs/half.yml").as_uri(): [],
        (two / "specs/half.yml").as_uri(): FOUND,
    }


def test_each_file_belongs_to_its_own_project(tmp_path: Path) -> None:
    """One folder with two projects, whose specs stand in different places."""
    for name, specs in (("one", "specs"), ("two", "contracts")):
        (tmp_path / name / specs).mkdir(parents=True)
        (tmp_path / name / "pyproject.toml").write_text(f'[tool.redfirst]\nspecs = ["{specs}"]\n')
        (tmp_path / name / specs / "half.yml").write_text(BROKEN)
    (tmp_path / "two" / "specs").mkdir()
    (tmp_path / "two" / "specs" / "half.yml").write_text(BROKEN)
    with editor(tmp_path, PULLING, **opened(tmp_path)) as client:
        assert {uri: codes(each["items"]) for uri, each in everything(client).items()} == {
            (tmp_path / "one/pyproject.toml").as_uri(): [],
            (tmp_path / "one/specs/half.yml").as_uri(): FOUND,
            (tmp_path / "two/contracts/half.yml").as_uri(): FOUND,
            (tmp_path / "two/pyproject.toml").as_uri(): [],
        }


def test_pulled_by_a_client_that_can(project: Path) -> None:
    """Nothing is believed of the file: each answer is of what it holds now."""
    spec, settings = project / "specs/half.yml", project / "pyproject.toml"
    with editor(project, PULLING, **opened(project)) as client:
        first = everything(client)
        assert {uri: codes(each["items"]) for uri, each in first.items()} == {
            spec.as_uri(): [],
            settings.as_uri(): [],
        }
        spec.write_text(BROKEN)
        second = everything(client, *first.values())
        assert codes(second[spec.as_uri()]["items"]) == FOUND
        assert second[settings.as_uri()]["kind"] == "unchanged"
        spec.unlink()
        third = everything(client, *second.values())
        assert third[spec.as_uri()]["items"] == []


def test_an_open_text_is_pulled_with_its_version(project: Path) -> None:
    with editor(project, PULLING, **opened(project)) as client:
        uri = client.open(project / "specs/half.yml", BROKEN)
        report = everything(client)[uri]
        assert (report["version"], codes(report["items"])) == (1, FOUND)
        alone = client.ask_about("diagnostic", uri, previousResultId=report["resultId"])
        assert alone["kind"] == "unchanged"


def test_a_file_that_is_not_open_can_be_asked_about_alone(project: Path) -> None:
    """As a client does that shows a tab whose text it has not read yet."""
    spec = project / "specs/half.yml"
    spec.write_text(BROKEN)
    with editor(project, PULLING, **opened(project)) as client:
        alone = client.ask_about("diagnostic", spec.as_uri())
        assert codes(alone["items"]) == FOUND
        before = {"previousResultId": alone["resultId"]}
        assert client.ask_about("diagnostic", spec.as_uri(), **before)["kind"] == "unchanged"
        spec.write_text(SPEC)
        assert codes(client.ask_about("diagnostic", spec.as_uri(), **before)["items"]) == []
        assert client.ask_about("diagnostic", (project / "none.yml").as_uri())["items"] == []


def test_in_parts_for_a_client_that_takes_parts(project: Path) -> None:
    spec = project / "specs/half.yml"
    spec.write_text(BROKEN)
    with editor(project, PULLING, **opened(project)) as client:
        assert everything(client, partialResultToken="all") == {}
        parts = [each["params"] for each in client.unread if each["method"] == "$/progress"]
        client.unread.clear()
        assert {each["token"] for each in parts} == {"all"}
        found = {item["uri"]: item for each in parts for item in each["value"]["items"]}
        assert codes(found[spec.as_uri()]["items"]) == FOUND
        assert found[spec.as_uri()]["version"] is None


def test_of_two_requests_the_newer_is_answered(project: Path) -> None:
    for number in range(50):
        (project / f"specs/more_{number}.yml").write_text(BROKEN)
    params = {"previousResultIds": []}
    with editor(project, PULLING, **opened(project)) as client:
        with client.at_once():
            older = client.ask("workspace/diagnostic", params)
            newer = client.ask("workspace/diagnostic", params)
        with pytest.raises(RefusedError) as refusal:
            client.answer(older)
        assert refusal.value.code == SERVER_CANCELLED
        assert len(client.answer(newer)["items"]) == 52


def test_a_file_that_is_no_text_is_said(project: Path) -> None:
    spec = project / "specs/half.yml"
    spec.write_bytes(b"function: \xff")
    with editor(project, PULLING, **opened(project)) as client:
        (item,) = everything(client)[spec.as_uri()]["items"]
        assert item["code"] == "RF906"
        assert "Save the file as UTF-8." in item["message"]


def test_watchers_are_asked_for_and_a_pulling_client_is_told_to_look(project: Path) -> None:
    able = {
        "workspace": {
            "didChangeWatchedFiles": {"dynamicRegistration": True},
            "diagnostics": {"refreshSupport": True},
        }
    }
    with editor(project, PULLING | able, **opened(project)) as client:
        request, params = client.asked("client/registerCapability")
        client.reply(request, None)
        (registration,) = params["registrations"]
        watched = [each["globPattern"] for each in registration["registerOptions"]["watchers"]]
        assert "**/*.{yml,yaml}" in watched
        client.notify("workspace/didChangeWatchedFiles", outside(project / "specs/half.yml"))
        request, _ = client.asked("workspace/diagnostic/refresh")
        client.reply(request, None)
