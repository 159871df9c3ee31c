"""What becomes of a verification when its tests meet the walls of the sandbox."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from textwrap import indent
from typing import TYPE_CHECKING

import pytest

from redfirst.probe import wire
from redfirst.project.fault import ProjectError
from redfirst.project.probe_client import Probe
from redfirst.project.project import project_at
from redfirst.project.sandbox import Level, Sandbox
from redfirst.project.sandbox.choose import Choice, choose
from redfirst.spec.codes import Code
from redfirst.verification.verdict import Verdict
from redfirst.workflow.progress import Silent
from redfirst.workflow.verify import verify
from tests.sandbox.levels import need
from tests.support.environments import NEW, python_with
from tests.support.probing import outcomes, write

if TYPE_CHECKING:
    from pathlib import Path

    from redfirst.workflow.report import SpecReport

SPEC = """
function: total
module: shop.total
signature: "total(prices: list[int]) -> int"
behavior: Sum the prices, which are integer cents.
edge_cases:
  - case: no prices -> zero
    id: EC-none
    examples: [{call: "total([])", returns: 0}]
"""
LEVELS = [Level.BUBBLEWRAP, Level.LANDLOCK]


def judged(folder: Path, body: str, *, unsandboxed: bool = False) -> SpecReport:
    """The verdict on one test with that body."""
    module = f'''
import os, socket, subprocess, sys, urllib.request
from pathlib import Path
from shop.total import total

def test_it(tmp_path):
    """EC-none: no prices -> zero"""
{indent(body, "    ")}
'''
    write(folder, {"specs/total.yml": SPEC, "tests/test_total.py": module})
    project = replace(project_at(folder), unsandboxed=unsandboxed)
    return asyncio.run(verify(project, folder / "specs/total.yml", None, Silent()))


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("Path('here.txt').write_text('x')", "a right"),
        ("(Path.cwd() / 'shop').mkdir()", "a right"),
        ("urllib.request.urlopen('http://127.0.0.1:9')", "the network"),
        ("socket.create_connection(('192.0.2.1', 80), 1)", "the network"),
        ("len(bytearray(6 << 30))", "more memory"),
        ("(tmp_path / 'x').write_bytes(bytes(200 << 20))", "a larger file"),
        ("assert total([]) == 0\nPath('here.txt').write_text('x')", "a right"),
    ],
)
def test_a_test_that_was_denied_something_is_not_red(
    tmp_path: Path, body: str, wanted: str
) -> None:
    need(Level.BUBBLEWRAP)
    report = judged(tmp_path, body)
    (test,) = report.tests
    assert (test.verdict, test.reason.partition(" ")[0]) == (Verdict.INCONCLUSIVE, "needs")
    assert wanted in test.reason
    assert Code.DENIED in {finding.code for finding in report.findings}
    assert report.sandbox == Level.BUBBLEWRAP


def test_a_file_that_is_not_shown_is_named(tmp_path: Path) -> None:
    need(Level.BUBBLEWRAP)
    (tmp_path / "outside").write_text("x")
    (test,) = judged(tmp_path / "project", f"Path('{tmp_path}/outside').read_text()").tests
    assert test.reason.startswith(f"needs `{tmp_path}/outside`, which is not shown to it")


def test_a_module_that_was_denied_something_when_it_was_imported(tmp_path: Path) -> None:
    need(Level.BUBBLEWRAP)
    write(tmp_path, {"conftest.py": "open('here.txt', 'w')"})
    (finding,) = [
        finding
        for finding in judged(tmp_path, "assert total([]) == 0").findings
        if finding.code.startswith("RF9")
    ]
    assert finding.code is Code.DENIED


def test_what_passes_wrongly_stays_vacuous_whatever_it_was_denied(tmp_path: Path) -> None:
    need(Level.BUBBLEWRAP)
    body = "try:\n    Path('here.txt').write_text('x')\nexcept OSError:\n    pass"
    (test,) = judged(tmp_path, body).tests
    assert test.verdict is Verdict.VACUOUS


def test_honest_tests_are_red_at_every_level(tmp_path: Path) -> None:
    body = "(tmp_path / 'x').write_text('x')\nassert total([]) == 0"
    (test,) = judged(tmp_path, body).tests
    assert test.verdict is Verdict.RED


def test_only_the_person_can_do_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = Choice(None, ("bubblewrap is not installed.",))
    monkeypatch.setattr("redfirst.project.project.choose", lambda: nothing)
    with pytest.raises(ProjectError) as refused:
        judged(tmp_path, "assert total([]) == 0")
    assert refused.value.fault.code is Code.SANDBOX_MISSING
    assert "bubblewrap is not installed. Or" in refused.value.fault.message
    assert "--unsandboxed" in refused.value.fault.message
    report = judged(tmp_path, "assert total([]) == 0", unsandboxed=True)
    assert report.sandbox == "none"


@pytest.mark.parametrize("level", [Level.NONE, *LEVELS])
def test_a_blind_forger_is_not_heard(tmp_path: Path, level: Level) -> None:
    need(level)
    forged = wire.Finished(
        "r", "test_it.py::test_it", "failed", 1, None, False, [], None, "", None, True, 0.0
    )
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "forged").write_bytes(wire.encode(forged))
    body = """
        import subprocess, sys
        FORGE = '''
        import os
        for descriptor in range(3, 256):
            try: os.write(descriptor, open("forged", "rb").read())
            except OSError: pass
        '''
        def test_it():
            exec(FORGE)
            assert subprocess.run([sys.executable, "-c", FORGE]).returncode == 0
    """
    end = said(level, tmp_path, body)[0]["test_it"]
    assert end in {"passed", "lost"}, "whoever writes everywhere may end the probe"


@pytest.mark.parametrize("level", LEVELS)
def test_a_run_finds_nothing_of_the_one_before(tmp_path: Path, level: Level) -> None:
    need(level)
    body = """
        import pathlib, tempfile
        def test_it():
            made = 0
            for place in {tempfile.gettempdir(), str(pathlib.Path.home()), "/dev/shm"}:
                try: made += pathlib.Path(place, "left").mkdir() is None
                except PermissionError: pass
            assert made
    """
    assert said(level, tmp_path, body, runs=3) == [{"test_it": "passed"}] * 3


def said(level: Level, folder: Path, test: str, runs: int = 1) -> list[dict[str, str]]:
    root = write(folder / "project", {"test_it.py": test})

    async def collect() -> list[wire.Message]:
        probe = Probe(python_with(NEW), root, Sandbox(level, root, root))
        asked = [wire.Run("r" * (place + 1), "test_it.py") for place in range(runs)]
        return [message async for message in probe.execute(asked)]

    messages = asyncio.run(collect())
    of_runs = ["r" * (place + 1) for place in range(runs)]
    return [outcomes([m for m in messages if getattr(m, "run", "") == run]) for run in of_runs]


def test_the_machine_is_asked_once() -> None:
    assert choose() is choose()
