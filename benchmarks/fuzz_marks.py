"""Random typing, saving and running: no mark may ever stand on a line that it is not about.

    python -m benchmarks.fuzz_marks --steps 1000 --seed 1

Each line of the implementation says at its end what tests reach of it: `# covered`, `# partial` or
`# uncovered`. So whatever the server draws, of whichever version, can be compared with that text:
lines that were typed since may have no mark, but none may have another one than it says; once a run
is of the text as it stands, every line has its mark.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from benchmarks.language_server.peer import SilentError, spawned
from benchmarks.language_server.servers import ours
from benchmarks.speed.sample import tests_of
from redfirst.lsp.state.verdicts import text_hash

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.language_server.peer import Peer

_SPEC: Final = """\
function: walk
module: steps
signature: "walk(number: int) -> int"
behavior: Always one.
edge_cases:
  - {case: any number -> one, examples: [{call: walk(7), returns: 1}]}
"""
_HEAD: Final = "def walk(number: int) -> int:  # covered\n    total = 0  # covered\n"
_FOOT: Final = "    return 1  # covered\n"
_BLOCKS: Final = (
    "    total += 1  # covered\n",
    "    total += max(  # covered\n        1,  # covered\n        number)  # covered\n",
    "    if number > 99:  # partial\n        total += 1  # uncovered\n",
    "    if total > 99:  # partial\n        total += 1  # uncovered\n        pass  # uncovered\n",
    "    while total > 99:  # partial\n        total -= 1  # uncovered\n",
    "    # é 🎉\n",
    "\n",
)
_BROKEN: Final = "    total = = 1\n"
_KINDS: Final = ("covered", "partial", "uncovered")
_LONGEST: Final = 40  # blocks
_COVERAGE: Final = "redfirst/coverage"
_PATIENCE: Final = 300.0  # seconds, on a machine that has more to do than to run tests


@dataclass
class Desk:
    """The text as the person sees it, all that it ever was, and what was drawn last."""

    peer: Peer
    path: Path
    chance: random.Random
    blocks: list[str] = field(default_factory=list[str])
    texts: dict[int, str] = field(default_factory=dict[int, str])
    version: int = 1
    saved: str = ""
    drawn: dict[str, Any] | None = None

    @property
    def text(self) -> str:
        """The newest version."""
        return self.texts[self.version]

    def become(self, blocks: list[str]) -> None:
        """Type until the text has these blocks."""
        self.blocks = blocks
        before, after = self.text, _HEAD + "".join(blocks) + _FOOT
        change = {"text": after} if self.chance.random() < 0.2 else _change(before, after)
        self.version += 1
        self.texts[self.version] = after
        document = {"uri": self.path.as_uri(), "version": self.version}
        params = {"textDocument": document, "contentChanges": [change]}
        self.peer.notify("textDocument/didChange", params)

    def fault(self, note: dict[str, Any]) -> str | None:
        """What is wrong with what is drawn, in words."""
        drawn = {line: kind for kind in _KINDS for each in note[kind] for line in _lines(each)}
        said = _said(self.texts[note["version"]])
        wrong = {line: kind for line, kind in drawn.items() if said.get(line) != kind}
        lost = {} if note["stale"] else {at: kind for at, kind in said.items() if at not in drawn}
        if not wrong and not lost:
            return None
        return f"version {note['version']}, stale: {note['stale']}: wrong {wrong}, lost {lost}"


def _change(before: str, after: str) -> dict[str, Any]:
    """The smallest stretch that differs, which may begin and end within a line."""
    shorter = min(len(before), len(after))
    head = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    left = shorter - head
    tail = next((i for i in range(left) if before[-1 - i] != after[-1 - i]), left)
    place = {"start": _position(before, head), "end": _position(before, len(before) - tail)}
    return {"range": place, "text": after[head : len(after) - tail]}


def _position(text: str, offset: int) -> dict[str, int]:
    line = text.count("\n", 0, offset)
    start = text.rfind("\n", 0, offset) + 1
    return {"line": line, "character": len(text[start:offset].encode("utf-16-le")) // 2}


def _lines(place: dict[str, Any]) -> range:
    return range(place["start"]["line"], place["end"]["line"] + 1)


def _said(text: str) -> dict[int, str]:
    """What each line says of itself."""
    ends = ((at, line.rpartition("# ")[2]) for at, line in enumerate(text.splitlines()))
    return {at: end for at, end in ends if end in _KINDS}


def _insert(desk: Desk) -> None:
    if len(desk.blocks) < _LONGEST:
        at = desk.chance.randrange(len(desk.blocks) + 1)
        new = desk.chance.choices(_BLOCKS, k=desk.chance.randint(1, 2))
        desk.become([*desk.blocks[:at], *new, *desk.blocks[at:]])


def _delete(desk: Desk) -> None:
    if desk.blocks:
        at = desk.chance.randrange(len(desk.blocks))
        desk.become([*desk.blocks[:at], *desk.blocks[at + 1 + desk.chance.randrange(2) :]])


def _replace(desk: Desk) -> None:
    if desk.blocks:
        at = desk.chance.randrange(len(desk.blocks))
        other = desk.chance.choice(_BLOCKS)
        desk.become([*desk.blocks[:at], other, *desk.blocks[at + 1 :]])


def _break(desk: Desk) -> None:
    at = desk.chance.randrange(len(desk.blocks) + 1)
    desk.become([*desk.blocks[:at], _BROKEN, *desk.blocks[at:]])


def _mend(desk: Desk) -> None:
    desk.become([block for block in desk.blocks if block != _BROKEN])


def _save(desk: Desk) -> None:
    desk.saved = desk.text
    desk.path.write_text(desk.text, "utf-8")
    desk.peer.notify("textDocument/didSave", {"textDocument": {"uri": desk.path.as_uri()}})


_STEPS: Final[tuple[Callable[[Desk], None], ...]] = (
    _insert, _insert, _delete, _replace, _break, _mend, _mend, _save, _save,
)  # fmt: skip


def wander(desk: Desk, steps: int, *, live: bool) -> str | None:
    """So many random steps; the first fault in words."""
    for number in range(steps):
        desk.chance.choice(_STEPS)(desk)
        can_wait = _BROKEN not in desk.blocks and (live or desk.saved == desk.text)
        if (can_wait and desk.chance.random() < 0.5) or number == steps - 1:
            fault = _settle(desk)
            if fault is not None:
                return f"step {number}: {fault}"
    return None


def _settle(desk: Desk) -> str | None:
    """Wait until what is drawn is of the text as it stands, and look at all that comes before."""
    if _BROKEN in desk.blocks:
        _mend(desk)
    if desk.saved != desk.text:
        _save(desk)
    while not _is_of(desk.drawn, desk.text):
        try:
            desk.drawn = desk.peer.told(_COVERAGE, _PATIENCE)
        except SilentError:
            return f"version {desk.version} is never drawn; the last that was: {desk.drawn}"
        fault = desk.fault(desk.drawn)
        if fault is not None:
            return fault
    return None


def _is_of(note: dict[str, Any] | None, text: str) -> bool:
    return note is not None and not note["stale"] and note["contentHash"] == text_hash(text)


def main(arguments: list[str]) -> int:
    """Run the command; 1 at the first fault, or when the server logged anything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=1_000, help="for each way to run")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--run-on", nargs="+", default=["save", "change"])
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="redfirst-marks-") as made:
        for run_on in options.run_on:
            begin = time.perf_counter()
            fault = _wander_in(Path(made).resolve() / run_on, options.steps, options.seed)
            if fault is not None:
                print(f"run on {run_on}: {fault}")
                return 1
            seconds = time.perf_counter() - begin
            print(f"run on {run_on}: {options.steps} steps in {seconds:.0f} s, no wrong mark")
    return 0


