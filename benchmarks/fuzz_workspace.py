"""Random work in a workspace, in the editor and behind its back: what is shown must be so.

    python -m benchmarks.fuzz_workspace --steps 1000 --seed 1

Files are written, deleted and renamed outside of the editor, with and without news of it; texts are
opened, typed into, saved and closed; the settings move specs in and out. Then what the client shows
must be what the reader of specs finds in the texts as they are, file by file, and nothing else.
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

from benchmarks.language_server.peer import spawned
from benchmarks.language_server.servers import ours
from benchmarks.language_server.texts import spec_of
from redfirst.spec.document import read_spec

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.language_server.peer import Peer

_SPEC: Final = spec_of(20)
_TEXTS: Final = (
    _SPEC,
    _SPEC.replace("function:", "functoin:"),
    _SPEC.replace("behavior:", "extra: 1\nbehavior:"),
    _SPEC.replace("edge_cases:", "\tedge_cases:"),
    f'{_SPEC}imports: "import json\n',
    "- no spec\n",
    "",
)
_FOLDERS: Final = ("specs", "contracts")
_NAMES: Final = ("a.yml", "b.yaml", "deep/c.yml")
_HEARD: Final = 0.6  # of what happens outside of the editor; of the rest there is no news
_SPEC_ITSELF: Final = ("RF1", "RF9")  # the codes that depend on the text alone

Shown = dict[str, list[str]]


@dataclass
class Workspace:
    """What is on the disk, what is open, and what the client shows."""

    peer: Peer
    root: Path
    chance: random.Random
    open: dict[Path, str] = field(default_factory=dict[Path, str])
    versions: dict[Path, int] = field(default_factory=dict[Path, int])
    folders: tuple[str, ...] = _FOLDERS[:1]
    shown: Shown = field(default_factory=dict[str, list[str]])
    names: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def files(self) -> list[Path]:
        """Every place where a spec may be."""
        return [self.root / folder / name for folder in _FOLDERS for name in _NAMES]

    def expected(self) -> Shown:
        """What the client must show: of open files their text, of others what they hold."""
        found: Shown = {}
        for path in self.files:
            text = self.open.get(path) if path in self.open else _read(path)
            if text is not None and path.relative_to(self.root).parts[0] in self.folders:
                problems = read_spec(text).problems
                found[path.as_uri()] = sorted(problem.code.value for problem in problems)
        return {uri: codes for uri, codes in found.items() if codes}

    def take(self, uri: str, diagnostics: list[dict[str, Any]]) -> None:
        """The client shows these."""
        codes = sorted(each["code"] for each in diagnostics)
        codes = [code for code in codes if code.startswith(_SPEC_ITSELF)]
        self.shown.pop(uri, None)
        if codes:
            self.shown[uri] = codes


def work(space: Workspace) -> tuple[str, list[Path]]:
    """Do something; in words, and the files that were changed outside of the editor."""
    steps: list[Callable[[Workspace, Path], list[Path]]] = [
        _write, _write, _delete, _rename, _open, _type, _type, _save, _close, _move_specs,
    ]  # fmt: skip
    step = space.chance.choice(steps)
    path = space.chance.choice(space.files)
    return f"{step.__name__} {path.relative_to(space.root)}", step(space, path)


def _write(space: Workspace, path: Path) -> list[Path]:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_text(space), "utf-8")
    return [path]


def _delete(_space: Workspace, path: Path) -> list[Path]:
    path.unlink(missing_ok=True)
    return [path]


def _rename(space: Workspace, path: Path) -> list[Path]:
    other = space.chance.choice(space.files)
    if path.exists():
        other.parent.mkdir(parents=True, exist_ok=True)
        path.rename(other)
    return [path, other]


def _open(space: Workspace, path: Path) -> list[Path]:
    text = _read(path)
    if path not in space.open and text is not None:
        space.open[path] = text
        space.versions[path] = 1
        space.peer.open(path, text)
    return []


def _type(space: Workspace, path: Path) -> list[Path]:
    if path in space.open:
        space.open[path] = _text(space)
        space.versions[path] += 1
        document = {"uri": path.as_uri(), "version": space.versions[path]}
        changes = [{"text": space.open[path]}]
        params = {"textDocument": document, "contentChanges": changes}
        space.peer.notify("textDocument/didChange", params)
    return []


def _save(space: Workspace, path: Path) -> list[Path]:
    if path in space.open:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(space.open[path], "utf-8")
        space.peer.notify("textDocument/didSave", {"textDocument": {"uri": path.as_uri()}})
    return []


def _close(space: Workspace, path: Path) -> list[Path]:
    if space.open.pop(path, None) is not None:
        space.peer.notify("textDocument/didClose", {"textDocument": {"uri": path.as_uri()}})
    return []


def _move_specs(space: Workspace, _path: Path) -> list[Path]:
    space.folders = space.chance.choice([_FOLDERS[:1], _FOLDERS[1:], _FOLDERS])
    return [_write_settings(space)]


def _write_settings(space: Workspace) -> Path:
    settings = space.root / "pyproject.toml"
    listed = ", ".join(f'"{folder}"' for folder in space.folders)
    settings.write_text(f"[tool.redfirst]\nspecs = [{listed}]\n", "utf-8")
    return settings


def _text(space: Workspace) -> str:
    return space.chance.choice(_TEXTS) + f"# {space.chance.random()}\n"


def _read(path: Path) -> str | None:
    return path.read_text("utf-8") if path.is_file() else None


def pull(space: Workspace) -> None:
    """Ask for everything, as a client does that knows what it has."""
    known = [{"uri": uri, "value": value} for uri, value in space.names.items()]
    said = space.peer.request("workspace/diagnostic", {"previousResultIds": known}).message
    for report in said["result"]["items"]:
        if report["kind"] == "full":
            space.take(report["uri"], report["items"])
        space.names.pop(report["uri"], None)
        if "resultId" in report:
            space.names[report["uri"]] = report["resultId"]


def hear(space: Workspace) -> None:
    """Wait until what is sent unasked comes to what is expected; `SilentError` if never."""
    expected = space.expected()
    while space.shown != expected:
        params = space.peer.told("textDocument/publishDiagnostics")
        space.take(params["uri"], params["diagnostics"])


def wander(space: Workspace, steps: int, *, pulls: bool) -> str | None:
    """So many random steps; the first difference in words."""
    for number in range(steps):
        words, changed = work(space)
        if changed and space.chance.random() > _HEARD:
            changed = [] if pulls else [space.root / "other.py"]  # the right news got lost
        if changed:
            changes = [{"uri": path.as_uri(), "type": 2} for path in changed]
            space.peer.notify("workspace/didChangeWatchedFiles", {"changes": changes})
        (pull if pulls else hear)(space)
        if space.shown != space.expected():
            return f"step {number}, {words}: {space.shown} is shown, not {space.expected()}"
    return None


def main(arguments: list[str]) -> int:
    """Run the command; 1 at the first difference, or when the server logged anything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=1_000, help="for each kind of client")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="redfirst-workspace-") as made:
        for kind in ("pulled", "pushed"):
            begin = time.perf_counter()
            fault = _wander_in(Path(made).resolve() / kind, options.steps, options.seed)
            if fault is not None:
                print(fault)
                return 1
            seconds = time.perf_counter() - begin
            print(f"{kind}: {options.steps} steps in {seconds:.0f} s, no difference, no log")
    return 0


def _wander_in(root: Path, steps: int, seed: int) -> str | None:
    root.mkdir()
    pulls = root.name == "pulled"
    log = root.with_suffix(".log")
    with log.open("wb") as stream, spawned(ours(), root, stream) as peer:
        space = Workspace(peer, root, random.Random(f"{root.name} {seed}"))
        _write_settings(space)
        hello: dict[str, Any] = {
            "processId": None,
            "rootUri": root.as_uri(),
            "capabilities": {"textDocument": {"diagnostic": {}}} if pulls else {},
        }
        peer.request("initialize", hello)
        peer.notify("initialized", {})
        fault = wander(space, steps, pulls=pulls)
        peer.request("shutdown", None)
    return fault or log.read_text("utf-8") or None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
