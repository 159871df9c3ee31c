"""`python -m benchmarks.equality`: every outcome, missing line and branch, warm against cold; and
what repeatable tests do on stubs, in one process against a process for each stub.
"""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING

from benchmarks.equality.comparison import cold, warm
from benchmarks.equality.one_process import compare_corpus
from benchmarks.speed.environments import PLAIN, python_with, source_of, versions
from redfirst.project.probe_client import Probe
from redfirst.project.warm import Warmth

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGES = ("more-itertools==11.2.1", "boltons==26.2.0", "toolz==1.2.0")
_ROW = "{:<24}{:>12}{:>8}{:>16}{:>18}{:>13}"


def main() -> int:
    """Print a row for each package and every difference; 0 when there is none."""
    print(versions(python_with(PLAIN), ("pytest", "coverage")), end="\n\n")
    head = ("package", "test files", "tests", "missing lines", "missing branches", "differences")
    print(_ROW.format(*head))
    found = [asyncio.run(_compare(package)) for package in PACKAGES]
    found.append(_compare_stubs())
    return 1 if any(found) else 0


def _compare_stubs() -> int:
    os.environ["PYTHONHASHSEED"] = "0"
    said = asyncio.run(compare_corpus())
    print(
        f"\nstubs in one process: {said.accepted} of {said.tests} tests of the corpus are "
        f"repeatable; {said.cells:,} cells, {len(said.differences)} differences"
    )
    for difference in said.differences:
        print(f"  {difference}")
    return len(said.differences)


async def _compare(package: str) -> int:
    root, python = source_of(package), python_with(PLAIN)
    files = tests = lines = branches = 0
    differences: list[str] = []
    async with Warmth(root) as warmth:
        probe = Probe(python, root, warmth=warmth)
        for test, target in _pairs(root):
            theirs = await asyncio.to_thread(cold, python, root, test, target)
            if theirs is None:
                continue
            ours = await warm(probe, test, target)
            differences += (f"{test}: {line}" for line in ours.differences(theirs))
            files += 1
            tests += len(theirs.outcomes)
            lines += len(theirs.missing)
            branches += len(theirs.missing_branches)
    print(_ROW.format(package, files, tests, lines, branches, len(differences)))
    for difference in differences:
        print(f"  {difference}")
    return len(differences)


def _pairs(root: Path) -> Iterator[tuple[str, Path]]:
    """Every test file that is named after a module."""
    for test in sorted(root.rglob("test_*.py")):
        name = test.name.removeprefix("test_")
        modules = [path for path in root.rglob(name) if "tests" not in path.parts]
        if len(modules) == 1:
            yield test.relative_to(root).as_posix(), modules[0]


if __name__ == "__main__":
    sys.exit(main())
