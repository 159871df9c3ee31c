"""From what no test reaches back to the spec: a case that says when it is come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from redfirst.spec.document import read_spec
from tests.cli.project import SPEC
from tests.lsp.client import Client, editor
from tests.lsp.commands import do, shown
from tests.lsp.project import make_project

if TYPE_CHECKING:
    from pathlib import Path

CODE = """\
def half(number: int) -> int:
    if number % 2:
        raise ValueError("odd number")
    if number > 100:
        return _of_much(number)
    if number == -2:
        raise OverflowError("it's too little")
    return number // 2


def _of_much(number: int) -> int:
    return number // 2
"""
SNIPPETS: dict[str, Any] = {
    "textDocument": {"diagnostic": {}},
    "window": {"showDocument": {"support": True}},
    "workspace": {"workspaceEdit": {"documentChanges": True, "snippetEditSupport": True}},
}
QUICK_FIXES: dict[str, Any] = {"diagnostics": [], "only": ["quickfix"]}
PLAINLY: dict[str, Any] = {"textDocument": {"diagnostic": {}}}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    make_project(tmp_path)
    (tmp_path / "maths.py").write_text(CODE)
    return tmp_path


def run(client: Client, spec: str) -> None:
    do(client, "run", spec)
    assert "green" in shown(client)


def added(client: Client, uri: str, line: int, **context: Any) -> dict[str, Any]:
    """The action at a line that counts from 1."""
    place = {"line": line - 1, "character": 4}
    context = {**QUICK_FIXES, **context}
    asked = {"start": place, "end": place}
    (action,) = client.ask_about("codeAction", uri, range=asked, context=context)
    assert (action["title"], action["kind"]) == ("Add a case for this gap", "quickfix")
    return action


def applied(text: str, edit: dict[str, Any]) -> str:
    """The text with one edit that puts something at the beginning of a line."""
    start = edit["range"]["start"]
    assert edit["range"] == {"start": start, "end": start}
    assert start["character"] == 0
    lines = text.splitlines(keepends=True)
    return "".join([*lines[: start["line"]], edit["newText"], *lines[start["line"] :]])


def test_a_gap_becomes_a_case_with_the_cursor_where_its_outcome_belongs(project: Path) -> None:
    with editor(project, SNIPPETS) as client:
        spec = (project / "specs/half.yml").as_uri()
        run(client, spec)
        uri = client.open(project / "maths.py")
        action = added(client, uri, 5)
        (change,) = action["edit"]["documentChanges"]
        assert change["textDocument"] == {"uri": spec, "version": None}
        (edit,) = change["edits"]
        said = "  - when `number > 100` -> ${1:outcome}\n"
        assert edit["snippet"] == {"kind": "snippet", "value": said}
        (line,) = {place["line"] for place in edit["range"].values()}
        # The edit is in another file: the person is led to the blank there.
        (argument,) = action["command"]["arguments"]
        start = {"line": line, "character": said.index("$")}
        end = {"line": line, "character": said.index("$") + len("outcome")}
        assert argument == {"uri": spec, "range": {"start": start, "end": end}}
        assert added(client, uri, 11)["edit"]["documentChanges"][0]["edits"][0]["snippet"][
            "value"
        ] == ("  - when `_of_much` is called -> ${1:outcome}\n")


def test_an_error_goes_to_the_errors_of_the_spec_as_it_stands_in_the_editor(project: Path) -> None:
    with editor(project, PLAINLY) as client:
        uri = client.open(project / "maths.py")
        spec = client.open(project / "specs/half.yml")
        run(client, spec)
        unsaved = SPEC.replace("function: half", "# not saved\nfunction: half")
        client.change(spec, {"text": unsaved})
        found = client.ask_about("diagnostic", uri)["items"]
        (gap,) = [each for each in found if each["range"]["start"]["line"] == 6]
        action = added(client, uri, 7, diagnostics=[gap])
        assert action["diagnostics"] == [gap]
        (edit,) = action["edit"]["changes"][spec]
        document = read_spec(applied(unsaved, edit))
        assert document.spec is not None
        assert document.cases[-1].text.value == (
            'when `number == -2` -> raise OverflowError("it\'s too little")'
        )
        assert document.cases[:-1] != ()


def test_what_tests_reach_and_a_case_that_is_there_offer_nothing(project: Path) -> None:
    with editor(project, PLAINLY) as client:
        spec = client.open(project / "specs/half.yml")
        run(client, spec)
        uri = client.open(project / "maths.py")
        reached = {"line": 2, "character": 0}
        asked: dict[str, Any] = {
            "range": {"start": reached, "end": reached},
            "context": QUICK_FIXES,
        }
        assert client.ask_about("codeAction", uri, **asked) is None
        client.change(
            spec,
            {
                "text": f"{SPEC}\n".replace(
                    "edge_cases:", "edge_cases:\n  - when `number > 100` -> x"
                )
            },
        )
        there = {"line": 4, "character": 0}
        asked["range"] = {"start": there, "end": there}
        assert client.ask_about("codeAction", uri, **asked) is None
