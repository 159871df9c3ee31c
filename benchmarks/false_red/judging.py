"""Mutants that accept wrong behaviour, and what verification and the gate say of them."""

from __future__ import annotations

import ast
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks.accuracy.corpus import Label
from benchmarks.accuracy.judging import gate_codes, verify_module
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

    What they accept is found out side by side in one module. They are verified in the place of
    their tests, beside honest ones, as somebody would have them who had weakened one test.
    """
    if not chosen:
        return ()
    source, names = module_with(entry.honest, chosen)
    seen = await _ran(project, entry, source, seed)
    trial = _Trial(seen, {mutant: name for name, mutant in names.items()})
    judged: list[JudgedMutant] = []
    for number, (module, group) in enumerate(modules_with(entry.honest, chosen)):
        report = await verify_module(project, entry, f"mutants_{number}", module)
        judged += _judged(entry, module, group, report, trial)
    return tuple(judged)


@dataclass(frozen=True)
class _Trial:
    """How all tests ended on all implementations, and what the mutants were called there."""

    seen: Outcomes
    names: Mapping[Mutant, str]


async def _ran(project: Project, entry: Entry, source: str, seed: int) -> Outcomes:
    """The outcomes on the right implementation and on wrong ones that no test hangs on."""
    wrong = wrong_implementations(entry.implementation)
    drawn = random.Random(seed).sample(wrong, min(_MOST_WRONG, len(wrong)))
    named = {_RIGHT: entry.implementation, **{f"wrong{n}": text for n, text in enumerate(drawn)}}
    folder = project.root / "trials" / entry.name
    seen = await outcomes(folder, _spec(entry).module.value, source, named)
    return {name: ran for name, ran in seen.items() if "hung" not in ran.values()}


def _judged(
    entry: Entry, source: str, group: Sequence[Mutant], report: SpecReport, trial: _Trial
) -> Iterator[JudgedMutant]:
    lines = _lines(source)
    mutants = {mutant.original: mutant for mutant in group}
    for test in report.tests:
        honest = test.id.partition("::")[2]
        path, bracket, row = honest.partition("[")
        name = path.rpartition("::")[2]
        if (mutant := mutants.get(name)) is None:
            continue
        tried = f"{path.removesuffix(name)}{trial.names[mutant]}{bracket}{row}"
        yield JudgedMutant(
            entry=entry.name,
            test=honest.rpartition("::")[2],
            mutant=mutant,
            accepts_wrong=_accepts_wrong(trial.seen, tried, honest, mutant),
            verdict=test.verdict,
            reason=test.reason,
            gate=gate_codes(report.findings, Label(name, Verdict.RED, mutant.kind, lines[name])),
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
