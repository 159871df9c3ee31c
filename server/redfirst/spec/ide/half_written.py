"""The head of a spec as far as it is written: what Python candidates are made from."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.spec.model import Signature
from redfirst.spec.parse_types import parse_types
from redfirst.spec.reading import Reading, text_of
from redfirst.spec.signature import parse_signature
from redfirst.spec.syntax import SyntaxFault, parse_statement
from redfirst.spec.yaml.nodes import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.document import SpecDocument
    from redfirst.spec.model import TypeDefinition
    from redfirst.spec.yaml.nodes import Node


@dataclass(frozen=True, slots=True)
class HalfWritten:
    """Empty or `None` is what is not there, or cannot be read yet. `imports` are bound names."""

    function: str
    module: str
    signature: Signature | None
    types: tuple[TypeDefinition, ...]
    imports: tuple[str, ...]


def half_written(document: SpecDocument) -> HalfWritten:
    """The head of a text that need not be a whole spec. Never raises."""
    root = document.tree
    if not isinstance(root, Mapping):
        return HalfWritten("", "", None, (), ())
    function = _text(root.get("function"))
    signature = parse_signature(_text(root.get("signature")), function)
    return HalfWritten(
        function=function,
        module=_text(root.get("module")),
        signature=signature if isinstance(signature, Signature) else None,
        types=parse_types(Reading(document.text), root.get("types")),
        imports=tuple(_imports(root.get("imports"))),
    )


def _text(node: Node | None) -> str:
    written = text_of(node)
    return written.value.strip() if written else ""


def _imports(node: Node | None) -> Iterator[str]:
    for item in node.items if isinstance(node, Sequence) else ():
        line = parse_statement(item.text) if isinstance(item, Scalar) else None
        if isinstance(line, ast.Import | ast.ImportFrom) and not isinstance(line, SyntaxFault):
            yield from (each.asname or each.name.partition(".")[0] for each in line.names)
