"""A save runs what it may have changed; the file itself tells what no test reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.project import CODE
from tests.lsp.client import Client, editor
from tests.lsp.project import make_project

if TYPE_CHECKING:
    from pathlib import Path

DRAWING: dict[str, Any] = {
    "textDocument": {"diagnostic": {}},
    "experimental": {"redfirst": {"coverage": True}},
}
WITH_A_GAP = f"""\
{CODE}

def twice(number: int) -> int:
    return 2 * number
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path)


def save(client: Client, uri: str) -> None:
    client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})


def drawn(client: Client, uri: str) -> dict[str, Any]:
    """What is told next of a file."""
    told = client.notified("redfirst/coverage")
    assert told["uri"] == uri
    return told


def lines(ranges: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """The lines from 1 that ranges cover, both ends included."""
    return [(each["start"]["line"] + 1, each["end"]["line"] + 1) for each in ranges]


def test_saving_the_implementation_tells_what_no_test_reaches(project: Path) -> None:
    code = project / "maths.py"
    code.write_text(WITH_A_GAP)
    with editor(project, DRAWING) as client:
        uri = client.open(code)
        save(client, uri)
        told = drawn(client, uri)
        assert lines(told["uncovered"]) == [(8, 8)]
        assert lines(told["covered"]) == [(1, 4), (7, 7)]
        (gap,) = told["gaps"]
        assert gap["text"] == "`def twice` (lines 7-8) never runs"
        assert (told["version"], told["stale"]) == (1, False)
        assert told["lines"] == {"reached": 5, "total": 6}
        assert told["gate"] == {"threshold": 95, "holds": False}
