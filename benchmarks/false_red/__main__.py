"""`python -m benchmarks.false_red`: weakened tests that come out red all the same."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.accuracy.corpus import entries
from benchmarks.accuracy.judging import make_project
from benchmarks.false_red.judging import JudgedMutant, chosen_mutants, judge

if TYPE_CHECKING:
    from collections.abc import Sequence


def main() -> int:
    """Print the figures and every false red; 0 when there is none, 1 otherwise."""
    options = _options()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="redfirst-false-red-") as folder:
        judged = asyncio.run(
            judge_mutants(Path(folder), options.entry, options.count, options.seed)
        )
    print(table(judged), summary(judged), sep="\n\n")
    print(f"{time.monotonic() - began:.0f} seconds, seed {options.seed}")
    for one in judged:
        if one.is_false_red:
            print(f"\n{one.entry}: {one.test}: {one.mutant.kind}\n{one.mutant.source}")
    return 1 if any(one.is_false_red for one in judged) else 0


async def judge_mutants(
    folder: Path, names: Sequence[str], count: int, seed: int
) -> tuple[JudgedMutant, ...]:
    """`count` mutants of the honest modules of these entries (all when none is named)."""
    project = make_project(folder)
    chosen = chosen_mutants(entries(*names), count, seed)
    slots = asyncio.Semaphore(2)

    async def one(name: str) -> tuple[JudgedMutant, ...]:
        async with slots:
            (entry,) = entries(name)
            judged = await judge(project, entry, chosen[name], seed)
        if sys.stderr.isatty():
            print(f"{name}: {len(judged)}", file=sys.stderr)
        return judged

    groups = await asyncio.gather(*(one(name) for name in chosen))
    return tuple(judged for group in groups for judged in group)


def table(judged: Sequence[JudgedMutant]) -> str:
    """For each kind of mutation: how many, how many accept wrong behaviour, who says so."""
    kinds = sorted({one.mutant.kind for one in judged})
    lines = [_line("mutation", "rows", "accept wrong", "verified", "gate", "false red")]
    for kind in kinds:
        group = [one for one in judged if one.mutant.kind == kind]
        wrong = [one for one in group if one.accepts_wrong]
        counts = Counter(
            name
            for one in wrong
            for name, holds in (
                ("verified", one.verdict != "red"),
                ("gate", bool(one.gate)),
                ("false red", one.is_false_red),
            )
            if holds
        )
        figures = (counts["verified"], counts["gate"], counts["false red"])
        lines.append(_line(kind, str(len(group)), str(len(wrong)), *map(str, figures)))
    return "\n".join(lines)


def summary(judged: Sequence[JudgedMutant]) -> str:
    """The figures in words."""
    wrong = [one for one in judged if one.accepts_wrong]
    unverified = sum(one.verdict == "red" for one in wrong)
    mutants = len({(one.entry, one.test.partition("[")[0]) for one in judged})
    return (
        f"{mutants} mutants in {len(judged)} rows; {len(wrong)} accept wrong behaviour\n"
        f"{unverified} of these come out red; "
        f"{sum(one.is_false_red for one in wrong)} of them the gate does not refuse (must be 0)"
    )


def _line(*cells: str) -> str:
    first, *rest = cells
    return f"{first:<32}" + "".join(f"{cell:>14}" for cell in rest)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.false_red", description=__doc__)
    parser.add_argument("entry", nargs="*", help="a folder of the corpus; all of them if none")
    parser.add_argument("--count", type=int, default=1000, help="how many mutants (1000)")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
