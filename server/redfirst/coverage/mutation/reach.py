"""Which parts of a module make up one function: itself, and what it reaches there by name."""

from __future__ import annotations

import ast
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from redfirst.coverage.outline import FunctionNode

if TYPE_CHECKING:
    from collections.abc import Iterator

Constant = ast.Assign | ast.AnnAssign

_CREATING: Final = {"__init__", "__new__", "__post_init__"}  # called by the name of their class


@dataclass(frozen=True, slots=True)
class Reach:
    """`functions` by their qualified names, the one that was asked for first. `constants` are
    assignments of the module to a name, with the lines of these functions that use the name.
    """

    functions: dict[str, FunctionNode]
    constants: dict[str, tuple[Constant, frozenset[int]]]


def reach(tree: ast.Module, function: str) -> Reach:
    """What `function`, `name` or `Class.method`, reaches; nothing when it is not defined there.

    Names are taken at their word: what is reached by an operator, through a table or by `getattr`
    is not found.
    """
    return _Search(tree).of(function)


@dataclass
class _Search:
    tree: ast.Module
    found: dict[str, FunctionNode] = field(default_factory=dict[str, FunctionNode])
    uses: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    attributes: set[str] = field(default_factory=set[str])
    classes: dict[str, ast.ClassDef] = field(default_factory=dict[str, ast.ClassDef])

    def of(self, function: str) -> Reach:
        owner = function.rpartition(".")[0]
        defined = {**self._functions(), **self._methods()}
        if function not in defined:
            return Reach({}, {})
        if owner:
            self._see_class(owner)
        self._see(function, defined[function])
        while (more := self._next(defined)) is not None:
            self._see(more, defined[more])
        return Reach(self.found, dict(self._constants()))

    def _functions(self) -> dict[str, FunctionNode]:
        return {node.name: node for node in self.tree.body if isinstance(node, FunctionNode)}

    def _methods(self) -> dict[str, FunctionNode]:
        return {
            f"{owner.name}.{node.name}": node
            for owner in self._classes_of_module().values()
            for node in owner.body
            if isinstance(node, FunctionNode)
        }

    def _classes_of_module(self) -> dict[str, ast.ClassDef]:
        return {node.name: node for node in self.tree.body if isinstance(node, ast.ClassDef)}

    def _next(self, defined: dict[str, FunctionNode]) -> str | None:
        waiting = (name for name in defined if name not in self.found)
        return next((name for name in waiting if self._is_reached(name)), None)

    def _is_reached(self, qualified: str) -> bool:
        owner, _, name = qualified.rpartition(".")
        if not owner:
            return name in self.uses
        return owner in self.classes and (name in _CREATING or name in self.attributes)

    def _see(self, qualified: str, function: FunctionNode) -> None:
        self.found[qualified] = function
        for node in _code(function):
            if isinstance(node, ast.Name):
                self.uses[node.id].add(node.lineno)
                self._see_class(node.id)
            elif isinstance(node, ast.Attribute):
                self.attributes.add(node.attr)

    def _see_class(self, name: str) -> None:
        """The class, and those of the module that it is made from."""
        known = self._classes_of_module().get(name)
        if known is None or name in self.classes:
            return
        self.classes[name] = known
        for base in known.bases:
            if isinstance(base, ast.Name):
                self._see_class(base.id)

    def _constants(self) -> Iterator[tuple[str, tuple[Constant, frozenset[int]]]]:
        """A constant that is made from another one hands its users on to it."""
        for node in reversed(self.tree.body):
            name = _constant_name(node)
            if name is None or not self.uses[name]:
                continue
            lines = frozenset(self.uses[name])
            if isinstance(node, Constant):
                yield name, (node, lines)
                for inner in ast.walk(node.value or node):
                    if isinstance(inner, ast.Name) and inner.id != name:
                        self.uses[inner.id] |= lines


def _code(function: FunctionNode) -> Iterator[ast.AST]:
    """What runs when it is called: no annotations, and no decorators."""
    for statement in function.body:
        yield from ast.walk(statement)
    defaults = (*function.args.defaults, *function.args.kw_defaults)
    yield from (default for default in defaults if default is not None)


def _constant_name(node: ast.stmt) -> str | None:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr()):
            return name
        case _:
            return None
