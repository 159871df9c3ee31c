"""Good tests of one draft and new ones of another, put together into one module."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from redfirst.generation.links import linked_tests
from redfirst.generation.syntax import syntax_tree

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

_FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)
_NAMED: Final = (*_FUNCTIONS, ast.ClassDef)


@dataclass(frozen=True, slots=True)
class Part:
    """A statement at the top of a module, with the comments above it.

    `defines` and `uses` are names. `cases` are the ids of the cases that it tests, none if it is no
    test.
    """

    source: str
    node: ast.stmt
    defines: frozenset[str]
    uses: frozenset[str]
    cases: frozenset[str]

    @property
    def is_import(self) -> bool:
        """It only brings names in."""
        return isinstance(self.node, ast.Import | ast.ImportFrom)

    @property
    def is_test(self) -> bool:
        """Whether pytest would collect it."""
        return isinstance(self.node, _NAMED) and self.node.name.lower().startswith("test")


def parts_of(body: str) -> tuple[Part, ...]:
    """The parts of a module without its docstring; none when Python cannot read it."""
    tree = syntax_tree(body)
    if tree is None:
        return ()
    lines = body.splitlines(keepends=True)
    cases = _cases(body)
    parts: list[Part] = []
    end = 0
    for node in tree.body:
        start, end = end, node.end_lineno or len(lines)
        source = "".join(lines[start:end]).strip("\n")
        if not _is_docstring(node) and source:
            parts.append(
                Part(source, node, _defined(node), _used(node), cases.get(_name(node), frozenset()))
            )
    return tuple(parts)


def parts_testing(parts: Iterable[Part], cases: Collection[str]) -> tuple[Part, ...]:
    """The tests of these cases, with what they need: nothing of what only others needed.

    A class whose tests are of other cases too is left out.
    """
    every = tuple(parts)
    tests = [part for part in every if part.is_test and part.cases and part.cases <= set(cases)]
    needed = {name for part in tests for name in part.uses}
    others = [part for part in every if not part.is_test]
    while (
        added := {name for part in others if part.defines & needed for name in part.uses} - needed
    ):
        needed |= added
    kept = {id(part) for part in others if part.defines & needed or _is_future(part)}
    kept |= {id(part) for part in tests}
    return tuple(part for part in every if id(part) in kept)


def together(kept: Sequence[Part], new: Sequence[Part], order: Sequence[str]) -> str | None:
    """One module's body: imports, the rest, then the tests in the order of the cases.

    `None` when the two give different things the same name. A new test whose name is taken gets
    another one.
    """
    taken = {_name(part.node) for part in kept if part.is_test}
    fresh = [_renamed(part, taken) for part in new]
    helpers = [part for part in (*kept, *fresh) if not part.is_import and not part.is_test]
    if _disagree([*kept, *fresh]):
        return None
    places = {case: place for place, case in enumerate(order)}

    def place(part: Part) -> int:
        return min((places.get(case, len(places)) for case in part.cases), default=-1)

    tests = sorted((part for part in (*kept, *fresh) if part.is_test), key=place)
    every = dict.fromkeys(part.source for part in (*kept, *fresh) if part.is_import)
    imports = sorted(every, key=_is_late)
    others = list(dict.fromkeys(part.source for part in helpers))
    head = "\n".join(imports)
    return "\n\n\n".join(filter(None, [head, *others, *(part.source for part in tests)])) + "\n"


def _is_late(source: str) -> bool:
    """Python wants imports from `__future__` to be the first ones."""
    return "__future__" not in source


def _disagree(parts: Iterable[Part]) -> bool:
    """Two parts that are not the same define the same name."""
    said: dict[str, str] = {}
    for part in parts:
        for name in part.defines:
            if said.setdefault(name, _meaning(part, name)) != _meaning(part, name):
                return True
    return False


def _meaning(part: Part, name: str) -> str:
    """Two imports agree when they bring the same thing in under the same name."""
    match part.node:
        case ast.ImportFrom(module=module, names=aliases):
            bound = {alias.asname or alias.name: alias.name for alias in aliases}
            return f"from {module} import {bound.get(name, '*')}"
        case ast.Import(names=aliases):
            bound = {alias.asname or alias.name.partition(".")[0]: alias for alias in aliases}
            alias = bound[name]
            return f"import {alias.name if alias.asname else name}"
        case _:
            return part.source


def _renamed(part: Part, taken: Collection[str]) -> Part:
    name = _name(part.node)
    if not part.is_test or name not in taken or not isinstance(part.node, _FUNCTIONS):
        return part
    number = 2
    while f"{name}_{number}" in taken:
        number += 1
    new = f"{name}_{number}"
    source = part.source.replace(f"def {name}(", f"def {new}(", 1)
    return replace(part, source=source, defines=frozenset({new}))


def _cases(body: str) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for link in linked_tests(body):
        if link.case is not None:
            found.setdefault(link.name.partition("::")[0], set()).add(link.case)
    return {name: frozenset(cases) for name, cases in found.items()}


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_future(part: Part) -> bool:
    return isinstance(part.node, ast.ImportFrom) and part.node.module == "__future__"


def _name(node: ast.stmt) -> str:
    return str(getattr(node, "name", ""))


def _defined(node: ast.stmt) -> frozenset[str]:
    return frozenset(_definitions(node))


def _definitions(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.Import(names=aliases):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in aliases)
        case ast.ImportFrom(names=aliases):
            yield from (alias.asname or alias.name for alias in aliases)
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name
        case _:
            stored = [part for part in ast.walk(node) if isinstance(part, ast.Name)]
            yield from (part.id for part in stored if isinstance(part.ctx, ast.Store))


def _used(node: ast.stmt) -> frozenset[str]:
    return frozenset(name.id for name in ast.walk(node) if isinstance(name, ast.Name)) | frozenset(
        argument.arg for argument in ast.walk(node) if isinstance(argument, ast.arg)
    )
