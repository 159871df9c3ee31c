"""Whether tests may meet one stub after the other in the same process.

As a rule each stub gets a process of its own: what a test leaves behind (a cache, a global, a
file) must not decide what it does on the next stub. A test module of which it can be *proven* that
its tests leave nothing behind needs no such care. The proof is a list of what such a module may
consist of; whatever is not on it, however harmless, makes the answer no.

Invariant: everything that can be changed and that a test can reach was made by that very call of
the test, or by the stub in answer to it.
"""

from __future__ import annotations

import ast
import builtins
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redfirst.spec.model import TypeKind
from redfirst.spec.names import imported_names
from redfirst.spec.python_source import UNREADABLE, read_expression, read_module
from redfirst.verification.stateless import (
    ATTRIBUTES,
    BUILTINS,
    CHANGING,
    IMMUTABLE,
    MODULES,
    READ_SAFELY,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from redfirst.spec.model import Example, Spec, TypeDefinition

_ENDS_A_SESSION: Final = frozenset(
    {"BaseException", "GeneratorExit", "KeyboardInterrupt", "SystemExit"}
)
_STATEMENTS: Final = (
    ast.AnnAssign,
    ast.Assert,
    ast.Assign,
    ast.AugAssign,
    ast.Break,
    ast.Continue,
    ast.Delete,
    ast.ExceptHandler,
    ast.Expr,
    ast.For,
    ast.FunctionDef,
    ast.If,
    ast.Match,
    ast.Pass,
    ast.Raise,
    ast.Return,
    ast.Try,
    ast.TryStar,
    ast.While,
    ast.With,
    ast.arg,
    ast.arguments,
    ast.match_case,
    ast.pattern,
    ast.withitem,
)
_VALUES: Final = (
    ast.Constant,
    ast.Dict,
    ast.List,
    ast.Name,
    ast.Set,
    ast.Tuple,
    ast.UnaryOp,
    ast.expr_context,
    ast.keyword,
    ast.unaryop,
)
_EXPRESSIONS: Final = (
    *_VALUES,
    ast.Attribute,
    ast.BinOp,
    ast.BoolOp,
    ast.Call,
    ast.Compare,
    ast.DictComp,
    ast.FormattedValue,
    ast.GeneratorExp,
    ast.IfExp,
    ast.JoinedStr,
    ast.Lambda,
    ast.ListComp,
    ast.NamedExpr,
    ast.SetComp,
    ast.Slice,
    ast.Starred,
    ast.Subscript,
    ast.boolop,
    ast.cmpop,
    ast.comprehension,
    ast.operator,
)
_TYPES: Final = (
    ast.Attribute,
    ast.BinOp,
    ast.BitOr,
    ast.Constant,
    ast.List,
    ast.Load,
    ast.Name,
    ast.Subscript,
    ast.Tuple,
)
_INWARD: Final = ("_", "ag_", "co_", "cr_", "f_", "gi_", "tb", "traceback")  # towards frames


def is_repeatable(source: str, spec: Spec) -> bool:
    """Whether nothing that a test of the module `source` does can be noticed by the next one."""
    try:
        tree = read_module(source)
        if not _remembers_nothing(spec):
            return False
    except UNREADABLE:
        return False
    known = _known(tree.body, spec)
    return known is not None and all(
        _is_closed(statement, known, spec)
        for statement in tree.body
        if isinstance(statement, ast.FunctionDef)
    )


# The spec: what the stubs are made from.


def _remembers_nothing(spec: Spec) -> bool:
    """Whether a stub is after each call what it was before. `SyntaxError` for unreadable texts."""
    signature = spec.signature.value
    if signature.is_async or any(error.type_name in _ENDS_A_SESSION for _, error in spec.errors()):
        return False
    defaults = (one.default for one in signature.parameters if one.default is not None)
    return (
        all(_is_shared_safely(read_expression(default), spec) for default in defaults)
        and all(_type_remembers_nothing(definition) for definition in spec.types)
        and _examples_stay_inside(spec)
    )


def _is_shared_safely(value: ast.expr, spec: Spec) -> bool:
    """Whether every call may be given this very object."""
    enums = {one.name.value for one in spec.types if one.kind is TypeKind.ENUM}
    match value:
        case ast.Attribute(value=ast.Name(id=name)):
            return name in enums
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]):
            return name in IMMUTABLE and all(map(_is_plain, arguments))
        case _:
            return _is_plain(value)


def _type_remembers_nothing(definition: TypeDefinition) -> bool:
    match definition.kind:
        case TypeKind.ENUM:
            return all(_is_plain(read_expression(value)) for _, value in definition.members)
        case TypeKind.ALIAS:
            target = read_expression(definition.target or "None")
            return not isinstance(target, ast.List | ast.Tuple) and _is_type(target)
        case TypeKind.RECORD | TypeKind.EXCEPTION:
            return True


