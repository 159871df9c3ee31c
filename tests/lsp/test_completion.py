"""Completion as an editor gets it, with snippets and without."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.cli.project import SPEC, make_project
from tests.lsp.client import PULLING, Client, editor

if TYPE_CHECKING:
    from pathlib import Path

SNIPPETS = {
    "textDocument": {"diagnostic": {}, "completion": {"completionItem": {"snippetSupport": True}}}
}


def complete(client: Client, uri: str, text: str) -> dict[str, Any]:
    """The items at the end of `text`, by their labels."""
    client.change(uri, {"text": text})
    end = {"line": text.count("\n"), "character": len(text) - text.rfind("\n") - 1}
    items = client.ask_about("completion", uri, position=end)
    return {item["label"]: item for item in items}


def test_keys_exceptions_and_modules_while_typing(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    with editor(project, SNIPPETS) as client:
        uri = client.open(project / "specs/half.yml")
        keys = complete(client, uri, SPEC + "ty")
        assert list(keys) == ["examples", "types", "imports", "settings", "waive_mutants"]
        edit = keys["types"]["textEdit"]
        line = SPEC.count("\n")
        assert edit["range"] == {
            "start": {"line": line, "character": 0},
            "end": {"line": line, "character": 2},
        }
        assert edit["newText"] == "types:\n  ${1:Entry}:\n    ${2:id}: ${3:str}"
        assert keys["types"]["insertTextFormat"] == 2
        errors = complete(client, uri, SPEC + "  - [broken -> raise Ke")
        assert errors["KeyError"]["textEdit"]["newText"] == 'KeyError("${1:message}")'
        modules = complete(client, uri, "module: ")
        assert list(modules) == ["maths"]


def test_a_client_without_snippets_gets_plain_text(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    with editor(project, PULLING) as client:
        uri = client.open(project / "specs/half.yml")
        item = complete(client, uri, SPEC + "ty")["types"]
        assert item["textEdit"]["newText"] == "types:\n  Entry:\n    id: str"
        assert item["insertTextFormat"] == 1


def test_functions_types_and_calls_of_the_module_as_it_is_open(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    with editor(project, SNIPPETS) as client:
        uri = client.open(project / "specs/half.yml")
        client.open(project / "maths.py", "class Money: ...\n\ndef third(number): ...\ndef fo(")
        functions = complete(client, uri, "module: maths\nfunction: ")
        assert [(item["label"], item["kind"]) for item in functions.values()] == [
            ("third", 3),
            ("fo", 3),
        ]
        types = complete(client, uri, 'module: maths\nfunction: third\nsignature: "third(number: ')
        assert "describe it under" in types["Money"]["documentation"]["value"].lower()
        call = complete(client, uri, f"{SPEC}      - call: ha")["half"]["textEdit"]
        assert call["newText"] == "half(${1:number})"
        assert call["range"]["start"]["character"] == len("      - call: ")
