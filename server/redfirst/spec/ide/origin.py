"""Where the names that a spec uses come from."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from redfirst.spec.model import TypeKind
from redfirst.spec.names import (
    BUILTIN_EXCEPTIONS,
    BUILTINS,
    TYPING,
    annotation_names,
    import_line,
)
from redfirst.spec.syntax import SyntaxFault, parse_statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.model import ExpectedError, Signature, Spec, TypeDefinition


def type_origins(signature: Signature, spec: Spec | None) -> Iterator[str]:
    """A line about each type that a signature names and that is not simply built in."""
    annotations = [each.annotation for each in signature.parameters]
    names = (name for each in (*annotations, signature.returns) for name in _names(each))
    for name in dict.fromkeys(names):
        if name not in BUILTINS:
            yield f"`{name}`: {origin(name, spec)}"


def about_error(error: ExpectedError, spec: Spec | None) -> str:
    """A sentence about a declared error."""
    message = f" with the message `{error.message}`" if error.message else ""
    return f"Raises `{error.type_name}`{message}: {origin(error.type_name, spec)}."


def origin(name: str, spec: Spec | None) -> str:
    """Where `name`, which may be dotted, comes from: the spec, an import, Python; or what to do."""
    root = name.partition(".")[0]
    defined = {each.name.value: each for each in spec.types} if spec else {}
    imported = dict(_imported(spec)) if spec else {}
    if root in defined:
        return _definition(defined[root])
    if root in imported:
        return f"`{imported[root]}`"
    if root in BUILTINS:
        return "built in" if root in BUILTIN_EXCEPTIONS or "." not in name else f"of `{root}`"
    line = import_line(root)
    if root in TYPING and line is not None:
        return f"as `{line}` gives it"
    if line is not None:
        return f"not imported; add `{line}` to `imports`"
    return "not known; describe it under `types`, or add its import to `imports`"


def _names(annotation: str | None) -> tuple[str, ...]:
    return () if annotation is None else annotation_names(annotation)


def _imported(spec: Spec) -> Iterator[tuple[str, str]]:
    for line in spec.imports:
        statement = parse_statement(line.value)
        if not isinstance(statement, SyntaxFault):
            for node in ast.walk(statement):
                if isinstance(node, ast.alias):
                    yield node.asname or node.name.partition(".")[0], line.value


def _definition(definition: TypeDefinition) -> str:
    match definition.kind:
        case TypeKind.RECORD:
            fields = ", ".join(f"`{each.name}: {each.annotation}`" for each in definition.fields)
            return f"a record of {fields}" if fields else "a record without fields"
        case TypeKind.ENUM:
            return f"one of {', '.join(f'`{name}`' for name, _ in definition.members)}"
        case TypeKind.ALIAS:
            return f"stands for `{definition.target}`"
        case TypeKind.EXCEPTION:
            return f"an exception of this spec, a kind of `{definition.target or 'Exception'}`"
