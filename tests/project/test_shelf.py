"""A process that stands prepared answers what a new one would, whatever changed since."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from contextlib import aclosing, suppress
from dataclasses import replace
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from redfirst.probe import wire
from redfirst.project.probe_client import Probe
from redfirst.project.project import project_at
from redfirst.project.sandbox import Level, Sandbox
from redfirst.project.shelf import Place, Shelf
from redfirst.project.warm import Warmth
from redfirst.verification.verdict import Verdict
from redfirst.workflow.progress import Silent
from redfirst.workflow.verify import verify
from tests.sandbox.levels import need
from tests.support.environments import NEW, python_with
from tests.support.probing import only, outcomes, perform, write
from tests.support.processes import descendants, is_gone

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from redfirst.project.probe_process import ProbeProcess

pytestmark = pytest.mark.usefixtures("temporary")

RUN = wire.Run("r", "tests/unit/test_it.py")
# Each run notes itself and the process that it was forked from, if it was.
NOTES = """
    import os
    from pathlib import Path

    def note():
        Path(__file__).with_name("processes.txt").write_text(f"{os.getpid()} {os.getppid()}")
"""


def with_notes(text: str) -> str:
    return dedent(NOTES) + dedent(text)


class Client:
    """Runs tests from a project's shelf."""

    def __init__(self, root: Path, warmth: Warmth, sandbox: Sandbox | None = None) -> None:
        self.root = root
        self.warmth = warmth
        self._probe = Probe(python_with(NEW), root, sandbox or Sandbox(), warmth=warmth)

    async def say(self, run: wire.Run = RUN) -> list[wire.Message]:
        """What the shelf's next process says; another is being prepared."""
        async with aclosing(self._probe.execute([run])) as messages:
            return [message async for message in messages]

    async def is_served_by_a_prepared_one(self, run: wire.Run = RUN) -> bool:
        """Whether the process that performs the run stood there before."""
        await self.warmth.settled()
        standing = {pid for pid, _ in descendants(os.getpid())}
        await self.say(run)
        noted = (self.root / RUN.test_file).with_name("processes.txt").read_text()
        return bool(standing & set(map(int, noted.split())))


_PATIENCE = 120.0  # seconds; only a test that fails ever waits that long


def with_shelf(
    root: Path, work: Callable[[Client], Awaitable[None]], room: int = 2, level: Level = Level.NONE
) -> None:
    """Do the work; nothing is left of it. Others may be there, and may end meanwhile."""
    before = {pid for pid, _ in descendants(os.getpid())}

    async def in_warmth() -> None:
        async with asyncio.timeout(_PATIENCE), Warmth(root, standing=room) as warmth:
            sandbox = Sandbox() if level is Level.NONE else Sandbox(level, root, root)
            await work(Client(root, warmth, sandbox))

    asyncio.run(in_warmth())
    assert not [one for one in descendants(os.getpid()) if one[0] not in before]
    assert not list(Path(tempfile.gettempdir()).iterdir())


PASSES = {RUN.test_file: with_notes("def test_it(): note()\n")}
CALM = """
    import sys
    from pathlib import Path
    import pytest

    sys.path.insert(0, str(Path(__file__).parent / "more"))

    @pytest.fixture(scope="session")
    def value(): return 1

    def pytest_collection_modifyitems(items): items.reverse()
"""


def test_a_measured_run_says_what_a_new_process_says(tmp_path: Path) -> None:
    files = {
        "conftest.py": CALM,
        RUN.test_file: with_notes("""
            from code_here import f
            def test_it(value):
                note()
                assert f(value) == 1
            def test_other(): assert f(2) == 3
        """),
        "code_here.py": "def f(x):\n    if x == 1:\n        return 1\n    return 2\n",
    }
    root = write(tmp_path / "project", files)
    data = tmp_path / "data"
    data.mkdir()
    measure = wire.Measure("code_here", "code_here.py", contexts=True, data_folder=str(data))
    run = replace(RUN, measure=measure)
    new = perform(python_with(NEW), root, run)

    async def work(client: Client) -> None:
        await client.say(run)
        assert await client.is_served_by_a_prepared_one(run)
        await client.warmth.settled()
        prepared = await client.say(run)
        assert outcomes(prepared) == outcomes(new) == {"test_it": "passed", "test_other": "failed"}
        assert only(wire.Measured, prepared) == only(wire.Measured, new)

    with_shelf(root, work)


