"""Each file of `marked/` says what an editor shows; `UPDATE_MARKED=1` writes down what it shows.

One file: `pytest tests/lsp/test_marked.py -k NAME`. A feature is added by adding a file.
"""

from __future__ import annotations

import os
import sys
from difflib import unified_diff
from pathlib import Path

import pytest

from tests.lsp.client import editor
from tests.lsp.marked_file import answered, read_marked, write_project

FILES = sorted((Path(__file__).parent / "marked").glob("*.txt"))
UPDATES = bool(os.environ.get("UPDATE_MARKED"))
CAPABILITIES = {
    "textDocument": {
        "diagnostic": {},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "rename": {"prepareSupport": True},
    }
}

OPTIONS = {"python": sys.executable, "verify_on": "command"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_marked(tmp_path: Path, path: Path) -> None:
    written = path.read_text("utf-8")
    marked = read_marked(written)
    assert marked.text == written, "every mark has a kind, and a `:` before what is expected"
    write_project(marked, tmp_path)
    with editor(tmp_path, CAPABILITIES, initializationOptions=OPTIONS) as client:
        today = answered(marked, client, tmp_path).text
    if UPDATES:
        path.write_text(today, encoding="utf-8")
    else:
        told = "expected", "what the server says; UPDATE_MARKED=1 writes it down"
        difference = unified_diff(written.splitlines(), today.splitlines(), *told, lineterm="")
        assert today == written, "\n" + "\n".join(difference)


def test_a_mark_without_its_place_is_a_mistake_of_the_file(tmp_path: Path) -> None:
    marked = read_marked("-- specs/a.yml --\nfunction: f\n#~ hover `module`: x\n")
    write_project(marked, tmp_path)
    with editor(tmp_path, CAPABILITIES) as client, pytest.raises(AssertionError, match="`module`"):
        answered(marked, client, tmp_path)
