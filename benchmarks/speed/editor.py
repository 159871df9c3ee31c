"""From a save to the marks that the client draws, through a real server process."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from benchmarks.language_server.peer import spawned
from benchmarks.language_server.servers import ours
from benchmarks.speed.environments import PLAIN, python_with
from benchmarks.speed.rivals import cold_coverage
from benchmarks.speed.sample import Sample, settings
from benchmarks.speed.timing import Figure, Way, compare
from redfirst.lsp.state.verdicts import text_hash
from redfirst.probe import wire
from redfirst.project.probe_client import Probe
from redfirst.project.project import project_at
from redfirst.project.warm import Warmth

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator

    from benchmarks.language_server.peer import Peer

_EXAMPLE: Final = Path(__file__).parents[2]
_FILES: Final = ("specs/reconcile.yml", "payments/reconcile.py", "tests/test_reconcile_batch.py")
_PAUSE: Final = 0.5  # seconds that nobody saves twice within
_YESTERDAY: Final = time.time() - 86_400
_HELLO: Final[dict[str, Any]] = {
    "processId": None,
    "capabilities": {
        "textDocument": {"diagnostic": {}},
        "experimental": {"redfirst": {"coverage": True}},
    },
    "initializationOptions": {"verify_on": "command"},
}


async def marks(folder: Path, rounds: int) -> list[Figure]:
    """The worked example of this repository, saved again and again."""
    sample = _worked_example(folder)
    with _editor(sample) as screen:
        ours_ = Way("save -> marks at the client", lambda: asyncio.to_thread(screen.save), _pause)
        rival = Way("cold pytest --cov --cov-branch", lambda: cold_coverage(sample))
        return [await compare(ours_, rival, bound=0.25, aim=None, rounds=rounds)]


async def contexts(folder: Path, rounds: int) -> list[Figure]:
    """What it costs to know which test runs which line."""
    sample = _worked_example(folder)
    async with Warmth(sample.project.root, standing=4) as warmth:
        known = Way(
            "run with a context for each test", _runs(sample, warmth, "each"), warmth.settled
        )
        unknown = Way("the same without", _runs(sample, warmth, "none"))
        return [await compare(known, unknown, bound=1.3, aim=None, rounds=3 * rounds)]


@dataclass
class _Screen:
    """An open implementation, and what is drawn of it."""

    peer: Peer
    path: Path
    text: str
    version: int = 1

    def save(self) -> None:
        """Change and save the file; over when its marks are there."""
        self.text += "\n"
        self.version += 1
        self.path.write_text(self.text, encoding="utf-8")
        document = {"uri": self.path.as_uri(), "version": self.version}
        changes = [{"text": self.text}]
        change = {"textDocument": document, "contentChanges": changes}
        self.peer.notify("textDocument/didChange", change)
        self.peer.notify("textDocument/didSave", {"textDocument": {"uri": document["uri"]}})
        wanted = text_hash(self.text)
        while (note := self.peer.told("redfirst/coverage"))["stale"] or (
            note["contentHash"] != wanted
        ):
            pass


@contextmanager
def _editor(sample: Sample) -> Generator[_Screen]:
    root = sample.project.root
    with spawned(ours(), root) as peer:
        peer.request("initialize", {**_HELLO, "rootUri": root.as_uri()})
        peer.notify("initialized", {})
        text = sample.code.read_text(encoding="utf-8")
        peer.open(sample.code, text)
        yield _Screen(peer, sample.code, text)
        peer.request("shutdown", None)


async def _pause() -> None:
    await asyncio.sleep(_PAUSE)


def _runs(
    sample: Sample, warmth: Warmth, contexts: Literal["each", "none"]
) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        root = sample.project.root
        with tempfile.TemporaryDirectory(prefix="redfirst-speed-") as data:
            target, whose = str(sample.code), contexts == "each"
            measure = wire.Measure("payments.reconcile", target, whose, data)
            order = wire.Run("run", sample.tests.relative_to(root).as_posix(), measure=measure)
            probe = Probe(sample.python, root, warmth=warmth)
            said = [each async for each in probe.execute([order])]
        if not any(isinstance(each, wire.Measured) for each in said):
            raise RuntimeError("nothing was measured")

    return run


def _worked_example(root: Path) -> Sample:
    python = python_with(PLAIN)
    spec, code, tests = (root / name for name in _FILES)
    for name in _FILES:
        (root / name).parent.mkdir(parents=True)
        shutil.copyfile(_EXAMPLE / name, root / name)
    (root / "payments/__init__.py").touch()
    (root / "pyproject.toml").write_text(settings(python), encoding="utf-8")
    for path in (spec, code, tests):
        os.utime(path, (_YESTERDAY, _YESTERDAY))  # nobody believes the cache of what is new
    return Sample(project_at(root), python, spec, tests, code)
