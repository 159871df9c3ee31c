"""Mutants that accept wrong behaviour, and what verification and the gate say of them."""

from __future__ import annotations

import ast
import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from benchmarks.accuracy.corpus import Label
from benchmarks.accuracy.judging import gate_codes, split_id, verify_module
from benchmarks.false_red.mutants import module_with, modules_with, mutants
from benchmarks.false_red.trial import outcomes
from benchmarks.false_red.wrong import wrong_implementations
from redfirst.spec.document import read_spec
from redfirst.verification.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from benchmarks.accuracy.corpus import Entry
    from benchmarks.false_red.mutants import Mutant
    from benchmarks.false_red.trial import Outcomes
    from redfirst.project.project import Project
    from redfirst.spec.model import Spec
    from redfirst.workflow.report import SpecReport

_RIGHT: Final = "right"
_MOST_WRONG: Final = 20  # implementations of one function
_PASSES: Final = ("passed", "skipped")


@dataclass(frozen=True)
class JudgedMutant:
    """One mutant, or one row of it.

    `accepts_wrong`: it passes on the right implementation and on every wrong one that an assertion
    of the honest test finds out, of which there is at least one.
    """

    entry: str
    test: str
    mutant: Mutant
    accepts_wrong: bool
    verdict: Verdict | None
    reason: str
    gate: tuple[str, ...]

    @property
    def row(self) -> str:
        """The id of the parametrised row; empty when there are no rows."""
        return split_id(f"::{self.test}")[1]

    @property
    def is_false_red(self) -> bool:
        """Whether it is trusted, and must not be."""
        return self.accepts_wrong and self.verdict is Verdict.RED and not self.gate


def chosen_mutants(
    entries: Sequence[Entry], count: int, seed: int
) -> dict[str, tuple[Mutant, ...]]:
    """`count` mutants (or all there are), drawn from all entries alike, by the entry's name."""
    pool = [
        (entry.name, mutant)
        for entry in entries
        for mutant in mutants(entry.honest, _spec(entry).function.value.rpartition(".")[2])
    ]
    drawn = random.Random(seed).sample(pool, min(count, len(pool)))
    return {
        entry.name: tuple(mutant for name, mutant in drawn if name == entry.name)
        for entry in entries
    }


async def judge(
    project: Project, entry: Entry, chosen: Sequence[Mutant], seed: int
) -> tuple[JudgedMutant, ...]:
    """All chosen mutants of one entry.

    They are verified in one module, beside the tests that they were made from. One that comes out
    red is verified once more in the place of its test, where it cannot hide behind it, as somebody
    would have it who had weakened that test. Whatever else was said holds there as well.
    """
    if not chosen:
        return ()
    source, names = module_with(entry.honest, chosen)
    report = await verify_module(project, entry, "mutants", source)
    seen = await _ran(project, entry, source, seed)
    judged = tuple(_judged(entry, source, names, report, seen))
    doubtful = [one.mutant for one in judged if one.is_false_red]
    in_place = await _in_place(project, entry, tuple(dict.fromkeys(doubtful)))
    return tuple(replace(one, **in_place.get((one.mutant, one.row), {})) for one in judged)


async def _in_place(
    project: Project, entry: Entry, chosen: Sequence[Mutant]
) -> dict[tuple[Mutant, str], Mapping[str, Any]]:
    """What is said of the mutants, row by row, when they stand in the place of their tests."""
    said: dict[tuple[Mutant, str], Mapping[str, Any]] = {}
    for number, (source, group) in enumerate(modules_with(entry.honest, chosen)):
        mutants = {one.original: one for one in group}
        report = await verify_module(project, entry, f"in_place_{number}", source)
        for test in report.tests:
            name, row = split_id(test.id)
            if name in mutants:
                said[mutants[name], row] = {"verdict": test.verdict, "reason": test.reason}
    return said


async def _ran(project: Project, entry: Entry, source: str, seed: int) -> Outcomes:
    """The outcomes on the right implementation and on wrong ones that no test hangs on."""
    wrong = wrong_implementations(entry.implementation)
    drawn = random.Random(seed).sample(wrong, min(_MOST_WRONG, len(wrong)))
    named = {_RIGHT: entry.implementation, **{f"wrong{n}": text for n, text in enumerate(drawn)}}
    folder = project.root / "trials" / entry.name
    seen = await outcomes(folder, _spec(entry).module.value, source, named)
    return {name: ran for name, ran in seen.items() if "hung" not in ran.values()}


def _judged(
    entry: Entry, source: str, names: Mapping[str, Mutant], report: SpecReport, seen: Outcomes
) -> Iterator[JudgedMutant]:
    lines = _lines(source)
    for test in report.tests:
        path, _, row = test.id.partition("[")
        path = path.partition("::")[2]
        name = path.rpartition("::")[2]
        if (mutant := names.get(name)) is None:
            continue
        honest = f"{path.removesuffix(name)}{mutant.original}{'[' if row else ''}{row}"
        label = Label(name, Verdict.RED, mutant.kind, lines[name])
        yield JudgedMutant(
            entry=entry.name,
            test=test.id.rpartition("::")[2],
            mutant=mutant,
            accepts_wrong=_accepts_wrong(seen, test.id.partition("::")[2], honest, mutant),
            verdict=test.verdict,
            reason=test.reason,
            gate=gate_codes(report.findings, label),
        )


def _accepts_wrong(seen: Outcomes, test: str, honest: str, mutant: Mutant) -> bool:
    """An error that escapes fails any test: it tells apart only tests that expect an error."""
    killed = ("failed", "raised") if "pytest.raises" in mutant.source else ("failed",)
    killing = [name for name, ran in seen.items() if name != _RIGHT and ran.get(honest) in killed]
    return bool(killing) and all(seen[name].get(test) in _PASSES for name in (_RIGHT, *killing))


def _lines(source: str) -> dict[str, tuple[int, int]]:
    return {
        node.name: (
            min([node.lineno, *(d.lineno for d in node.decorator_list)]),
            node.end_lineno or 0,
        )
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def _spec(entry: Entry) -> Spec:
    spec = read_spec(entry.spec).spec
    if spec is None:
        raise ValueError(f"the spec of {entry.name} cannot be read")
    return spec
