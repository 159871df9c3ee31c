"""A new name, as the editor applies it to its files; then the project is asked whether it holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from tests.cli.project import SPEC, redfirst
from tests.lsp.client import Client, RefusedError, editor
from tests.lsp.project import make_project
from tests.lsp.test_navigation import at, taken

EDITS: dict[str, Any] = {"documentChanges": True}
ABLE: dict[str, Any] = {
    "documentChanges": True,
    "resourceOperations": ["create", "rename", "delete"],
    "changeAnnotationSupport": {},
}


def capable(edits: dict[str, Any]) -> dict[str, Any]:
    rename = {"prepareSupport": True}
    return {
        "textDocument": {"diagnostic": {}, "rename": rename},
        "workspace": {"workspaceEdit": edits},
    }


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """With a generated test module."""
    return make_project(tmp_path / "project")


def applied(folder: Path, edit: dict[str, Any]) -> list[str]:
    """Do what an editor does with the change; say to which files, in order."""
    steps: list[str] = []
    changes: list[Any] | None = edit.get("documentChanges")
    if changes is None:
        changes = [{"textDocument": {"uri": u}, "edits": e} for u, e in edit["changes"].items()]
    for change in changes:
        if change.get("kind") == "rename":
            path_of(change["oldUri"]).rename(path_of(change["newUri"]))
            steps.append(path_of(change["newUri"]).relative_to(folder).as_posix())
        else:
            path = path_of(change["textDocument"]["uri"])
            path.write_text(edited(path.read_text(), change["edits"]))
            steps.append(path.relative_to(folder).as_posix())
    return steps


def path_of(uri: str) -> Path:
    return Path(unquote(urlsplit(uri).path))


def edited(text: str, edits: list[dict[str, Any]]) -> str:
    for edit in sorted(edits, key=lambda each: offset(text, each["range"]["start"]), reverse=True):
        start, end = (offset(text, edit["range"][side]) for side in ("start", "end"))
        text = text[:start] + edit["newText"] + text[end:]
    return text


def offset(text: str, place: dict[str, int]) -> int:
    return sum(len(line) for line in text.splitlines(True)[: place["line"]]) + place["character"]


def renamed(client: Client, uri: str, place: dict[str, int], name: str) -> Any:
    return client.ask_about("rename", uri, position=place, newName=name)


def why_not(client: Client, uri: str, place: dict[str, int], name: str = "x") -> str:
    with pytest.raises(RefusedError) as refused:
        renamed(client, uri, place, name)
    assert refused.value.code == -32803
    return str(refused.value)


def test_a_case_gets_another_id_and_everything_is_current(project: Path) -> None:
    module = (project / "tests/test_half.py").read_text()
    with editor(project, capable(EDITS)) as client:
        spec = client.open(project / "specs/half.yml")
        test = client.open(project / "tests/test_half.py")
        for uri, text, words in (
            (spec, SPEC, "EC-zero"),
            (test, module, "EC-zero:"),
            (test, module, "test_zero"),
        ):
            asked = client.ask_about("prepareRename", uri, position=at(text, words))
            assert asked["placeholder"] == "EC-zero"
            assert taken(text, asked["range"]) == words.rstrip(":")
        edit = renamed(client, test, at(module, "test_zero"), "EC-nothing")
        changes = edit["documentChanges"]
        assert [each["textDocument"]["version"] for each in changes] == [1, 1]
        assert applied(project, edit) == ["specs/half.yml", "tests/test_half.py"]
    assert "    id: EC-nothing\n" in (project / "specs/half.yml").read_text()
    assert "def test_nothing()" in (project / "tests/test_half.py").read_text()
    assert redfirst(project, "check").code == 0


def test_a_function_gets_another_name_in_spec_tests_and_code(project: Path) -> None:
    code = project / "maths.py"
    code.write_text(code.read_text() + "\n\nTWO = half(half(8))\n")
    with editor(project, capable(ABLE)) as client:
        spec = client.open(project / "specs/half.yml")
        asked = client.ask_about("prepareRename", spec, position=at(SPEC, "half(number"))
        assert asked["placeholder"] == "half"
        edit = renamed(client, spec, at(SPEC, "half(number"), "halve")
    ((reason, annotation),) = edit["changeAnnotations"].items()
    assert annotation["needsConfirmation"]
    assert "other modules" in annotation["description"]
    assert {each["annotationId"] for each in edit["documentChanges"][2]["edits"]} == {reason}
    steps = applied(project, edit)
    assert steps == ["specs/half.yml", "tests/test_half.py", "maths.py", "tests/test_halve.py"]
    assert "half(" not in code.read_text()
    assert redfirst(project, "generate", "specs/half.yml", "--dry-run").code == 0
    assert redfirst(project, "check").code == 0


def test_an_editor_without_versions_gets_plain_changes(project: Path) -> None:
    (project / "pyproject.toml").write_text(
        (project / "pyproject.toml").read_text() + 'test_name = "test_{spec}.py"\n'
    )
    with editor(project, capable({})) as client:
        spec = client.open(project / "specs/half.yml")
        edit = renamed(client, spec, at(SPEC, "half\nmodule"), "halve")
        assert applied(project, edit) == ["specs/half.yml", "tests/test_half.py", "maths.py"]
    assert redfirst(project, "check").code == 0


def test_nothing_is_renamed_beside_work_of_a_person(project: Path) -> None:
    tests = project / "tests/test_half.py"
    module = tests.read_text()
    with editor(project, capable(EDITS)) as client:
        spec = client.open(project / "specs/half.yml")
        place = at(SPEC, "EC-zero")
        assert "a case `ER-odd` already" in why_not(client, spec, place, "ER-odd")
        function = at(SPEC, "half\nmodule")
        assert "cannot be told to rename a file" in why_not(client, spec, function, "halve")
        assert "Only a case and the function" in why_not(client, spec, at(SPEC, "behavior"))
        assert client.ask_about("prepareRename", spec, position=at(SPEC, "behavior")) is None
        test = client.open(tests)
        client.change(test, {"text": f"\n{module}"})
        assert "not saved" in why_not(client, spec, place)
        tests.write_text(module.replace("== 0", "== 1"))
        client.change(test, {"text": tests.read_text()})
        assert "edited by hand" in why_not(client, spec, place)
        with pytest.raises(RefusedError, match="edited by hand"):
            client.ask_about("prepareRename", spec, position=place)


def test_code_is_left_to_those_who_know_its_callers(project: Path) -> None:
    with editor(project, capable(ABLE)) as client:
        code = client.open(project / "maths.py")
        assert client.ask_about("prepareRename", code, position={"line": 0, "character": 5}) is None
