"""Which names a spec may use, and where the standard library keeps those it lacks."""

from __future__ import annotations

import ast
import builtins
import collections.abc
import difflib
import re
import sys
import typing
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from redfirst.spec.syntax import SyntaxFault, parse_expression, parse_module

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from redfirst.spec.model import Located, TypeDefinition

BUILTINS: Final = frozenset(dir(builtins))
BUILTIN_EXCEPTIONS: Final = frozenset(
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
)
_COLLECTIONS: Final = frozenset(name for name in vars(collections.abc) if name[:1].isupper())
# Names that an annotation may use without an import: what they mean is beyond doubt.
TYPING: Final = _COLLECTIONS | {name for name in vars(typing) if name[:1].isupper()}

_HOMES: Final[dict[str, str]] = {
    name: module
    for module, names in {
        "argparse": "ArgumentParser Namespace",
        "asyncio": "CancelledError",
        "collections": "Counter OrderedDict defaultdict deque namedtuple ChainMap",
        "contextlib": "AbstractContextManager AbstractAsyncContextManager ExitStack",
        "dataclasses": "dataclass field replace",
        "datetime": "date datetime time timedelta timezone UTC tzinfo",
        "decimal": "Decimal InvalidOperation DecimalException DivisionByZero",
        "email.message": "EmailMessage Message",
        "enum": "Enum IntEnum StrEnum Flag IntFlag",
        "fractions": "Fraction",
        "functools": "partial",
        "http": "HTTPStatus HTTPMethod",
        "io": "BytesIO StringIO TextIOWrapper",
        "ipaddress": "IPv4Address IPv6Address IPv4Network IPv6Network",
        "json": "JSONDecodeError",
        "logging": "Logger LogRecord Handler",
        "pathlib": "Path PurePath PurePosixPath",
        "queue": "Queue PriorityQueue",
        "random": "Random",
        "sqlite3": "IntegrityError OperationalError",
        "subprocess": "CalledProcessError TimeoutExpired",
        "types": "MappingProxyType ModuleType SimpleNamespace TracebackType",
        "urllib.error": "HTTPError URLError",
        "uuid": "UUID uuid4",
        "zoneinfo": "ZoneInfo ZoneInfoNotFoundError",
    }.items()
    for name in names.split()
}
_VERY_CLOSE: Final = 0.9
_SHORTEST_MISSPELLING: Final = 3
_TYPE_VARIABLE: Final = re.compile(r"[A-Z]\d?|[KV]T|[A-Z]\w*_(?:co|contra)")


def import_line(name: str) -> str | None:
    """The statement that imports `name`, a well-known name or module, from the standard library."""
    root, _, rest = name.partition(".")
    if not rest and root in _HOMES:
        return f"from {_HOMES[root]} import {root}"
    if not rest and root in TYPING:
        return f"from {'collections.abc' if root in _COLLECTIONS else 'typing'} import {root}"
    return f"import {root}" if root in sys.stdlib_module_names else None


def imported_names(imports: Iterable[Located[str]]) -> frozenset[str] | None:
    """The names that the import statements bind; `None` when that cannot be known."""
    names: set[str] = set()
    for line in imports:
        module = parse_module(line.value.strip())
        if isinstance(module, SyntaxFault):
            return None
        for node in ast.walk(module):
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                names |= {alias.asname or alias.name.partition(".")[0] for alias in node.names}
    return None if "*" in names else frozenset(names)


def defined_names(types: Iterable[TypeDefinition]) -> frozenset[str]:
    """The names under `types`."""
    return frozenset(definition.name.value for definition in types)


@lru_cache(maxsize=1024)  # asked for each case with an example, of the same few annotations
def annotation_names(annotation: str) -> tuple[str, ...]:
    """The names that an annotation needs, dotted as written, in order, each once.

    Names inside quoted annotations count, words inside `Literal[...]` do not, nor do names in the
    manner of type variables (`T`, `T_co`). An annotation that is no expression needs none.
    """
    node = parse_expression(annotation)
    if isinstance(node, SyntaxFault):
        return ()
    names = (name for name in _annotation_names(node) if not _TYPE_VARIABLE.fullmatch(name))
    return tuple(dict.fromkeys(names))


def _annotation_names(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id=name):
            yield name
        case ast.Attribute():
            yield dotted_name(node) or ""
        case ast.Constant(value=str(quoted)):
            yield from annotation_names(quoted)
        case ast.Subscript(value=(ast.Name(id=name) | ast.Attribute(attr=name)), slice=inner):
            yield from _annotation_names(node.value)
            yield from _subscript_names(name, inner)
        case ast.Call(func=function):
            yield from _annotation_names(function)
        case _:
            for child in ast.iter_child_nodes(node):
                yield from _annotation_names(child)


def _subscript_names(generic: str, inner: ast.expr) -> Iterator[str]:
    if generic == "Literal":
        return
    if generic == "Annotated" and isinstance(inner, ast.Tuple) and inner.elts:
        inner = inner.elts[0]
    yield from _annotation_names(inner)


@lru_cache(maxsize=4096)  # trees are shared, and never changed: see `parse_module`
def expression_names(node: ast.expr) -> tuple[ast.Name, ...]:
    """The names that an expression reads and does not itself bind (as a loop or a lambda does)."""
    inner = list(ast.walk(node))
    bound = {each.id for each in inner if isinstance(each, ast.Name) and _is_bound(each)}
    bound |= {each.arg for each in inner if isinstance(each, ast.arg)}
    read = (each for each in inner if isinstance(each, ast.Name) and not _is_bound(each))
    return tuple(each for each in read if each.id not in bound)


def _is_bound(name: ast.Name) -> bool:
    return not isinstance(name.ctx, ast.Load)


def dotted_name(node: ast.AST) -> str | None:
    """`a.b.c` as text, when the node is just that."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attribute):
            prefix = dotted_name(value)
            return f"{prefix}.{attribute}" if prefix else None
        case _:
            return None


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` is most likely a misspelling of; `None` rather than a guess."""
    candidates = sorted(known)
    close = difflib.get_close_matches(name, candidates, n=1, cutoff=_VERY_CLOSE)
    return next(
        (each for each in candidates if _is_one_slip(name, each)), close[0] if close else None
    )


def _is_one_slip(name: str, meant: str) -> bool:
    """Whether one letter was left out, added, changed or swapped with the next, or case differs."""
    if len(name) < _SHORTEST_MISSPELLING:
        return False
    if name.lower() == meant.lower():
        return True
    if abs(len(name) - len(meant)) > 1:
        return False
    start = next(
        (i for i, pair in enumerate(zip(name, meant, strict=False)) if pair[0] != pair[1]), -1
    )
    if start < 0:
        return len(name) != len(meant)
    rest, other = name[start:], meant[start:]
    swapped = rest[1:2] + rest[:1] + rest[2:]
    return other in {rest[1:], swapped} or rest == other[1:] or rest[1:] == other[1:]


def listed(names: Iterable[str]) -> str:
    """Names in backticks as prose: `a`, `b` and `c`."""
    quoted = [f"`{name}`" for name in names]
    return " and ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))
