"""The data types that a spec describes: records, enums, aliases, exceptions."""

from __future__ import annotations

import keyword
import re
from typing import TYPE_CHECKING, Final

from redfirst.spec.codes import Code
from redfirst.spec.model import Field, Located, TypeDefinition, TypeKind
from redfirst.spec.ranges import Span
from redfirst.spec.scan import first_outside
from redfirst.spec.syntax import SyntaxFault, expression_source
from redfirst.spec.yaml.nodes import Mapping, Node, Scalar, Sequence, is_empty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.reading import Reading

_DEFAULT: Final = re.compile(r"(?<![=<>!:])=(?!=)")
_EXCEPTION: Final = re.compile(r"exception(?:\s*\(\s*(?P<base>[^\W\d][\w.]*)\s*\))?\s*\Z")


def parse_types(reading: Reading, node: Node | None) -> tuple[TypeDefinition, ...]:
    """The usable type definitions under `types`."""
    if not isinstance(node, Mapping):
        return ()
    definitions = (_definition(reading, key, value) for key, value in node.named())
    return tuple(definition for definition in definitions if definition is not None)


def _definition(reading: Reading, key: Scalar, node: Node) -> TypeDefinition | None:
    name = Located(key.text, key.span)
    if not _is_name(key.text):
        message = f"`{key.text}` is no name that a Python class can have. Rename the type."
        reading.report(Code.TYPE_DEFINITION, message, key.span)
        return None
    if isinstance(node, Scalar):
        return _one_line(reading, name, node)
    if isinstance(node, Sequence):
        return TypeDefinition(name, TypeKind.ENUM, members=_listed(reading, node))
    if isinstance(node, Mapping):
        return _long(reading, name, node)
    return None


def _one_line(reading: Reading, name: Located[str], node: Scalar) -> TypeDefinition | None:
    text = node.text.strip()
    if not text:
        return None
    if match := _EXCEPTION.match(text):
        return TypeDefinition(name, TypeKind.EXCEPTION, target=match["base"] or "Exception")
    target = _type_source(reading, node, text)
    return TypeDefinition(name, TypeKind.ALIAS, target=target) if target else None


def _long(reading: Reading, name: Located[str], node: Mapping) -> TypeDefinition:
    record, enum = node.get("record"), node.get("enum")
    if isinstance(record, Mapping):
        frozen = node.get("frozen")
        kept = not (isinstance(frozen, Scalar) and frozen.value is False)
        fields = tuple(_fields(reading, record))
        return TypeDefinition(name, TypeKind.RECORD, fields=fields, frozen=kept)
    if isinstance(enum, Mapping):
        return TypeDefinition(name, TypeKind.ENUM, members=_valued(reading, enum))
    if isinstance(enum, Sequence):
        return TypeDefinition(name, TypeKind.ENUM, members=_listed(reading, enum))
    return TypeDefinition(name, TypeKind.RECORD, fields=tuple(_fields(reading, node)))


def _fields(reading: Reading, node: Mapping) -> Iterator[Field]:
    for key, value in node.named():
        if _named_part(reading, key, "field") and (field := _field(reading, key, value)):
            yield field


def _field(reading: Reading, key: Scalar, value: Node) -> Field | None:
    if not isinstance(value, Scalar) or is_empty(value):
        return None
    text = value.text.strip()
    match = first_outside(_DEFAULT, text)
    annotation, default = (
        (text, None)
        if match is None
        else (
            text[: match.start()].strip(),
            text[match.end() :].strip(),
        )
    )
    type_source = _type_source(reading, value, annotation)
    if type_source is None:
        return None
    if default is not None and (default := _type_source(reading, value, default)) is None:
        return None
    return Field(key.text, type_source, default, Span(key.span.start, value.span.end))


def _type_source(reading: Reading, node: Scalar, source: str) -> str | None:
    parsed = expression_source(source)
    if not isinstance(parsed, SyntaxFault):
        return parsed
    message = f"`{source}` cannot be read as Python: {parsed.message}."
    reading.report(Code.TYPE_DEFINITION, message, node.span)
    return None


def _listed(reading: Reading, node: Sequence) -> tuple[tuple[str, str], ...]:
    names = [item for item in node.items if isinstance(item, Scalar)]
    usable = [item.text for item in names if _named_part(reading, item, "member")]
    return tuple((name, repr(name)) for name in dict.fromkeys(usable))


def _valued(reading: Reading, node: Mapping) -> tuple[tuple[str, str], ...]:
    return tuple(
        (key.text, repr(value.value))
        for key, value in node.named()
        if isinstance(value, Scalar) and _named_part(reading, key, "member")
    )


def _named_part(reading: Reading, name: Scalar, part: str) -> bool:
    if _is_name(name.text):
        return True
    message = f"`{name.text}` is no name that a {part} can have in Python. Rename it."
    reading.report(Code.TYPE_DEFINITION, message, name.span)
    return False


def _is_name(text: str) -> bool:
    return text.isidentifier() and not keyword.iskeyword(text)
