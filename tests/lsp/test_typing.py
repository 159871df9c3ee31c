"""However somebody types, the server's text is the client's, in each encoding."""

from __future__ import annotations

import hashlib
from itertools import islice
from typing import TYPE_CHECKING

import pytest

from benchmarks.fuzz_typing import WIDTHS, main, position, typing
from tests.cli.project import SPEC
from tests.lsp.client import PULLING, editor

if TYPE_CHECKING:
    from pathlib import Path

NOTIFICATIONS = 300
START = SPEC[:300]


@pytest.mark.parametrize("encoding", WIDTHS)
def test_the_text_stays_the_clients(tmp_path: Path, encoding: str) -> None:
    """The server names its text by its hash; a file that is no spec is not read beyond that."""
    capabilities = PULLING | {"general": {"positionEncodings": [encoding]}}
    with editor(tmp_path, capabilities) as client:
        uri = client.open(tmp_path / "notes.yml", START)
        for typed in islice(typing(START, encoding, 1), NOTIFICATIONS):
            client.change(uri, *typed.changes)
            said = client.ask_about("diagnostic", uri)["resultId"]
            digest = hashlib.sha256(typed.text.encode()).hexdigest()[:16]
            assert said == f"other-{digest}-", typed.changes


def test_the_model_counts_as_the_protocol_says() -> None:
    text = "a\r\n\u2028é😀b\rc"
    assert position(text, 7, "utf-8") == {"line": 1, "character": 10}
    assert position(text, 7, "utf-16") == {"line": 1, "character": 5}
    assert position(text, 7, "utf-32") == {"line": 1, "character": 4}
    assert position(text, len(text), "utf-8") == {"line": 2, "character": 1}


def test_the_command_says_what_it_did(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--edits", "20", "--seed", "3"]) == 0
    assert capsys.readouterr().out.count("20 edits") == len(WIDTHS)
