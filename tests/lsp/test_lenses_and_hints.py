"""What stands above functions and tests and behind cases, before and after verification."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.cli.project import CODE, SPEC
from tests.lsp.client import Client, editor
from tests.lsp.project import make_project
from tests.lsp.test_navigation import at, taken

if TYPE_CHECKING:
    from pathlib import Path

ABLE: dict[str, Any] = {
    "textDocument": {"diagnostic": {}},
    "window": {"showDocument": {"support": True}},
}
EVERYWHERE = {"start": {"line": 0, "character": 0}, "end": {"line": 99, "character": 0}}


def lenses(client: Client, uri: str) -> list[dict[str, Any]]:
    """The lenses of a text as they are once somebody looks at them."""
    unresolved = client.ask_about("codeLens", uri)
    assert all("command" not in lens for lens in unresolved)
    return [client.request("codeLens/resolve", lens) for lens in unresolved]


def titles(client: Client, uri: str) -> list[str]:
    return [lens["command"]["title"] for lens in lenses(client, uri)]


def labels(client: Client, uri: str) -> list[str]:
    return [hint["label"] for hint in client.ask_about("inlayHint", uri, range=EVERYWHERE)]


def verify(client: Client, uri: str, command: str = "redfirst.verify") -> Any:
    params = {"command": command, "arguments": [{"uri": uri}]}
    answer = client.request("workspace/executeCommand", params)
    client.notified("window/showMessage")
    return answer


def test_the_verdicts_appear_once_they_are_known_and_go_with_an_edit(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    weak = (project / "tests/test_half.py").read_text().replace("half(0) == 0", "half(0) != 9")
    (project / "tests/test_half.py").write_text(weak)
    with editor(project, ABLE) as client:
        spec = client.open(project / "specs/half.yml")
        assert titles(client, spec)[0] == "not verified"
        assert labels(client, spec) == []  # the ids are written there
        verify(client, spec)
        summary = lenses(client, spec)[0]
        assert summary["command"]["title"].startswith("2 red, 1 ")
        assert summary["command"]["command"] == "redfirst.verify"
        assert taken(SPEC, summary["range"]) == "half"
        zero, negative, odd = client.ask_about("inlayHint", spec, range=EVERYWHERE)
        assert (negative["label"], odd["label"]) == (
            "EC-negative ✓ red, not run",
            "ER-odd ✓ red, not run",
        )
        assert zero["label"].startswith("EC-zero ✗ ")
        assert "- passed on `sentinel`, `none`" in zero["tooltip"]["value"]
        end = at(SPEC, "zero -> zero")
        assert zero["position"] == {**end, "character": end["character"] + len("zero -> zero")}
        hover = client.ask_about("hover", spec, position=end)
        assert zero["tooltip"]["value"] in hover["contents"]["value"]
        client.change(spec, {"text": SPEC + "  - other -> raise KeyError\n"})
        assert titles(client, spec)[0] == "changed since it was verified · stale"
        assert labels(client, spec) == [
            "EC-zero ? changed",
            "EC-negative ? changed",
            "ER-odd ? changed",
            "ER-other",
        ]
        client.change(spec, {"text": SPEC})
        assert labels(client, spec)[1:] == ["EC-negative ✓ red, not run", "ER-odd ✓ red, not run"]


def test_lenses_offer_what_can_be_done_now(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    module = (project / "tests/test_half.py").read_text()
    with editor(project, ABLE) as client:
        spec = client.open(project / "specs/half.yml")
        offered = {lens["command"]["title"]: lens["command"] for lens in lenses(client, spec)}
        assert {"Verify red", "Open tests", "Open code"} <= set(offered)
        assert "Generate again" not in offered
        assert offered["Verify red"]["arguments"] == [{"uri": spec}]
        client.change(spec, {"text": SPEC.replace("returns: 0", "returns: 1")})
        assert "Generate again" in titles(client, spec)
        test = client.open(project / "tests/test_half.py")
        above = lenses(client, test)
        assert [taken(module, lens["range"]) for lens in above] == [
            "test_zero",
            "test_negative",
            "test_odd",
        ]
        assert above[2]["command"]["title"] == "from specs/half.yml: ER-odd"
        client.change(spec, {"text": SPEC.replace("id: ER-odd", "id: ER-uneven")})
        assert titles(client, test)[2] == "its case is not in the spec any more"
        (project / "tests/test_half.py").unlink()
        client.notify("textDocument/didClose", {"textDocument": {"uri": test}})
        assert titles(client, spec) == ["Generate tests", "Open code"]
        (project / "maths.py").unlink()
        assert titles(client, spec) == ["Generate tests", "Create module"]


def test_a_run_is_told_at_the_case(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    with editor(project, ABLE) as client:
        spec = client.open(project / "specs/half.yml")
        code = client.open(project / "maths.py")
        verify(client, spec, "redfirst.run")
        place = at(SPEC, "odd number ->")
        hover = client.ask_about("hover", spec, position=place)["contents"]["value"]
        assert hover.endswith("On `maths.py`: passed. Lines 2-3 of it ran.")
        client.change(code, {"text": CODE.replace("// 2", "// 3")})
        hover = client.ask_about("hover", spec, position=place)["contents"]["value"]
        assert "On `maths.py`" not in hover


def test_a_click_opens_the_other_file(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    with editor(project, ABLE) as client:
        spec = client.open(project / "specs/half.yml")
        (opening,) = [e for e in lenses(client, spec) if e["command"]["title"] == "Open code"]
        params = {key: opening["command"][key] for key in ("command", "arguments")}
        asked = client.ask("workspace/executeCommand", params)
        question, shown = client.asked("window/showDocument")
        assert shown["uri"] == (project / "maths.py").as_uri()
        assert shown["selection"]["start"] == {"line": 0, "character": 4}
        client.reply(question, {"success": True})
        assert client.answer(asked) is True


def test_nothing_to_click_where_the_editor_cannot_or_the_person_does_not_trust(
    tmp_path: Path,
) -> None:
    project = make_project(tmp_path / "project")
    untrusting = {"initializationOptions": {"trusted": False}}
    with editor(project, {"textDocument": {"diagnostic": {}}}, **untrusting) as client:
        spec = client.open(project / "specs/half.yml")
        (only,) = lenses(client, spec)
        assert only["command"] == {
            "title": "not verified",
            "command": "",
            "arguments": [{"uri": spec}],
        }


def test_both_can_be_switched_off(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    off = {"initializationOptions": {"code_lens": False, "inlay_hints": False}}
    with editor(project, ABLE, **off) as client:
        spec = client.open(project / "specs/half.yml")
        assert client.ask_about("codeLens", spec) is None
        assert client.ask_about("inlayHint", spec, range=EVERYWHERE) is None


def test_the_spec_is_looked_at_again_when_its_test_changes(tmp_path: Path) -> None:
    """A client that shows both asks again for the one that was typed into only."""
    project = make_project(tmp_path / "project")
    module = (project / "tests/test_half.py").read_text()
    refreshing = {
        "workspace": {
            "codeLens": {"refreshSupport": True},
            "inlayHint": {"refreshSupport": True},
        }
    }

    def refreshed(client: Client) -> None:
        for feature in ("codeLens", "inlayHint"):
            question, _ = client.asked(f"workspace/{feature}/refresh")
            client.reply(question, None)

    with editor(project, ABLE | refreshing) as client:
        spec = client.open(project / "specs/half.yml")
        test = client.open(project / "tests/test_half.py")
        verify(client, spec)
        refreshed(client)
        assert labels(client, spec)[0] == "EC-zero ✓ red, not run"
        client.change(test, {"text": module.replace("== 0", "== 9")})
        refreshed(client)
        assert labels(client, spec)[0] == "EC-zero ? changed"
        client.change(test, {"text": module.replace("== 0", "== 8")})
        client.notify("textDocument/didClose", {"textDocument": {"uri": test}})
        refreshed(client)
        assert labels(client, spec)[0] == "EC-zero ✓ red, not run"
