"""Reads `tests/corpus`: specs, modules, and the label at the end of each test's `def` line."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from redfirst.verification.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CORPUS: Final = Path(__file__).parents[2] / "tests/corpus"

_LABEL: Final = re.compile(
    r"# verdict: (?P<verdict>\w+)(?: rows: (?P<rows>\S+))?(?: kind: (?P<kind>[a-z-]+))?\s*$"
)


@dataclass(frozen=True)
class Label:
    """What a test must be called.

    `rows` maps the id of a parametrised row to its own verdict, where that differs. `lines` are
    the first and the last line of the function, from 1, decorators included.
    """

    test: str
    verdict: Verdict
    kind: str
    lines: tuple[int, int]
    rows: Mapping[str, Verdict] = field(default_factory=dict[str, Verdict])

    def of_row(self, row: str) -> Verdict:
        """The verdict that the row with this id must get; `""` is a test without rows."""
        return self.rows.get(row, self.verdict)


@dataclass(frozen=True)
class Entry:
    """One function of the corpus."""

    folder: Path

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name

    @property
    def spec(self) -> str:
        """The text of the spec."""
        return self._text("spec.yml")

    @property
    def implementation(self) -> str:
        """The text of an implementation that does what the spec says."""
        return self._text("implementation.py")

    @property
    def honest(self) -> str:
        """The text of the module of good tests."""
        return self._text("honest.py")

    @property
    def zoo(self) -> str:
        """The text of the module of bad tests."""
        return self._text("zoo.py")

    def _text(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")


def entries(*names: str) -> tuple[Entry, ...]:
    """The entries with these names; all of them, in order, when none is given."""
    folders = sorted(path.parent for path in CORPUS.glob("*/spec.yml"))
    return tuple(Entry(one) for one in folders if not names or one.name in names)


def labels(source: str) -> dict[str, Label]:
    """The labels of a module by the test's name; `ValueError` for a test without one."""
    lines = source.splitlines()
    return {label.test: label for label in _labels(ast.parse(source), lines)}


def _labels(tree: ast.Module, lines: list[str]) -> Iterator[Label]:
    for node in ast.walk(tree):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        if node.name.startswith("test_"):
            yield _label(node, lines[node.lineno - 1])


def _label(node: ast.FunctionDef | ast.AsyncFunctionDef, line: str) -> Label:
    found = _LABEL.search(line)
    if found is None:
        raise ValueError(f"{node.name} has no label on its first line")
    rows = dict(row.split("=") for row in (found["rows"] or "").split(",") if row)
    first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
    return Label(
        test=node.name,
        verdict=Verdict(found["verdict"]),
        kind=found["kind"] or "honest",
        lines=(first, node.end_lineno or node.lineno),
        rows={row: Verdict(verdict) for row, verdict in rows.items()},
    )
