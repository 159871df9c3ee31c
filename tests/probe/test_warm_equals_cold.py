"""What a warm run says is what pytest and coverage.py say in a new process."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from benchmarks.equality.comparison import Said, cold, warm
from redfirst.project.probe_client import Probe
from redfirst.project.warm import Warmth
from tests.support.environments import CROWDED, python_with
from tests.support.probing import write

if TYPE_CHECKING:
    from pathlib import Path

CODE = """
    import warnings

    LIMIT = 3 if __name__ == "__main__" else 2

    def sizes(numbers):
        for number in numbers:
            if number < 0:
                yield "negative"
            elif number > LIMIT:
                yield "large"
            else:
                yield "small"

    def late(flag):
        import decimal
        if flag:
            warnings.warn("late", DeprecationWarning)
        return decimal.Decimal(1)

    def unused():  # never called
        try:
            return 1
        finally:
            print("over")
"""
TESTS = """
    import os, sys, random, subprocess, threading, logging
    import pytest
    from lib.code import late, sizes

    @pytest.mark.parametrize("row", [[1], [5, 1], []])
    def test_rows(row): assert len(list(sizes(row))) == len(row)
    def test_fails(): assert list(sizes([5])) == ["small"]
    @pytest.mark.xfail
    def test_expected(): assert not late(False)
    @pytest.mark.xfail
    def test_unexpected(): assert late(False)
    @pytest.mark.skipif("sys.platform")
    def test_skipped(): pass
    def test_no_fixture(nothing): pass
    def test_warned(): late(True)
    def test_streams(capfd): print("x"); assert capfd.readouterr().out == "x\\n"
    def test_logged(caplog): logging.warning("x"); assert caplog.messages == ["x"]
    def test_process(): assert subprocess.run([sys.executable, "-c", ""]).returncode == 0
    def test_temporary(tmp_path, monkeypatch): monkeypatch.chdir(tmp_path)
    def test_thread(): thread = threading.Thread(target=print); thread.start(); thread.join()
    def test_alone(): assert threading.active_count() == 1
    def test_main(): assert os.path.basename(sys.argv[0]) == "__main__.py"
    def test_input():
        with pytest.raises(OSError): input()
    def test_rewritten(fine): assert fine
    class TestInside:
        def test_module(self): assert "lib.code" in sys.modules
"""
FILES = {
    "pyproject.toml": "[tool.pytest.ini_options]\nfilterwarnings = ['error']\n",
    "conftest.py": "import pytest\n@pytest.fixture\ndef fine(): yield 1; assert 1 == 2\n",
    "lib/__init__.py": "",
    "lib/code.py": CODE,
    "tests/test_code.py": TESTS,
}


def test_every_outcome_and_every_gap(tmp_path: Path) -> None:
    root = write(tmp_path / "project", FILES)
    python, target = python_with(CROWDED), root / "lib/code.py"

    async def twice() -> list[Said]:
        async with Warmth(root) as warmth:
            probe = Probe(python, root, warmth=warmth)
            return [await warm(probe, "tests/test_code.py", target) for _ in range(2)]

    theirs = cold(python, root, "tests/test_code.py", target)
    assert theirs is not None
    assert {"passed", "failed", "error", "skipped", "xfailed", "xpassed"} == set(
        theirs.outcomes.values()
    )
    assert theirs.missing
    assert theirs.missing_branches
    for ours in asyncio.run(twice()):
        assert list(ours.differences(theirs)) == []
