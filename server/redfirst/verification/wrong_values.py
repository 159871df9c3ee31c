"""Two wrong values of the right type: the typed pair that tells a weak test from a narrow one.

A test that passes when the function returns `0` may be right (the answer may be 0). A test that
passes both for `0` and for `1` does not look at the answer. Prior art: extreme mutation
(Niedermayr, "Will my tests tell me if I break this code?", 2016) and Descartes' operators.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from redfirst.spec.model import TypeKind
from redfirst.spec.python_source import UNREADABLE, read_expression

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redfirst.spec.model import TypeDefinition

_DEEPEST: Final = 4

_SCALARS: Final = {
    "int": ("0", "1"),
    "float": ("0.0", "1.0"),
    "complex": ("0j", "1j"),
    "bool": ("False", "True"),
    "str": ("''", "'A'"),
    "LiteralString": ("''", "'A'"),
    "bytes": ("b''", "b'A'"),
    "bytearray": ("bytearray()", "bytearray(b'A')"),
    "Decimal": ("_decimal.Decimal(0)", "_decimal.Decimal(1)"),
    "Fraction": ("_fractions.Fraction(0)", "_fractions.Fraction(1)"),
    "date": ("_datetime.date(1970, 1, 1)", "_datetime.date(2000, 1, 2)"),
    "datetime": ("_datetime.datetime(1970, 1, 1)", "_datetime.datetime(2000, 1, 2)"),
    "time": ("_datetime.time(0)", "_datetime.time(1)"),
    "timedelta": ("_datetime.timedelta(0)", "_datetime.timedelta(1)"),
    "UUID": ("_uuid.UUID(int=0)", "_uuid.UUID(int=1)"),
    "Path": ("_pathlib.Path('.')", "_pathlib.Path('A')"),
    "range": ("range(0)", "range(1)"),
}
_COLLECTIONS: Final = {
    "list": ("[]", "[{item}]"),
    "List": ("[]", "[{item}]"),
    "Sequence": ("[]", "[{item}]"),
    "MutableSequence": ("[]", "[{item}]"),
    "Iterable": ("[]", "[{item}]"),
    "Collection": ("[]", "[{item}]"),
    "set": ("set()", "{{{item}}}"),
    "Set": ("set()", "{{{item}}}"),
    "MutableSet": ("set()", "{{{item}}}"),
    "frozenset": ("frozenset()", "frozenset([{item}])"),
    "FrozenSet": ("frozenset()", "frozenset([{item}])"),
    "AbstractSet": ("frozenset()", "frozenset([{item}])"),
    "deque": ("_collections.deque()", "_collections.deque([{item}])"),
    "Counter": ("_collections.Counter()", "_collections.Counter([{item}])"),
    "Iterator": ("iter(())", "iter(({item},))"),
    "Generator": ("iter(())", "iter(({item},))"),
    "AsyncIterator": ("__redfirst__.aiter(())", "__redfirst__.aiter(({item},))"),
    "AsyncIterable": ("__redfirst__.aiter(())", "__redfirst__.aiter(({item},))"),
    "AsyncGenerator": ("__redfirst__.aiter(())", "__redfirst__.aiter(({item},))"),
}
_HASHING: Final = frozenset(
    {"set", "Set", "MutableSet", "frozenset", "FrozenSet", "AbstractSet", "Counter"}
)
_CHANGEABLE: Final = frozenset(
    {
        *("bytearray", "list", "List", "Sequence", "MutableSequence", "Iterable", "Collection"),
        *("set", "Set", "MutableSet", "deque", "Counter"),
    }
)
_MAPPINGS: Final = frozenset(
    {"dict", "Dict", "Mapping", "MutableMapping", "defaultdict", "OrderedDict"}
)
_CONTEXTS: Final = frozenset({"ContextManager", "AbstractContextManager"})
_TRANSPARENT: Final = frozenset({"Annotated", "Final", "ClassVar", "Required", "NotRequired"})


@dataclass(frozen=True, slots=True)
class WrongValues:
    """Python source of the two values; they differ from each other in every part they have.

    `filled` may stand in a set, or as a key, if it is `hashable`.
    """

    empty: str
    filled: str
    hashable: bool = True


OPAQUE: Final = WrongValues("__redfirst__.nothing()", "__redfirst__.opaque('filled')")
"""For a type that nothing is known of: two objects that equal nothing but themselves, and of which
one is false and one is true, so that `assert f(x)` is not held against a test."""


def wrong_values(annotation: str | None, types: Mapping[str, TypeDefinition]) -> WrongValues:
    """The pair for an annotation as written in the spec, `types` being the spec's own."""
    return _Pairs(types).of_source(annotation, 0)


