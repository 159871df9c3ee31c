"""`python -m benchmarks.accuracy`: red verification against the labels of `tests/corpus`."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.accuracy.corpus import entries
from benchmarks.accuracy.judging import judge_all
from benchmarks.accuracy.table import cases, confusion_table, recall_table, summary
from benchmarks.accuracy.tally import Tally


class _Counter:
    """Counts on standard error, where a terminal shows it."""

    def report(self, label: str, done: int, total: int) -> None:
        """Overwrite the last line."""
        if sys.stderr.isatty():
            end = "\n" if done == total else ""
            print(f"\r{done}/{total} {label:<24}", end=end, file=sys.stderr, flush=True)


def main() -> int:
    """Print the figures; 0 when the floor holds, 1 when it does not."""
    options = _options()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="redfirst-accuracy-") as folder:
        work = judge_all(Path(folder), entries(*options.entry), _Counter())
        tally = Tally(asyncio.run(work))
    print(recall_table(tally), confusion_table(tally), summary(tally), sep="\n\n")
    print(f"{time.monotonic() - began:.0f} seconds")
    if options.list:
        print("", *cases(tally), sep="\n")
    return 0 if tally.holds else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("entry", nargs="*", help="a folder of the corpus; all of them if none")
    parser.add_argument(
        "--list", action="store_true", help="show every test that is not called by its label"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
