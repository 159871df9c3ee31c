"""Tests that leave nothing behind, once with a process for each stub and once with one for all."""

from __future__ import annotations

import ast
import re
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.accuracy.corpus import entries
from redfirst.generation.from_examples import write_tests
from redfirst.generation.links import linked_tests
from redfirst.project.probe_client import Probe
from redfirst.spec.document import read_spec
from redfirst.verification.repeatable import is_repeatable
from redfirst.verification.stub_source import stub_module
from redfirst.verification.stubs import make_stubs
from redfirst.workflow.observe import Trial, observe
from redfirst.workflow.progress import Silent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.model import Spec
    from redfirst.verification.observation import Observation
    from redfirst.workflow.observe import Observed

_TEST_FILE: Final = "test_it.py"
_LIMIT: Final = 10.0  # seconds
_ADDRESS: Final = re.compile("0x[0-9a-f]+")

Cells = dict[tuple[str, str, str], "Observation"]


@dataclass(frozen=True)
class Compared:
    """`accepted` of a module's `tests` are repeatable; a cell is what one did on one stub."""

    tests: int
    accepted: int
    cells: int
    differences: tuple[str, ...]


async def compare_corpus() -> Compared:
    """Every module of the corpus, and those that are generated from its specs."""
    found = [await compare(source, spec) for spec, source in _modules()]
    return Compared(
        tests=sum(one.tests for one in found),
        accepted=sum(one.accepted for one in found),
        cells=sum(one.cells for one in found),
        differences=tuple(line for one in found for line in one.differences),
    )


async def compare(source: str, spec: Spec, limit: float = _LIMIT) -> Compared:
    """The tests of the module that are repeatable, both ways. Hash seeds must be the same."""
    body = ast.parse(source).body
    imports = [one for one in body if isinstance(one, ast.Import | ast.ImportFrom)]
    tests = [one for one in body if isinstance(one, ast.FunctionDef)]
    accepted = [one for one in tests if is_repeatable(_text(*imports, one), spec)]
    if not accepted:
        return Compared(len(tests), 0, 0, ())
    text = _text(*imports, *accepted)
    together = await cells(text, spec, limit, is_repeatable=True)
    apart = await cells(text, spec, limit, is_repeatable=False)
    differences = tuple(
        f"{' '.join(cell)}: {together.get(cell)}, not {apart.get(cell)}"
        for cell in sorted(together.keys() | apart.keys())
        if together.get(cell) != apart.get(cell)
    )
    return Compared(len(tests), len(accepted), len(apart), differences)


async def cells(source: str, spec: Spec, limit: float, *, is_repeatable: bool) -> Cells:
    """What each test did on each stub, forwards and backwards; times and addresses aside."""
    stubs = make_stubs(spec)
    links = {link.name: link for link in linked_tests(source)}
    text = stub_module(spec, stubs)
    trial = Trial(_TEST_FILE, spec.module.value, text, limit, links, is_repeatable)
    with tempfile.TemporaryDirectory() as made:
        (Path(made) / _TEST_FILE).write_text(source, encoding="utf-8")
        observed = await observe(Probe(Path(sys.executable), Path(made)), trial, stubs, Silent())
    return dict(_cells(observed))


def _cells(observed: Observed) -> Iterator[tuple[tuple[str, str, str], Observation]]:
    for order, seen in (("forwards", observed.seen), ("backwards", observed.backwards)):
        for test, by_stub in seen.items():
            for stub, one in by_stub.items():
                message = _ADDRESS.sub("0x", one.message)
                yield (test, stub, order), replace(one, seconds=0.0, message=message)


def _modules() -> Iterator[tuple[Spec, str]]:
    for entry in entries():
        spec = read_spec(entry.spec).spec
        if spec is not None:
            for source in (entry.honest, entry.zoo, write_tests(spec).body):
                yield spec, source


def _text(*statements: ast.stmt) -> str:
    return ast.unparse(ast.Module([*statements], []))