def _wander_in(root: Path, steps: int, seed: int) -> str | None:
    code, log = _make_project(root), root.with_suffix(".log")
    with log.open("wb") as stream, spawned(ours(), root, stream) as peer:
        desk = Desk(peer, code, random.Random(f"{root.name} {seed}"), list(_BLOCKS))
        desk.texts[1] = desk.saved = code.read_text("utf-8")
        hello: dict[str, Any] = {
            "processId": None,
            "rootUri": root.as_uri(),
            "capabilities": {
                "textDocument": {"diagnostic": {}},
                "experimental": {"redfirst": {"coverage": True}},
            },
            "initializationOptions": {"run_on": root.name},
        }
        peer.request("initialize", hello)
        peer.notify("initialized", {})
        peer.open(code, desk.text)
        fault = wander(desk, steps, live=root.name == "change")
        peer.request("shutdown", None)
    return "\n".join(filter(None, (fault, log.read_text("utf-8")))) or None


def _make_project(root: Path) -> Path:
    for name, text in {
        "pyproject.toml": f'[tool.redfirst]\npython = "{Path(sys.executable).as_posix()}"\n',
        "specs/walk.yml": _SPEC,
        "tests/test_walk.py": tests_of(_SPEC, "specs/walk.yml"),
        "steps.py": _HEAD + "".join(_BLOCKS) + _FOOT,
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root / "steps.py"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