def _examples_stay_inside(spec: Spec) -> bool:
    statements = [node for one in spec.imports for node in read_module(one.value).body]
    imported = _Known({}, BUILTINS, frozenset(), _words_of(spec))
    for statement in statements:
        added = _with_import(imported, statement, spec)
        if added is None:
            return False
        imported = added
    nodes = [node for text in _texts(spec) for node in ast.walk(read_expression(text))]
    free = {node.id for node in nodes if isinstance(node, ast.Name) and node.id[0] != "_"}
    return _stay_inside(nodes, imported.having(free - _of_python()))


def _texts(spec: Spec) -> Iterator[str]:
    for definition in spec.types:
        yield from (field.default for field in definition.fields if field.default is not None)
    for example in _examples(spec):
        yield example.call.value
        yield from (text.value for _, text in (*example.given, *example.after))
        if example.returns is not None:
            yield example.returns.value


def _examples(spec: Spec) -> Iterator[Example]:
    for case in spec.cases:
        yield from case.examples


# The module: its imports and nothing but tests.


@dataclass(frozen=True, slots=True)
class _Known:
    """What names stand for: modules by their alias, everything else that is safe to reach.

    `makers` are the classes whose objects can be read without changing them. `attributes` may be
    asked for on any object.
    """

    modules: Mapping[str, str]
    names: frozenset[str]
    makers: frozenset[str]
    attributes: frozenset[str]

    def having(self, names: Iterable[str]) -> _Known:
        """With names that were bound without an import."""
        return _Known(self.modules, self.names.union(names), self.makers, self.attributes)


def _known(statements: list[ast.stmt], spec: Spec) -> _Known | None:
    """What the tests of a module may use; `None` when it holds more than imports and tests."""
    known: _Known | None = _Known({}, BUILTINS, READ_SAFELY & BUILTINS, _words_of(spec))
    for statement in statements:
        match statement:
            case ast.Expr(value=ast.Constant()):
                pass
            case ast.FunctionDef(name=name) if name.startswith("test"):
                known = known.having({name})
            case _:
                known = _with_import(known, statement, spec)
        if known is None:
            return None
    return known


def _with_import(known: _Known, statement: ast.stmt, spec: Spec) -> _Known | None:
    match statement:
        case ast.Import(names=names) if all(one.name in MODULES for one in names):
            modules = {one.asname or one.name: one.name for one in names}
            return _Known({**known.modules, **modules}, known.names, known.makers, known.attributes)
        case ast.ImportFrom(module=str() as module, names=names, level=0):
            allowed, making = _offer(module, names, spec)
            if not all(one.name in allowed for one in names):
                return None
            made = {one.asname or one.name for one in names if one.name in making}
            bound = known.having(one.asname or one.name for one in names)
            return _Known(known.modules, bound.names, known.makers | made, known.attributes)
        case _:
            return None


def _offer(
    module: str, names: list[ast.alias], spec: Spec
) -> tuple[frozenset[str], frozenset[str]]:
    """The names that a module has for tests, and which of them make values."""
    if module != spec.module.value:
        offered = MODULES.get(module, frozenset())
        return offered, offered & READ_SAFELY
    types = frozenset(one.name.value for one in spec.types)
    if not spec.types:  # a stub then has a class of any name
        imported = imported_names(spec.imports) or frozenset()
        types = frozenset(
            one.name
            for one in names
            if one.name not in imported and one.name != "*" and not one.name.startswith("_")
        )
    errors = frozenset(error.type_name for _, error in spec.errors())
    return types | errors | {spec.import_name}, types - errors - {spec.function.value}


def _words_of(spec: Spec) -> frozenset[str]:
    """The attributes that a test may ask for: those of known types, and those that the spec has."""
    words = {spec.signature.value.name, *(one.name for one in spec.signature.value.parameters)}
    for definition in spec.types:
        words.update(field.name for field in definition.fields)
        words.update(name for name, _ in definition.members)
    for text in _texts(spec):
        for node in ast.walk(read_expression(text)):
            match node:
                case ast.keyword(arg=str() as name) | ast.Attribute(attr=name):
                    words.add(name)
                case _:
                    pass
    return ATTRIBUTES | {word for word in words if not word.startswith(_INWARD)}


# A test.


def _is_closed(test: ast.FunctionDef, known: _Known, spec: Spec) -> bool:
    """Whether the test keeps to itself, and finds its rows as every call before found them."""
    given = test.args
    if given.vararg or given.kwarg or given.defaults or given.kw_defaults or given.posonlyargs:
        return False
    if getattr(test, "type_params", []) or not all(map(_is_type, _annotations(test))):
        return False
    rows = [_rows(decorator, known) for decorator in test.decorator_list]
    named = {name for row in rows if row for name in row.names}
    if None in rows or {argument.arg for argument in given.args} != named:
        return False
    nodes = [node for statement in test.body for node in ast.walk(statement)]
    own = {name for node in nodes for name in _bound(node)} | named
    if not _stay_inside(nodes, known.having(own - _of_python())):
        return False
    return all(row.is_plain for row in rows if row) or _leave_rows_alone(nodes, known, spec)


def _annotations(test: ast.FunctionDef) -> Iterator[ast.expr]:
    for annotation in (*(argument.annotation for argument in test.args.args), test.returns):
        if annotation is not None:
            yield annotation


