"""What the names in a test module stand for: dotted paths, as far as they can be read off."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redfirst.generation.gate.reach import FunctionNode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from redfirst.spec.model import Spec

_IMPORTERS: Final = frozenset({"importlib.import_module", "import_module", "pytest.importorskip"})


@dataclass(frozen=True, slots=True)
class Names:
    """`bound` maps the names that imports bind (and aliases of them) to dotted paths.

    `local` are the name nodes (by identity) that mean a parameter or variable of a function.
    """

    bound: Mapping[str, str]
    local: frozenset[int] = frozenset()

    def path(self, node: ast.AST | None) -> str | None:
        """The dotted path that an expression names, `None` when it is not a plain reference.

        A name that no import binds stands for itself: `ValueError`, `eval`.
        """
        match node:
            case ast.Name(id=name):
                is_other = name in self.bound and id(node) in self.local
                return None if is_other else self.bound.get(name, name)
            case ast.Attribute(value=value, attr=attr):
                return self._join(value, attr)
            case ast.Call(func=ast.Name(id="getattr"), args=[value, ast.Constant(value=str(attr))]):
                return self._join(value, attr)
            case ast.Call(func=func, args=[ast.Constant(value=str(name)), *_]):
                return name if self.path(func) in _IMPORTERS else None
            case ast.Subscript(value=value, slice=ast.Constant(value=str(name))):
                return name if self.path(value) == "sys.modules" else None
            case _:
                return None

    def _join(self, value: ast.expr, attr: str) -> str | None:
        base = self.path(value)
        return None if base is None else f"{base}.{attr}"

    def is_imported(self, node: ast.AST) -> bool:
        """Whether the path of `node` begins with a name that an import binds."""
        while isinstance(node, ast.Attribute):
            node = node.value
        return not isinstance(node, ast.Name) or node.id in self.bound


def read_names(nodes: Iterable[ast.AST], spec: Spec) -> Names:
    """The names that the imports among `nodes` bind, and plain aliases of the module under test."""
    nodes = tuple(nodes)
    bound: dict[str, str] = {}
    for node in nodes:
        bound.update(_bound_by(node, spec))
    for node in nodes:
        if isinstance(node, ast.Assign):
            path = Names(bound).path(node.value) or ""
            bound.update(dict.fromkeys(_aliased(node, bound, spec), path))
    return Names(bound, frozenset(_local(nodes, bound, spec)))


def _local(nodes: Sequence[ast.AST], bound: Mapping[str, str], spec: Spec) -> Iterator[int]:
    aliases = {name for name, path in bound.items() if path.endswith(f".{spec.import_name}")}
    for node in nodes:
        if not isinstance(node, FunctionNode):
            continue
        inside = list(ast.walk(node))
        stored = {n.id for n in inside if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        parameters = {n.arg for n in inside if isinstance(n, ast.arg)}
        imported = {name for n in inside for name, _ in _bound_by(n, spec)}
        aliased = {name for n in inside for name in _aliased(n, bound, spec)}
        names = (stored | parameters) - imported - aliased - aliases
        yield from (id(n) for n in inside if isinstance(n, ast.Name) and n.id in names)


def _aliased(node: ast.AST, bound: Mapping[str, str], spec: Spec) -> Iterator[str]:
    """The variable that a statement makes another name of the module under test."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            path = Names(bound).path(value)
            if path is not None and is_within(path, spec.module.value):
                yield name
        case _:
            return


def is_within(path: str, module: str) -> bool:
    """Whether `path` is `module` or something in it."""
    return path == module or path.startswith(f"{module}.")


def imported_paths(node: ast.AST, spec: Spec) -> Iterator[tuple[ast.AST, str, str]]:
    """What an import statement imports: the place, the module, and the full path."""
    match node:
        case ast.Import(names=names):
            for alias in names:
                yield alias, alias.name, alias.name
        case ast.ImportFrom(names=names):
            module = _origin(node, spec)
            for alias in names:
                yield alias, module, absolute(node, alias.name, spec)
        case _:
            return


def absolute(node: ast.ImportFrom, name: str, spec: Spec) -> str:
    """The full path of `name` in `from … import name`.

    A relative import that can mean the module under test is taken to mean it.
    """
    if node.level and node.module is None:
        module = spec.module.value
        return module if module.endswith(f".{name}") else f"{'.' * node.level}{name}"
    return f"{_origin(node, spec)}.{name}"


def _origin(node: ast.ImportFrom, spec: Spec) -> str:
    written = node.module or ""
    if not node.level:
        return written
    if written and f".{spec.module.value}".endswith(f".{written}"):
        return spec.module.value
    return "." * node.level + written


def _bound_by(node: ast.AST, spec: Spec) -> Iterator[tuple[str, str]]:
    match node:
        case ast.Import(names=names):
            for alias in names:
                root = alias.name.partition(".")[0]
                yield (alias.asname, alias.name) if alias.asname else (root, root)
        case ast.ImportFrom(names=names):
            for alias in names:
                if alias.name == "*":
                    yield from _bound_by_star(node, spec)
                else:
                    yield alias.asname or alias.name, absolute(node, alias.name, spec)
        case _:
            return


def _bound_by_star(node: ast.ImportFrom, spec: Spec) -> Iterator[tuple[str, str]]:
    module = spec.module.value
    if _origin(node, spec) == module:
        for name in (spec.import_name, *(definition.name.value for definition in spec.types)):
            yield name, f"{module}.{name}"
