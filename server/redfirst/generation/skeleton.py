"""A module to write the implementation into: the spec's types and signature, and no behaviour."""

from __future__ import annotations

import ast
import textwrap
from typing import TYPE_CHECKING, Final

from redfirst.spec.model import MethodKind, TypeKind
from redfirst.spec.python_source import UNREADABLE, read_expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.model import Field, Spec, TypeDefinition

_WIDTH: Final = 88
_INDENT: Final = "    "
_DECORATORS: Final = {MethodKind.STATIC: "@staticmethod\n", MethodKind.CLASS: "@classmethod\n"}


def skeleton_module(spec: Spec) -> str:
    """The text of a module that defines all that the spec names; every body raises
    `NotImplementedError`.
    """
    types = [_type(spec, one) for one in spec.types_in_order()]
    parts = ["\n".join(["from __future__ import annotations\n", *_imports(spec, types)]), *types]
    if not any(one.name.value == spec.class_name for one in spec.types):
        parts.append(_function(spec))
    return "\n\n\n".join(part.strip("\n") for part in parts) + "\n"


def _imports(spec: Spec, types: list[str]) -> Iterator[str]:
    yield from (statement.value for statement in spec.imports)
    text = "\n".join(types)
    used = [name for name in ("dataclass", "field") if f"@{name}" in text or f"= {name}(" in text]
    if used:
        yield f"from dataclasses import {', '.join(used)}"
    if any(one.kind is TypeKind.ENUM for one in spec.types):
        yield "from enum import Enum"


def _type(spec: Spec, definition: TypeDefinition) -> str:
    name = definition.name.value
    match definition.kind:
        case TypeKind.RECORD:
            return _record(spec, definition)
        case TypeKind.ENUM:
            members = [f"{member} = {value}" for member, value in definition.members]
            return _class(f"{name}(Enum)", members)
        case TypeKind.EXCEPTION:
            return _class(f"{name}({definition.target or 'Exception'})", [])
        case TypeKind.ALIAS:
            return f"{name} = {definition.target}"


def _record(spec: Spec, definition: TypeDefinition) -> str:
    body = [_field(one) for one in definition.fields]
    if spec.class_name == definition.name.value:
        body.append(f"\n{_definition(spec)}" if body else _definition(spec))
    frozen = "(frozen=True)" if definition.frozen else ""
    return f"@dataclass{frozen}\n{_class(definition.name.value, body)}"


def _field(one: Field) -> str:
    if one.default is None:
        return f"{one.name}: {one.annotation}"
    if _is_constant(one.default):
        return f"{one.name}: {one.annotation} = {one.default}"
    return f"{one.name}: {one.annotation} = field(default_factory=lambda: {one.default})"


def _is_constant(source: str) -> bool:
    """Whether every instance may share the value; a dataclass refuses a list, for one."""
    try:
        hash(ast.literal_eval(read_expression(source)))
    except (TypeError, *UNREADABLE):
        return False
    return True


def _function(spec: Spec) -> str:
    if spec.class_name is None:
        return _definition(spec)
    return _class(spec.class_name, [_definition(spec)])


def _class(head: str, body: list[str]) -> str:
    return f"class {head}:\n{textwrap.indent(chr(10).join(body) or 'pass', _INDENT)}"


def _definition(spec: Spec) -> str:
    signature = spec.signature.value
    head = signature.source
    keyword = "" if head.startswith(("def ", "async def ")) else "def "
    docstring = textwrap.indent(_docstring(spec.behavior.value), _INDENT)
    return (
        f"{_DECORATORS.get(signature.method, '')}{keyword}{head}:\n"
        f"{docstring}\n{_INDENT}raise NotImplementedError"
    )


def _docstring(behavior: str) -> str:
    words = " ".join(behavior.split()).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    if len(words) + 6 <= _WIDTH and not words.endswith('"'):
        return f'"""{words}"""'
    wrapped = textwrap.fill(words, _WIDTH, break_long_words=False, break_on_hyphens=False)
    return f'"""\n{wrapped}\n"""'