def _is_type(annotation: ast.expr) -> bool:
    return all(isinstance(node, _TYPES) for node in ast.walk(annotation))


def _of_python() -> frozenset[str]:
    """Names that mean something else where nobody has bound them."""
    return frozenset(vars(builtins))


def _bound(node: ast.AST) -> Iterator[str]:
    """The names that a node of a test's body binds, there or in a function inside."""
    match node:
        case ast.Name(id=name, ctx=ast.Store()) | ast.FunctionDef(name=name) | ast.arg(arg=name):
            yield name
        case ast.ExceptHandler(name=str() as name):
            yield name
        case ast.MatchAs(name=str() as name) | ast.MatchStar(name=str() as name):
            yield name
        case ast.MatchMapping(rest=str() as name):
            yield name
        case _:
            pass


def _stay_inside(nodes: list[ast.AST], known: _Known) -> bool:
    owners = {id(node.value) for node in nodes if isinstance(node, ast.Attribute)}
    return all(_stays_inside(node, known, id(node) in owners) for node in nodes)


def _stays_inside(node: ast.AST, known: _Known, owns: object) -> bool:
    match node:
        case ast.Name(id=name) if name in known.modules:
            return bool(owns)  # a module with another name would be one that nobody looks after
        case ast.Name(id=name):
            return name in known.names and not name.startswith("__")
        case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner in known.modules:
            return name in MODULES[known.modules[owner]] and isinstance(node.ctx, ast.Load)
        case ast.Attribute(attr=name, ctx=context):
            return name in known.attributes and isinstance(context, ast.Load)
        case ast.MatchClass(kwd_attrs=names):
            return known.attributes.issuperset(names)
        case _:
            return isinstance(node, (*_STATEMENTS, *_EXPRESSIONS))


# Its rows: the same objects for every stub.


@dataclass(frozen=True, slots=True)
class _Rows:
    """The arguments that a decorator gives to a test. Plain ones nobody can change."""

    names: tuple[str, ...]
    is_plain: bool


def _rows(decorator: ast.expr, known: _Known) -> _Rows | None:
    """What a `pytest.mark.parametrize` of literals and constructors gives; `None` for all else."""
    match decorator:
        case ast.Call(
            func=ast.Attribute(
                value=ast.Attribute(value=ast.Name(id=pytest), attr="mark"), attr="parametrize"
            ),
            args=[named, ast.List(elts=rows)],
            keywords=[] | [ast.keyword(arg="ids")] as keywords,
        ) if known.modules.get(pytest) == "pytest":
            values = [*rows, *(keyword.value for keyword in keywords)]
            names = _names(named)
        case _:
            return None
    if not all(_is_value(value, known) for value in values):
        return None
    return _Rows(names, all(map(_is_plain, rows)))


def _names(named: ast.expr) -> tuple[str, ...]:
    match named:
        case ast.Constant(value=str() as text):
            return tuple(name.strip() for name in text.split(","))
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            return tuple(name for each in elements for name in _names(each))
        case _:
            return ()


def _is_value(node: ast.AST, known: _Known) -> bool:
    """Whether it is made of literals, of objects that are safely read, and of nothing shared."""
    match node:
        case ast.Name(id=name):
            return name in known.names and name not in known.modules
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=keywords):
            return name in known.makers and _are_values((*arguments, *keywords), known)
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id=pytest), attr="param"),
            args=arguments,
            keywords=keywords,
        ) if known.modules.get(pytest) == "pytest":
            return _are_values((*arguments, *keywords), known)
        case ast.Attribute(value=ast.Name(id=owner), attr=name, ctx=ast.Load()):
            if owner in known.modules:
                return name in MODULES[known.modules[owner]]
            return owner in known.names and name in known.attributes
        case _:
            return isinstance(node, _VALUES) and _are_values(ast.iter_child_nodes(node), known)


def _are_values(nodes: Iterable[ast.AST], known: _Known) -> bool:
    return all(_is_value(node, known) for node in nodes)


def _is_plain(value: ast.expr) -> bool:
    match value:
        case ast.Constant():
            return True
        case ast.UnaryOp(operand=operand):
            return _is_plain(operand)
        case ast.Tuple(elts=elements):
            return all(map(_is_plain, elements))
        case _:
            return False


def _leave_rows_alone(nodes: list[ast.AST], known: _Known, spec: Spec) -> bool:
    """Whether neither the test nor a stub changes what stands in the rows."""
    has_effects = spec.signature.value.returns in {None, "None"} or any(
        example.after for example in _examples(spec)
    )
    return not has_effects and not any(_may_change(node, known) for node in nodes)


def _may_change(node: ast.AST, known: _Known) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=owner))):
            return owner not in known.modules
        case ast.Call(func=function):
            return not isinstance(function, ast.Name)
        case ast.Attribute(attr=name):
            return name in CHANGING
        case ast.Subscript(ctx=context):
            return not isinstance(context, ast.Load)
        case _:
            return isinstance(node, ast.AugAssign | ast.Delete)
