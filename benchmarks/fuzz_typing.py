"""Random typing: after each edit, the server's text must be the editor's.

    python -m benchmarks.fuzz_typing --edits 100000 --seed 1

What an edit does to a text is computed here from the protocol's words, not with our code. The
server names the text that it holds by its hash.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.language_server.peer import spawned
from benchmarks.language_server.servers import ours
from benchmarks.language_server.texts import spec_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.language_server.peer import Peer

WIDTHS: Final = {"utf-8": 1, "utf-16": 2, "utf-32": 4}
_CODECS: Final = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
_LINE_BREAK: Final = re.compile(r"\r\n|\n|\r")
PIECES: Final = (
    "a", "é", "€", "😀", "👩‍💻", " ", ": ", "- ", '"', "#", "{", "\n", "\r\n", "\r", "\u2028",
    "\u2029", "\u0085", "\v", "\x0c", "\x1c", "\x1d", "\x1e", "\ufeff", "\n  - case: x -> y\n",
    "edge_cases:\n", "",
)  # fmt: skip
_LONGEST: Final = 2_000
_AT_MOST: Final = 4  # edits in one notification
_PAST_THE_END: Final = 0.1  # of the edits name a column behind the end of their line


@dataclass(frozen=True)
class Typed:
    """One notification's changes, and the text after them."""

    changes: list[dict[str, Any]]
    text: str


def typing(start: str, encoding: str, seed: int) -> Iterator[Typed]:
    """Random edits without end; a text that has grown too long is replaced as a whole."""
    chance = random.Random(f"{encoding} {seed}")
    text = start
    while True:
        changes: list[dict[str, Any]] = []
        if len(text) > _LONGEST:
            text = start
            changes.append({"text": text})
        for _ in range(chance.choice([1, 1, 1, _AT_MOST])):
            change, text = _edit(chance, text, encoding)
            changes.append(change)
        yield Typed(changes, text)


def position(text: str, offset: int, encoding: str) -> dict[str, int]:
    """The place as a client counts it."""
    breaks = list(_LINE_BREAK.finditer(text, 0, offset))
    # A CR whose LF is still to come ends a line all the same for who stands between them.
    line = text[breaks[-1].end() : offset] if breaks else text[:offset]
    return {
        "line": len(breaks),
        "character": len(line.encode(_CODECS[encoding])) // WIDTHS[encoding],
    }


def _edit(chance: random.Random, text: str, encoding: str) -> tuple[dict[str, Any], str]:
    start = _cursor(text, chance.randrange(len(text) + 1))
    end = _cursor(text, min(start + chance.choice([0, 0, 1, 9]), len(text)))
    new = "".join(chance.choices(PIECES, k=chance.choice([1, 1, 3])))
    place = {"start": position(text, start, encoding), "end": position(text, end, encoding)}
    if chance.random() < _PAST_THE_END and text[end : end + 1] in {"", "\r", "\n"}:
        place["end"]["character"] += chance.randrange(1, 99)
    return {"range": place, "text": new}, text[:start] + new + text[end:]


def _cursor(text: str, offset: int) -> int:
    """No editor's cursor stands inside of CRLF."""
    return offset + 1 if text[max(offset - 1, 0) : offset + 1] == "\r\n" else offset


def main(arguments: list[str]) -> int:
    """Run the command; 1 at the first difference, or when the server logged anything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=10_000, help="in each encoding")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="redfirst-typing-") as made:
        for encoding in WIDTHS:
            begin = time.perf_counter()
            fault = _type(Path(made), encoding, options.edits, options.seed)
            if fault is not None:
                print(fault)
                return 1
            seconds = time.perf_counter() - begin
            print(f"{encoding}: {options.edits} edits in {seconds:.0f} s, no difference, no log")
    return 0


def _type(folder: Path, encoding: str, edits: int, seed: int) -> str | None:
    log = folder / f"{encoding}.log"
    with log.open("wb") as stream, spawned(ours(), folder, stream) as peer:
        asked: dict[str, Any] = {
            "general": {"positionEncodings": [encoding]},
            "textDocument": {"diagnostic": {}},
        }
        hello: dict[str, Any] = {"processId": None, "rootUri": None, "capabilities": asked}
        peer.request("initialize", hello)
        peer.notify("initialized", {})
        fault = _type_into(peer, folder / "notes.yml", encoding, edits, seed)
        peer.request("shutdown", None)
    return fault or log.read_text("utf-8") or None


def _type_into(peer: Peer, path: Path, encoding: str, edits: int, seed: int) -> str | None:
    start = spec_of(20)
    uri = peer.open(path, start)
    before = start
    done = 0
    for version, typed in enumerate(typing(start, encoding, seed), 2):
        document = {"uri": uri, "version": version}
        change = {"textDocument": document, "contentChanges": typed.changes}
        peer.notify("textDocument/didChange", change)
        named = peer.request("textDocument/diagnostic", {"textDocument": {"uri": uri}}).message
        if _hash(typed.text) not in named["result"]["resultId"]:
            return f"another text after {typed.changes}\nin {before!r}"
        before = typed.text
        done += len(typed.changes)
        if done >= edits:
            break
    return None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
