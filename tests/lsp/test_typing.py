"""However somebody types, the server's text is the client's, in each encoding."""

from __future__ import annotations

import hashlib
import random
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.project import SPEC
from tests.lsp.client import PULLING, editor

if TYPE_CHECKING:
    from pathlib import Path

EDITS = 500
START = SPEC[:300]
WIDTHS = {"utf-8": 1, "utf-16": 2, "utf-32": 4}
CODECS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
PIECES = [
    "a", "é", "€", "😀", " ", ": ", "- ", '"', "#", "{", "\n", "\r\n", "\r", "\u2028", "\u0085",
    "\x0c", "\x1c", "\n  - case: x -> y\n", "edge_cases:\n", "",
]  # fmt: skip


def position(text: str, offset: int, encoding: str) -> dict[str, int]:
    """As the client counts; written from the protocol's text, not from our code."""
    lines = re.split(r"\r\n|\n|\r", text[:offset])
    column = len(lines[-1].encode(CODECS[encoding])) // WIDTHS[encoding]
    return {"line": len(lines) - 1, "character": column}


def places(text: str) -> list[int]:
    """Where an editor's cursor can stand: not inside of CRLF."""
    return [at for at in range(len(text) + 1) if text[at - 1 : at + 1] != "\r\n" or at == 0]


def random_edit(chance: random.Random, text: str, encoding: str) -> tuple[dict[str, Any], str]:
    possible = places(text)
    start = chance.choice(possible)
    end = chance.choice([at for at in possible if start <= at <= start + chance.choice([0, 1, 9])])
    new = "".join(chance.choices(PIECES, k=chance.choice([1, 1, 3])))
    place = {"start": position(text, start, encoding), "end": position(text, end, encoding)}
    if chance.random() < 0.1 and text[end : end + 1] in {"", "\r", "\n"}:
        place["end"]["character"] += chance.randrange(1, 99)
    return {"range": place, "text": new}, text[:start] + new + text[end:]


@pytest.mark.parametrize("encoding", WIDTHS)
def test_the_text_stays_the_clients(tmp_path: Path, encoding: str) -> None:
    """The server names its text by its hash; a file that is no spec is not read beyond that."""
    chance = random.Random(encoding)
    capabilities = PULLING | {"general": {"positionEncodings": [encoding]}}
    with editor(tmp_path, capabilities) as client:
        text = START
        uri = client.open(tmp_path / "notes.yml", text)
        for _ in range(EDITS):
            changes: list[dict[str, Any]] = []
            for _ in range(chance.choice([1, 1, 4])):
                change, text = random_edit(chance, text, encoding)
                changes.append(change)
            client.change(uri, *changes)
            said = client.ask_about("diagnostic", uri)["resultId"]
            assert said == f"other-{hashlib.sha256(text.encode()).hexdigest()[:16]}", changes