FIXTURE = "import pytest\n@pytest.fixture\ndef value(): return {}\n"
WANTS_VALUE = {RUN.test_file: "def test_it(value): assert value == 2\n"}
WANTS_STYLE = {
    RUN.test_file: "def test_it(pytestconfig):\n"
    "    assert pytestconfig.getini('console_output_style') == 'classic'\n"
}
STYLE = "console_output_style = classic\n"
FROM_PACKAGE = "import pytest\nfrom package import two\n@pytest.fixture\ndef value(): return two\n"
SITE = "../site-packages"  # is on the path
# Files, and those that change; what is `None` is removed.
CHANGES: dict[str, tuple[dict[str, str], dict[str, str | None]]] = {
    "conftest edited within a second": (
        {**WANTS_VALUE, "conftest.py": FIXTURE.format(1)},
        {"conftest.py": FIXTURE.format(2)},
    ),
    "conftest created": (WANTS_VALUE, {"conftest.py": FIXTURE.format(2)}),
    "conftest deleted": (
        {**WANTS_VALUE, "conftest.py": FIXTURE.format(2)},
        {"conftest.py": None},
    ),
    "conftest in between": (
        {**WANTS_VALUE, "conftest.py": FIXTURE.format(1)},
        {"tests/conftest.py": FIXTURE.format(2)},
    ),
    "pyproject": (
        {**WANTS_STYLE, "pyproject.toml": ""},
        {"pyproject.toml": "[tool.pytest.ini_options]\nconsole_output_style = 'classic'\n"},
    ),
    "pytest.ini": (WANTS_STYLE, {"pytest.ini": f"[pytest]\n{STYLE}"}),
    "pytest.ini beside the test": (WANTS_STYLE, {"tests/unit/pytest.ini": f"[pytest]\n{STYLE}"}),
    "pytest.ini above the project": (WANTS_STYLE, {"../pytest.ini": f"[pytest]\n{STYLE}"}),
    "code": (
        {RUN.test_file: "from code_here import f\ndef test_it(): assert f() == 2\n"},
        {"code_here.py": "def f(): return 2\n"},
    ),
    "test deleted": (PASSES, {RUN.test_file: None}),
    "package upgraded": (
        {**WANTS_VALUE, f"{SITE}/package/__init__.py": "two = 1", "conftest.py": FROM_PACKAGE},
        {f"{SITE}/package/__init__.py": None, f"{SITE}/package.py": "two = 2"},
    ),
    "package hidden by a module": (
        {**WANTS_VALUE, f"{SITE}/package.py": "two = 1", "conftest.py": FROM_PACKAGE},
        {"package.py": "two = 2"},
    ),
    "package hidden by a module in a folder on the path": (
        {
            **WANTS_VALUE,
            f"{SITE}/package.py": "two = 1",
            "conftest.py": "import sys\nsys.path.insert(0, 'python')\n" + FROM_PACKAGE,
            "python/other.py": "",
        },
        {"python/package.py": "two = 2"},
    ),
    "helper of conftest": (
        {**WANTS_VALUE, "package.py": "two = 1", "conftest.py": FROM_PACKAGE},
        {"package.py": "two = 2"},
    ),
    "file that conftest reads": (
        {
            **WANTS_VALUE,
            "two": "1",
            "conftest.py": FIXTURE.format("N") + "N = int(open('two').read())",
        },
        {"two": "2"},
    ),
    "helper that conftest can do without": (
        {
            **WANTS_VALUE,
            "conftest.py": FIXTURE.format("two")
            + "try:\n    from package import two\nexcept ImportError:\n    two = 1\n",
        },
        {"package.py": "two = 2"},
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_changed_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    files, changed = CHANGES[name]
    root = write(tmp_path / "project", files)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "site-packages"))

    async def work(client: Client) -> None:
        before = await client.say()
        await client.warmth.settled()
        for path, text in changed.items():
            (root / path).unlink(missing_ok=True)
            if text is None and path.startswith(SITE):
                shutil.rmtree((root / path).parent)
        write(root, {path: text for path, text in changed.items() if text is not None})
        after = await client.say()
        new = [message async for message in Probe(python_with(NEW), root).execute([RUN])]
        assert outcomes(after) == outcomes(new) != outcomes(before)

    with_shelf(root, work)


def test_the_environment_is_that_of_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "import os\ndef test_it(): assert os.environ['WORD'] == 'new'\n"
    root = write(tmp_path / "project", {RUN.test_file: text})
    monkeypatch.setenv("WORD", "old")

    async def work(client: Client) -> None:
        assert outcomes(await client.say()) == {"test_it": "failed"}
        await client.warmth.settled()
        monkeypatch.setenv("WORD", "new")
        assert outcomes(await client.say()) == {"test_it": "passed"}

    with_shelf(root, work)


def test_another_folder_in_the_projects_place(tmp_path: Path) -> None:
    root = write(tmp_path / "project", {RUN.test_file: "def test_it(): assert False\n"})

    async def work(client: Client) -> None:
        assert outcomes(await client.say()) == {"test_it": "failed"}
        await client.warmth.settled()
        root.rename(tmp_path / "old")
        write(root, {RUN.test_file: "def test_it(): pass\n"})
        assert outcomes(await client.say()) == {"test_it": "passed"}

    with_shelf(root, work)


