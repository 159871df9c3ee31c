"""Quick fixes, in the place where the finding is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli import project as untested
from tests.cli.project import SPEC
from tests.lsp.client import PULLING, RefusedError, editor
from tests.lsp.commands import do, shown
from tests.lsp.project import make_project

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = SPEC.replace("function:", "functoin:").replace("behavior:", "behaviour:")
START = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
RESOLVING = {
    "textDocument": {
        "diagnostic": {},
        "codeAction": {"dataSupport": True, "resolveSupport": {"properties": ["edit"]}},
    }
}
CONTENT_MODIFIED = -32801
VERSIONED = {"workspace": {"workspaceEdit": {"documentChanges": True}}}


def actions(client: Any, uri: str, place: Any = START, **context: Any) -> list[dict[str, Any]]:
    context = {"diagnostics": [], **context}
    return client.ask_about("codeAction", uri, range=place, context=context)


def titles(offered: list[dict[str, Any]]) -> list[str]:
    return [each["title"] for each in offered]


def on_line(text: str, part: str) -> dict[str, Any]:
    line = next(at for at, each in enumerate(text.splitlines()) if part in each)
    place = {"line": line, "character": text.splitlines()[line].index(part)}
    return {"start": place, "end": place}


def test_the_fix_of_a_finding_and_all_fixes(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    with editor(project, PULLING) as client:
        uri = client.open(project / "specs/half.yml", BROKEN)
        one, every = actions(client, uri)
        (diagnostic,) = one["diagnostics"]
        assert (one["title"], one["kind"]) == ("Write `function`", "quickfix")
        assert diagnostic in client.ask_about("diagnostic", uri)["items"]
        (edit,) = one["edit"]["changes"][uri]
        assert edit["newText"] == "function"
        assert every["kind"] == "source.fixAll.redfirst"
        assert [each["newText"] for each in every["edit"]["changes"][uri]] == [
            "function",
            "behavior",
        ]
        for edit in reversed(every["edit"]["changes"][uri]):
            client.change(uri, {"range": edit["range"], "text": edit["newText"]})
        assert client.ask_about("diagnostic", uri)["items"] == []
        assert titles(actions(client, uri)) == ["Verify red"]


def test_only_the_kinds_that_are_asked_for(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    with editor(project, PULLING | VERSIONED) as client:
        uri = client.open(project / "specs/half.yml", BROKEN)
        (fix,) = actions(client, uri, only=["quickfix"])
        (change,) = fix["edit"]["documentChanges"]
        assert change["textDocument"] == {"uri": uri, "version": 1}
        (every,) = actions(client, uri, only=["source"])
        assert every["kind"] == "source.fixAll.redfirst"
        assert actions(client, uri, only=["refactor", "source.organizeImports"]) == []


def test_what_can_be_done_with_a_spec_depends_on_its_tests(tmp_path: Path) -> None:
    project = untested.make_project(tmp_path / "project")
    head = on_line(SPEC, "half")
    with editor(project, PULLING) as client:
        uri = client.open(project / "specs/half.yml")
        (generate,) = actions(client, uri, head)
        assert (generate["title"], generate["kind"]) == ("Generate failing test", "quickfix")
        assert generate["diagnostics"] == client.ask_about("diagnostic", uri)["items"]
        assert generate["command"]["command"] == "redfirst.generate"
        client.request("workspace/executeCommand", generate["command"] | {"title": ""})
        shown(client)
        assert titles(actions(client, uri, head)) == ["Verify red"]
        (project / "maths.py").unlink()
        changed = SPEC.replace("negative half", "half, negative")
        client.change(uri, {"text": changed})
        offered = actions(client, uri, head)
        assert titles(offered) == ["Regenerate test", "Verify red", "Create module skeleton"]
        tests = client.open(project / "tests/test_half.py")
        assert titles(actions(client, tests)) == ["Regenerate test", "Verify red"]


def test_a_case_gets_an_example_to_fill_in(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    spec = SPEC + '  - too large -> raise OverflowError("too large")  # for now\n'
    with editor(project, PULLING) as client:
        uri = client.open(project / "specs/half.yml", spec)
        place = on_line(spec, "too large")
        (give,) = actions(client, uri, place, only=["refactor"])
        assert give["title"] == "Give this case an example"
        for edit in reversed(give["edit"]["changes"][uri]):
            client.change(uri, {"range": edit["range"], "text": edit["newText"]})
        asked = client.ask_about("diagnostic", uri)["items"]
        assert [each["code"] for each in asked] == ["RF141"]
        assert actions(client, uri, place, only=["refactor"]) == []


def test_a_weak_test_can_be_waived_with_a_reason(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    tests = project / "tests/test_half.py"
    tests.write_text(tests.read_text().replace("half(-4) == -2", "half(-4) != 7"))
    with editor(project, PULLING) as client:
        uri = client.open(project / "specs/half.yml")
        do(client, "verify", uri)
        shown(client)
        place = on_line(SPEC, "negative number")
        (waive,) = actions(client, uri, place, only=["quickfix"])
        assert waive["title"] == "Waive `weak` with a reason"
        (finding,) = waive["diagnostics"]
        assert finding["code"] == "RF302"
        for edit in waive["edit"]["changes"][uri]:
            client.change(uri, {"range": edit["range"], "text": edit["newText"]})
        asked, _drift = client.ask_about("diagnostic", uri)["items"]
        assert "A waiver needs a reason" in asked["message"]


def test_fixing_everything_is_computed_when_it_is_chosen(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    with editor(project, RESOLVING) as client:
        uri = client.open(project / "specs/half.yml", BROKEN)
        (every,) = actions(client, uri, only=["source.fixAll"])
        assert "edit" not in every
        client.change(uri, {"range": START, "text": "# one line more\n"})
        with pytest.raises(RefusedError) as refused:
            client.request("codeAction/resolve", every)
        assert refused.value.code == CONTENT_MODIFIED
        (every,) = actions(client, uri, only=["source.fixAll"])
        resolved = client.request("codeAction/resolve", every)
        edits = resolved["edit"]["changes"][uri]
        assert [(each["range"]["start"]["line"], each["newText"]) for each in edits] == [
            (1, "function"),
            (4, "behavior"),
        ]
        assert resolved | {"edit": None} == every | {"edit": None}
        fix, _ = actions(client, uri, on_line("# one\n" + BROKEN, "functoin"))
        assert client.request("codeAction/resolve", fix) == fix
