"""The text of a stub module: the spec's types, its exact signature, and the stubs' behaviours."""

from __future__ import annotations

import builtins
from textwrap import indent
from typing import TYPE_CHECKING, Final

from redfirst.spec.model import MethodKind, ParameterKind, TypeKind
from redfirst.spec.names import imported_names
from redfirst.spec.returned import ASYNC_STREAMS, outer_name
from redfirst.verification.witness import example_table

if TYPE_CHECKING:
    from redfirst.spec.model import Parameter, Signature, Spec, TypeDefinition
    from redfirst.verification.stub import Stub

_PREAMBLE: Final = """\
from __future__ import annotations
import collections as _collections, contextlib as _contextlib, dataclasses as _dataclasses
import datetime as _datetime, decimal as _decimal, enum as _enum, fractions as _fractions
import pathlib as _pathlib, uuid as _uuid
"""


def stub_module(spec: Spec, stubs: tuple[Stub, ...]) -> str:
    """The text of the one module that holds the behaviours of all `stubs`; a run chooses one.

    Annotations are never evaluated: an unknown type harms nobody.
    """
    table = example_table(spec)
    parts = [
        _PREAMBLE,
        *(_tolerant(statement.value) for statement in spec.imports),
        *(_exception(name) for name in _undeclared_exceptions(spec)),
        *(_type(spec, definition) for definition in spec.types_in_order()),
        _function(spec),
        *(_behaviour(stub) for stub in stubs if stub.behaviour is not None),
        f"__redfirst__.learn(globals(), {table!r})\n" if table else "",
        "" if spec.types else "__getattr__ = __redfirst__.permissive_module(globals())\n",
    ]
    return "\n".join(part for part in parts if part)


def _behaviour(stub: Stub) -> str:
    statements = indent(stub.behaviour or "", "    ")
    return f"@__redfirst__.behaviour({stub.name!r})\ndef _behaviour(arguments):\n{statements}\n"


def streams_asynchronously(signature: Signature) -> bool:
    """Whether the function is an async generator: called without `await`, iterated with it."""
    return signature.is_async and outer_name(signature.returns) in ASYNC_STREAMS


def _tolerant(statement: str) -> str:
    return f"with __redfirst__.tolerant(globals(), {statement!r}):\n    {statement}\n"


def _type(spec: Spec, definition: TypeDefinition) -> str:
    name = definition.name.value
    match definition.kind:
        case TypeKind.RECORD:
            return _record(spec, definition)
        case TypeKind.ENUM:
            members = "\n".join(f"    {member} = {value}" for member, value in definition.members)
            return f"class {name}(_enum.Enum):\n{members or '    pass'}\n"
        case TypeKind.EXCEPTION:
            return _exception(name, definition.target or "Exception")
        case TypeKind.ALIAS:
            return f"{name} = __redfirst__.alias(lambda: {definition.target})\n"


def _exception(name: str, base: str = "Exception") -> str:
    return f"class {name}({base}):\n    pass\n"


def _record(spec: Spec, definition: TypeDefinition) -> str:
    lines = [f"{one.name}: {one.annotation!r}{_default(one.default)}" for one in definition.fields]
    if spec.class_name == definition.name.value:
        lines.append(_method(spec))
    return (
        f"@_dataclasses.dataclass(frozen={definition.frozen})\n"
        f"class {definition.name.value}:\n{indent(chr(10).join(lines) or 'pass', '    ')}\n"
    )


def _default(source: str | None) -> str:
    return "" if source is None else f" = _dataclasses.field(default_factory=lambda: {source})"


def _function(spec: Spec) -> str:
    if spec.class_name is None:
        return _definition(spec.signature.value)
    if any(one.name.value == spec.class_name for one in spec.types):
        return ""
    method = indent(_method(spec), "    ")
    return f"class {spec.class_name}(__redfirst__.Permissive):\n{method}\n"


def _method(spec: Spec) -> str:
    signature = spec.signature.value
    match signature.method:
        case MethodKind.STATIC:
            return "@staticmethod\n" + _definition(signature)
        case MethodKind.CLASS:
            return "@classmethod\n" + _definition(signature)
        case MethodKind.INSTANCE | MethodKind.FUNCTION:
            return _definition(signature)


def _definition(signature: Signature) -> str:
    waits = signature.is_async and not streams_asynchronously(signature)
    return (
        "@__redfirst__.stand_in\n"
        f"{'async ' if waits else ''}def {signature.name}({_parameters(signature)}):\n"
        "    ...\n"
    )


def _parameters(signature: Signature) -> str:
    parts: list[str] = []
    previous: ParameterKind | None = None
    for parameter in signature.parameters:
        kind = parameter.kind
        if previous is ParameterKind.POSITIONAL_ONLY and kind is not previous:
            parts.append("/")
        if kind is ParameterKind.KEYWORD_ONLY and previous not in _AFTER_STAR:
            parts.append("*")
        parts.append(_parameter(parameter))
        previous = kind
    if previous is ParameterKind.POSITIONAL_ONLY:
        parts.append("/")
    return ", ".join(parts)


_AFTER_STAR: Final = (ParameterKind.VAR_POSITIONAL, ParameterKind.KEYWORD_ONLY)
_STARS: Final = {ParameterKind.VAR_POSITIONAL: "*", ParameterKind.VAR_KEYWORD: "**"}


def _parameter(parameter: Parameter) -> str:
    annotation = "" if parameter.annotation is None else f": {parameter.annotation!r}"
    default = "" if parameter.default is None else f" = {parameter.default}"
    return f"{_STARS.get(parameter.kind, '')}{parameter.name}{annotation}{default}"


def _undeclared_exceptions(spec: Spec) -> list[str]:
    """Plain names that error cases raise and that nothing defines; they must exist to be raised."""
    defined = {one.name.value for one in spec.types}
    imported = imported_names(spec.imports) or frozenset()
    names = dict.fromkeys(error.type_name for _, error in spec.errors())
    return [
        name
        for name in names
        if name.isidentifier()
        and not hasattr(builtins, name)
        and name not in defined
        and name not in imported
    ]