NOT_PREPARED = {
    "early hook": {"conftest.py": "def pytest_configure(config): pass\n"},
    "hook of a session": {"tests/conftest.py": "def pytest_sessionstart(session): pass\n"},
    "import of the project": {"conftest.py": "import helper\n", "helper.py": ""},
    "looks around": {"conftest.py": "import os\nIS_THERE = os.path.exists('x')\n"},
    "own plugin": {"conftest.py": "pytest_plugins = ['plug']\n", "plug.py": ""},
    "configuration elsewhere": {"pytest.ini": "[pytest]\naddopts = -p plug\n", "plug.py": ""},
}


@pytest.mark.parametrize("name", NOT_PREPARED)
def test_what_could_not_be_seen_to_change_is_not_prepared(tmp_path: Path, name: str) -> None:
    root = write(tmp_path / "project", {**PASSES, **NOT_PREPARED[name]})

    async def work(client: Client) -> None:
        await client.say()
        assert not await client.is_served_by_a_prepared_one()

    with_shelf(root, work)


@pytest.mark.parametrize("files", [{}, {"conftest.py": CALM}], ids=["nothing", "calm conftest"])
def test_what_only_defines_is_prepared(tmp_path: Path, files: dict[str, str]) -> None:
    root = write(tmp_path / "project", {**PASSES, **files})

    async def work(client: Client) -> None:
        await client.say()
        assert await client.is_served_by_a_prepared_one()

    with_shelf(root, work)


def test_a_process_serves_once(tmp_path: Path) -> None:
    root = write(tmp_path / "project", PASSES)
    noted = root / "tests/unit/processes.txt"

    async def work(client: Client) -> None:
        seen: list[str] = []
        for _ in range(2):
            await client.say()
            await client.warmth.settled()
        for _ in range(3):
            await client.say()
            seen.append(noted.read_text().split()[1])
        assert len(set(seen)) == 3

    with_shelf(root, work, room=1)


def test_leaving_while_a_process_is_taken_or_prepared(tmp_path: Path) -> None:
    """As an editor does when the text has changed again."""
    root = write(tmp_path / "project", PASSES)

    async def work(client: Client) -> None:
        await client.say()
        await client.warmth.settled()
        for turns in range(12):
            task = asyncio.create_task(client.say())
            for _ in range(turns):
                await asyncio.sleep(0)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    with_shelf(root, work)


def test_closing_before_a_preparation_has_begun(tmp_path: Path) -> None:
    """As a server does whose editor leaves while a run ends: nothing is said of it."""
    place = Place(python_with(NEW), Sandbox(), tmp_path, wire.Prepare(RUN.test_file))

    async def never() -> ProbeProcess:
        raise AssertionError("it was told to end")

    async def work() -> None:
        shelf = Shelf(room=1)
        shelf.restock(place, never)
        await shelf.close()

    asyncio.run(work())


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
LEAVES = '''
import pathlib, tempfile
from shop.total import total

def test_it():
    """EC-none: no prices -> zero"""
    made = 0
    for place in {tempfile.gettempdir(), str(pathlib.Path.home()), "/dev/shm"}:
        try: made += pathlib.Path(place, "left").mkdir() is None
        except PermissionError: pass
    assert made
    assert total([]) == 0
'''


def test_a_verification_finds_nothing_of_the_one_before(tmp_path: Path) -> None:
    need(Level.BUBBLEWRAP)
    files = {"specs/total.yml": SPEC, "tests/test_total.py": LEAVES}
    root = write(tmp_path / "project", files)

    async def work(client: Client) -> None:
        project = replace(project_at(root), warmth=client.warmth)
        standing: list[tuple[int, str]] = []
        for _ in range(3):
            report = await verify(project, root / "specs/total.yml", None, Silent())
            assert [test.verdict for test in report.tests] == [Verdict.RED]
            assert report.sandbox == Level.BUBBLEWRAP
            assert not standing or any(is_gone(pid) for pid, name in standing if "bwrap" in name)
            await client.warmth.settled()
            standing = descendants(os.getpid())
            assert any("bwrap" in command for _, command in standing)

    with_shelf(root, work, room=4)


def test_a_pipe_that_was_not_there_is_closed_all_the_same(tmp_path: Path) -> None:
    need(Level.BUBBLEWRAP)
    text = """
        import os
        def test_it():
            try: os.open("pipe", os.O_WRONLY | os.O_NONBLOCK)
            except OSError: return
            assert False, "somebody out there listens"
    """
    root = write(tmp_path / "project", {RUN.test_file: text})

    async def work(client: Client) -> None:
        assert outcomes(await client.say()) == {"test_it": "passed"}
        await client.warmth.settled()
        os.mkfifo(root / "pipe")
        reader = os.open(root / "pipe", os.O_RDONLY | os.O_NONBLOCK)
        try:
            assert outcomes(await client.say()) == {"test_it": "passed"}
        finally:
            os.close(reader)

    with_shelf(root, work, level=Level.BUBBLEWRAP)
