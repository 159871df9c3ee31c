"""`python -m benchmarks.speed`: how fast a warm project is, as ratios against cold pytest."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import sys
import tempfile
from pathlib import Path

from benchmarks.speed.editor import contexts, marks
from benchmarks.speed.environments import HEAVY, PLAIN, clean_environment, python_with, versions
from benchmarks.speed.promises import cancelling, saving, stale_answers, verification
from benchmarks.speed.table import head, row, spread
from redfirst import __version__


def main() -> int:
    """Print the table; 0 when every promise holds, else 1."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=7, help="timed pairs for each figure")
    options.add_argument("--edits", type=int, default=100)
    arguments = options.parse_args()
    for name in os.environ.keys() - clean_environment().keys():
        del os.environ[name]  # what the rival is spared, we are spared
    print(f"redfirst {__version__}, {platform.platform()}, {os.cpu_count()} cores")
    print(
        f"load before: {os.getloadavg()[0]:.1f}; medians (least-most) of {arguments.rounds} pairs"
    )
    print(versions(python_with(PLAIN), ("pytest", "coverage", "pytest-cov")))
    print(versions(python_with(HEAVY), ("pytest", "coverage", *HEAVY[2:])), end="\n\n")
    return 0 if asyncio.run(_measure(arguments.rounds, arguments.edits)) else 1


async def _measure(rounds: int, edits: int) -> bool:
    print(head())
    with tempfile.TemporaryDirectory(prefix="redfirst-speed-") as made:
        folder = Path(made)
        figures = await verification(folder / "verification", rounds)
        figures += await saving(folder / "saving", rounds)
        figures += await marks(folder / "marks", rounds)
        figures += await contexts(folder / "contexts", rounds)
        for figure in figures:
            print(row(figure))
        late = await cancelling(folder / "cancelling", rounds)
        wrong, same_second = await stale_answers(folder / "stale", edits)
    worst = max(late)
    print(f"\ncancel to all dead: {spread([1000 * one for one in late], 0)} ms, bound 250 at worst")
    print(f"stale answers: {wrong} of {edits} ({same_second} edits within the second before)")
    return all(figure.holds for figure in figures) and worst <= 0.25 and wrong == 0


if __name__ == "__main__":
    sys.exit(main())
