"""Quick fixes, in the place where the finding is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.cli.project import SPEC, make_project
from tests.lsp.client import PULLING, editor

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = SPEC.replace("function:", "functoin:").replace("behavior:", "behaviour:")
START = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
VERSIONED = {"workspace": {"workspaceEdit": {"documentChanges": True}}}


def actions(client: Any, uri: str, **context: Any) -> list[dict[str, Any]]:
    context = {"diagnostics": [], **context}
    return client.ask_about("codeAction", uri, range=START, context=context)


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
        assert actions(client, uri) == []


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
