"""The architecture page speaks of the tree that is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text("utf-8")
ROOMS = ROOT / "server" / "redfirst"
TOPS = ("server", "tests", "docs", "schemas", "specs", "payments", "benchmarks", "editors")
NAMED = re.compile(rf"`((?:{'|'.join(TOPS)})/[\w./-]*|\w+\.toml)`")


def test_every_path_that_it_names_exists() -> None:
    named = set(NAMED.findall(PAGE))
    assert len(named) > len(TOPS)
    assert {path for path in named if not (ROOT / path).exists()} == set()


def test_every_room_is_on_it() -> None:
    rooms = {path.parent.name for path in ROOMS.glob("*/__init__.py")}
    assert {room for room in rooms if f"| `server/redfirst/{room}/` |" not in PAGE} == set()


def test_every_test_of_an_invariant_is_on_it() -> None:
    tests = {path.name for path in (ROOT / "tests" / "meta").glob("test_*.py")}
    assert {name for name in tests if f"tests/meta/{name}" not in PAGE} == set()