@dataclass(frozen=True, slots=True)
class _Pairs:
    types: Mapping[str, TypeDefinition]

    def of_source(self, source: str | None, depth: int) -> WrongValues:
        if source is None or depth > _DEEPEST:
            return OPAQUE
        try:
            node = read_expression(source)
        except UNREADABLE:
            return OPAQUE
        return self.of_node(node, depth)

    def of_node(self, node: ast.expr, depth: int) -> WrongValues:  # noqa: PLR0911 - a table
        match node:
            case ast.Constant(value=None):
                return WrongValues("None", OPAQUE.filled)
            case ast.Constant(value=str(text)):
                return self.of_source(text, depth + 1)
            case ast.BinOp(op=ast.BitOr()):
                return self._union(_alternatives(node), depth)
            case ast.Name() | ast.Attribute():
                return self._named(_last_name(node), (), depth)
            case ast.Subscript(value=base, slice=ast.Tuple(elts=arguments)):
                return self._named(_last_name(base), tuple(arguments), depth)
            case ast.Subscript(value=base, slice=argument):
                return self._named(_last_name(base), (argument,), depth)
            case _:
                return OPAQUE

    def _named(self, name: str, arguments: tuple[ast.expr, ...], depth: int) -> WrongValues:
        if (definition := self.types.get(name)) is not None:
            return self._defined(definition, depth)
        hashable = name not in _CHANGEABLE
        if name in _SCALARS:
            return WrongValues(*_SCALARS[name], hashable)
        if name in _COLLECTIONS:
            empty, filled = _COLLECTIONS[name]
            choose = self._key if name in _HASHING else self._item
            return WrongValues(empty, filled.format(item=choose(arguments, depth)), hashable)
        if name in _MAPPINGS:
            key, value = self._key(arguments, depth), self._argument(arguments, 1, depth).filled
            return WrongValues("{}", f"{{{key}: {value}}}", hashable=False)
        return self._special(name, arguments, depth)

    def _special(  # noqa: PLR0911 - a table
        self, name: str, arguments: tuple[ast.expr, ...], depth: int
    ) -> WrongValues:
        match name:
            case "Optional":
                return self._union((*arguments, ast.Constant(None)), depth)
            case "Union":
                return self._union(arguments, depth)
            case "Literal":
                return _literal(arguments)
            case "tuple" | "Tuple":
                return self._tuple(arguments, depth)
            case "Callable":
                result = self._argument(arguments, 1, depth)
                return WrongValues(
                    f"lambda *_, **__: {result.empty}", f"lambda *_, **__: {result.filled}"
                )
            case _ if name in _CONTEXTS:
                inner = self._argument(arguments, 0, depth)
                return WrongValues(
                    f"_contextlib.nullcontext({inner.empty})",
                    f"_contextlib.nullcontext({inner.filled})",
                )
            case _ if name in _TRANSPARENT:
                return self._argument(arguments, 0, depth)
            case _:
                return OPAQUE

    def _defined(self, definition: TypeDefinition, depth: int) -> WrongValues:
        match definition.kind:
            case TypeKind.RECORD:
                return self._record(definition, depth)
            case TypeKind.ENUM:
                return _enum(definition)
            case TypeKind.ALIAS:
                return self.of_source(definition.target, depth + 1)
            case _:
                return OPAQUE

    def _record(self, definition: TypeDefinition, depth: int) -> WrongValues:
        fields = [(f.name, self.of_source(f.annotation, depth + 1)) for f in definition.fields]
        name = definition.name.value
        if not fields:
            return OPAQUE
        return WrongValues(
            f"{name}({', '.join(f'{field}={pair.empty}' for field, pair in fields)})",
            f"{name}({', '.join(f'{field}={pair.filled}' for field, pair in fields)})",
            definition.frozen and all(pair.hashable for _, pair in fields),
        )

    def _union(self, alternatives: tuple[ast.expr, ...], depth: int) -> WrongValues:
        """Of an answer that may be None, two that are not: `is not None` looks at neither.

        Inside of another value None stays one of the two, so that a type may contain itself.
        """
        real = [one for one in alternatives if not _is_none(one)]
        if not real:
            return OPAQUE
        first, last = (self.of_node(one, depth + 1) for one in (real[0], real[-1]))
        pair = WrongValues(first.empty, last.filled, last.hashable)
        if len(real) == len(alternatives) or (depth == 0 and pair != OPAQUE):
            return pair
        return replace(pair, empty="None")

    def _tuple(self, arguments: tuple[ast.expr, ...], depth: int) -> WrongValues:
        match arguments:
            case (item, ast.Constant(value=value)) if value is ...:
                inner = self.of_node(item, depth + 1)
                return WrongValues("()", f"({inner.filled},)", inner.hashable)
            case ():
                return WrongValues("()", f"({OPAQUE.filled},)")
            case _:
                pairs = [self.of_node(item, depth + 1) for item in arguments]
                return WrongValues(
                    f"({', '.join(pair.empty for pair in pairs)},)",
                    f"({', '.join(pair.filled for pair in pairs)},)",
                    all(pair.hashable for pair in pairs),
                )

    def _argument(self, arguments: tuple[ast.expr, ...], index: int, depth: int) -> WrongValues:
        return self.of_node(arguments[index], depth + 1) if index < len(arguments) else OPAQUE

    def _item(self, arguments: tuple[ast.expr, ...], depth: int) -> str:
        return self._argument(arguments, 0, depth).filled

    def _key(self, arguments: tuple[ast.expr, ...], depth: int) -> str:
        """As `_item`; a stub that cannot make its own value would fail every test."""
        pair = self._argument(arguments, 0, depth)
        return pair.filled if pair.hashable else OPAQUE.filled


def _enum(definition: TypeDefinition) -> WrongValues:
    """Two members; one with the value of an earlier member is that very member."""
    members: dict[str, str] = {}
    for member, value in definition.members:
        members.setdefault(value, f"{definition.name.value}.{member}")
    return _first_and_last([*members.values()])


def _literal(arguments: tuple[ast.expr, ...]) -> WrongValues:
    return _first_and_last([*dict.fromkeys(map(ast.unparse, arguments))])


def _first_and_last(different: list[str]) -> WrongValues:
    return WrongValues(different[0], different[-1]) if len(different) > 1 else OPAQUE


def _alternatives(node: ast.expr) -> tuple[ast.expr, ...]:
    match node:
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            return (*_alternatives(left), *_alternatives(right))
        case _:
            return (node,)


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _last_name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""
