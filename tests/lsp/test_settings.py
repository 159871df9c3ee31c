"""What the person sets in the editor, and in pyproject.toml, holds at once."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from redfirst.lsp.state.settings import Settings, read_settings
from tests.cli.project import SPEC, make_project
from tests.lsp.client import PULLING, editor
from tests.lsp.folders import CONFIGURED, codes, configure, opened, until_shown

BROKEN = "example: []\n" + SPEC.replace("half(number: int)", "half(number: Even)")
BEYOND = ["RF124"]
ALL = ["RF102", *BEYOND]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path / "project")


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ({"trusted": "no"}, '`redfirst.trusted` must be `true` or `false`, not `"no"`.'),
        (
            {"verify_on": "type"},
            '.verify_on` must be `"save"` or `"command"`, not `"type"`. It stays `"save"`.',
        ),
        (
            {"log_level": 3},
            'must be `"error"`, `"warning"`, `"info"` or `"debug"`, not `3`. It stays `"warning"`.',
        ),
        ({"python": ""}, 'must be a text with something in it, not `""`. It stays unset.'),
        ({"base_url": "nowhere"}, 'must be an address like `"https://models.example"`, not'),
        ({"budget": 0}, "must be a whole number from 1 on, not `0`. It stays unset."),
        ({"model_timeout": 0}, "must be a number of seconds above 0, not `0`."),
        ({"inlayHints": False}, "Did you mean `redfirst.inlay_hints`?"),
        ([1], "The settings of redfirst must be an object, not a list."),
    ],
)
def test_what_cannot_be_used_is_named_and_the_default_stands(told: object, problem: str) -> None:
    settings, (said,) = read_settings(Settings(), told)
    assert settings == Settings()
    assert problem in said


def test_what_the_client_keeps_for_itself_is_not_spoken_of() -> None:
    told = {"server": {"path": "/x"}, "trusted": None, "code_lens": False}
    assert read_settings(Settings(), told) == (Settings(code_lens=False), ())


def test_a_bad_setting_is_logged_once_and_never_pops_up(project: Path) -> None:
    bad = {"redfirst": {"verify_on": "type"}}
    with editor(project) as client:
        for _ in range(2):
            client.notify("workspace/didChangeConfiguration", {"settings": bad})
        message = client.notified("window/logMessage")
        assert message["type"] == 2
        assert message["message"].startswith("The setting `redfirst.verify_on` must be")


@pytest.mark.parametrize("pushed", [{"redfirst": {"yaml_server": True}}, {"yaml_server": True}])
def test_beside_a_yaml_server_shape_is_left_to_it(project: Path, pushed: dict[str, Any]) -> None:
    with editor(project) as client:
        uri = client.open(project / "specs/half.yml", BROKEN)
        assert codes(client.published(uri, 1)) == ALL
        client.notify("workspace/didChangeConfiguration", {"settings": pushed})
        assert codes(client.published(uri, 1)) == BEYOND
        client.notify("workspace/didChangeConfiguration", {"settings": {"redfirst": {}}})
        assert codes(client.published(uri, 1)) == ALL


@pytest.mark.parametrize("present", [True, False])
def test_beside_a_yaml_server_keys_are_left_to_it(project: Path, *, present: bool) -> None:
    half_typed = SPEC.replace("errors:", "err")
    position = {"line": half_typed.splitlines().index("err"), "character": 3}
    with editor(project, PULLING, initializationOptions={"yaml_server": present}) as client:
        uri = client.open(project / "specs/half.yml", half_typed)
        items = client.ask_about("completion", uri, position=position)
        assert ("errors" in [each["label"] for each in items]) is not present


def test_a_fix_is_there_for_what_the_yaml_server_says(project: Path) -> None:
    with editor(project, PULLING, initializationOptions={"yaml_server": True}) as client:
        uri = client.open(project / "specs/half.yml", BROKEN)
        first = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 7}}
        context = {"diagnostics": [], "only": ["quickfix"]}
        (fix,) = client.ask_about("codeAction", uri, range=first, context=context)
        assert fix["title"] == "Write `examples`"
        assert codes(client.ask_about("diagnostic", uri)["items"]) == BEYOND


def test_settings_are_asked_for_of_the_workspace_and_each_folder(tmp_path: Path) -> None:
    one, two = (make_project(tmp_path / name) for name in ("one", "two"))
    with editor(tmp_path, CONFIGURED, **opened(one, two)) as client:
        first, second = (each / "specs/half.yml" for each in (one, two))
        client.open(first, BROKEN)
        client.open(second, BROKEN)
        until_shown(client, {first: ALL, second: ALL})
        scopes = configure(client, {}, {}, {"yaml_server": True})
        assert scopes == [None, one.as_uri(), two.as_uri()]
        until_shown(client, {first: ALL, second: BEYOND})
        client.notify("workspace/didChangeConfiguration", {"settings": None})
        configure(client, {"yaml_server": True}, {}, {})
        until_shown(client, {first: BEYOND, second: BEYOND})


def test_news_of_settings_is_asked_for(project: Path) -> None:
    able = {"workspace": {"didChangeConfiguration": {"dynamicRegistration": True}}}
    with editor(project, able) as client:
        request, params = client.asked("client/registerCapability")
        client.reply(request, None)
        (registration,) = params["registrations"]
        assert registration["method"] == "workspace/didChangeConfiguration"
        assert registration["registerOptions"] == {"section": "redfirst"}


def test_problems_of_pyproject_are_shown_in_it_and_can_be_fixed(project: Path) -> None:
    text = '[tool.redfirst]\ntest = "checks"\nthreshold = 950\n'
    with editor(project) as client:
        uri = client.open(project / "pyproject.toml", text)
        first, second = client.published(uri, 1)
        assert (first["code"], second["code"]) == ("RF904", "RF904")
        assert first["message"].endswith("Did you mean `tests`?")
        assert second["range"]["start"] == {"line": 2, "character": 0}
        context = {"diagnostics": [first], "only": ["quickfix"]}
        (fix,) = client.ask_about("codeAction", uri, range=first["range"], context=context)
        assert fix["title"] == "Change to `tests`"
        client.change(uri, {"text": "[tool.other]\nx = = 1\n"})
        assert client.published(uri, 2) == []


def test_pyproject_changed_outside_the_editor_takes_effect(project: Path) -> None:
    settings = project / "pyproject.toml"
    changed = {"changes": [{"uri": settings.as_uri(), "type": 2}]}
    with editor(project) as client:
        uri = client.open(project / "specs/half.yml", BROKEN)
        assert client.published(uri, 1)
        settings.write_text('[tool.redfirst]\nspecs = ["contracts"]\n')
        client.notify("workspace/didChangeWatchedFiles", changed)
        assert client.published(uri) == []
        settings.write_text("[tool.redfirst]\n")
        client.notify("workspace/didChangeWatchedFiles", changed)
        assert codes(client.published(uri, 1)) == ALL


def test_requests_are_traced_when_the_client_asks_for_it(project: Path) -> None:
    with editor(project, PULLING, trace="messages") as client:
        uri = client.open(project / "specs/half.yml")
        client.ask_about("diagnostic", uri)
        trace = client.notified("$/logTrace")
        assert trace["message"].startswith("textDocument/diagnostic answered after ")
        assert "verbose" not in trace
        client.notify("$/setTrace", {"value": "verbose"})
        client.ask_about("diagnostic", uri)
        assert uri in client.notified("$/logTrace")["verbose"]
        client.notify("$/setTrace", {"value": "off"})
        client.ask_about("diagnostic", uri)


def test_the_log_says_as_much_as_is_asked_for(project: Path) -> None:
    with editor(project, PULLING, initializationOptions={"log_level": "info"}) as client:
        for trusted in (False, True):
            told = {"settings": {"redfirst": {"trusted": trusted}}}
            client.notify("workspace/didChangeConfiguration", told)
            message = client.notified("window/logMessage")
            assert message["type"] == 3
            assert f"trusted={trusted}" in message["message"]
        quiet = {"settings": {"redfirst": {"log_level": "error", "trusted": 7}}}
        client.notify("workspace/didChangeConfiguration", quiet)
        client.ask_about("diagnostic", client.open(project / "specs/half.yml"))


def test_every_setting_is_documented_with_its_default() -> None:
    page = Path("docs/lsp.md").read_text("utf-8")
    table = page.partition("\n## Settings\n")[2].partition("\n\nThe server")[0]
    rows = [[cell.strip(" `") for cell in row.split("|")[1:3]] for row in table.splitlines()[3:]]
    defaults = {name: json.dumps(value) for name, value in asdict(Settings()).items()}
    unset = [name for name, default in defaults.items() if default == "null"]
    assert dict(rows) == {**defaults, **dict.fromkeys(unset, "unset")}
