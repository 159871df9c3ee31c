"""The import block of a generated module: sorted, and only what is used."""

from __future__ import annotations

import ast
import builtins
import sys
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from redfirst.generation.layout import INDENT, fits
from redfirst.generation.syntax import syntax_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.model import Spec

_OWN: Final = {name: f"import {name}" for name in ("asyncio", "pytest", "re")}
_BUILTINS: Final = frozenset(dir(builtins))


@dataclass(frozen=True, slots=True)
class _Import:
    """One name that is imported: `import module` when `name` is `None`."""

    module: str
    name: str | None
    alias: str | None

    @property
    def bound(self) -> str:
        return self.alias or self.name or self.module.partition(".")[0]


def import_lines(used: frozenset[str], spec: Spec) -> list[str]:
    """Statements, in groups with an empty line between, that bind the names in `used`."""
    wanted = {one for name in used for one in _sources(name, spec)}
    lines: list[str] = []
    in_order = sorted(wanted, key=lambda one: _order(one, spec))
    for _, group in groupby(in_order, lambda one: _section(one, spec)):
        lines += [*([""] if lines else []), *_group_lines(list(group))]
    return lines


def bound_names(spec: Spec) -> frozenset[str]:
    """Names that the module may bind at its top: a local variable must not hide them."""
    imported = {one.bound for one in _imports_of(spec)}
    types = {one.name.value for one in spec.types}
    return frozenset({*imported, *types, _reached(spec), *_OWN, *_BUILTINS})


def _sources(name: str, spec: Spec) -> Iterator[_Import]:
    """Where `name` comes from; what nobody defines is taken for a name of the module under test."""
    defined_there = {_reached(spec), *(one.name.value for one in spec.types)}
    imported = [one for one in _imports_of(spec) if one.bound == name]
    if name in defined_there:
        yield _Import(spec.module.value, name, None)
    elif imported:
        yield from imported
    elif name in _OWN:
        yield _Import(name, None, None)
    elif name not in _BUILTINS:
        yield _Import(spec.module.value, name, None)


def _reached(spec: Spec) -> str:
    """The name at the top of the module under test: `Outer` for `Outer.Inner.method`."""
    return spec.function.value.partition(".")[0]


def _imports_of(spec: Spec) -> Iterator[_Import]:
    for statement in spec.imports:
        tree = syntax_tree(statement.value.strip())
        for node in tree.body if tree else []:
            yield from _imports_in(node)


def _imports_in(node: ast.stmt) -> Iterator[_Import]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield _Import(alias.name, None, alias.asname)
    elif isinstance(node, ast.ImportFrom):
        module = "." * node.level + (node.module or "")
        for alias in node.names:
            yield _Import(module, alias.name, alias.asname)


def _section(one: _Import, spec: Spec) -> int:
    """Standard library, third party, the project's own."""
    top = one.module.partition(".")[0]
    if top == spec.module.value.partition(".")[0] or not top:
        return 2
    return 0 if top in sys.stdlib_module_names else 1


def _order(one: _Import, spec: Spec) -> tuple[object, ...]:
    aliased = one.alias or ""
    module = (one.name is not None, one.module.lower(), one.module)
    return _section(one, spec), *module, bool(aliased), _member_order(one.name or ""), aliased


def _member_order(name: str) -> tuple[int, str, str]:
    """Constants, then classes, then the rest: as isort and ruff sort."""
    if name.isupper() and len(name) > 1:
        return 0, name.lower(), name
    return (1 if name[:1].isupper() else 2), name.lower(), name


def _group_lines(group: list[_Import]) -> Iterator[str]:
    for (module, is_plain, alias), ones in groupby(
        group, lambda one: (one.module, one.name is None, one.alias and one)
    ):
        members = [one.name for one in ones if one.name is not None]
        if is_plain:
            yield f"import {module}" + (f" as {alias.alias}" if alias else "")
        elif alias:
            yield f"from {module} import {alias.name} as {alias.alias}"
        else:
            yield from _from_lines(module, members)


def _from_lines(module: str, names: list[str]) -> Iterator[str]:
    line = f"from {module} import {', '.join(names)}"
    if fits(line):
        yield line
        return
    yield f"from {module} import ("
    yield from (f"{INDENT}{name}," for name in names)
    yield ")"
