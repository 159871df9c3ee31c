"""The JSON Schema of a spec, and what does not fit it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from redfirst.spec.yaml.nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from jsonschema.exceptions import ValidationError

FILE_NAME: Final = "spec.schema.json"


@dataclass(frozen=True, slots=True)
class Violation:
    """A node breaks the rule `rule` (`type`, `required`, ...) of the schema part named `title`.

    `wanted` are the types that would fit, `known` the keys that may stand there, `missing` those
    that must and do not.
    """

    node: Node
    rule: str
    title: str
    wanted: tuple[str, ...]
    known: tuple[str, ...]
    missing: tuple[str, ...]


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of a spec."""
    return json.loads(_file().read_text(encoding="utf-8"))


def violations(root: Mapping) -> Iterator[Violation]:
    """Everything in `root` that the schema does not allow. Never raises."""
    required: set[tuple[str | int, ...]] = set()
    errors: Iterator[ValidationError] = _validator().iter_errors(_instance(root))
    for error in errors:
        path = tuple(error.absolute_path)
        # jsonschema reports each missing key on its own; we name all of a mapping at once.
        if error.validator == "required" and path in required:
            continue
        if error.validator == "required":
            required.add(path)
        yield _violation(_node_at(root, path), error)


def _file() -> Traversable:
    package = resources.files("redfirst")
    shipped = package / "shipped" / "schemas" / FILE_NAME
    # In a checkout the schema is not inside the package.
    return shipped if shipped.is_file() else package / ".." / ".." / "schemas" / FILE_NAME


@cache
def _validator() -> Any:  # noqa: ANN401 - its class is imported in here
    # A tenth of a second to import: nobody should pay it who only imports this module.
    from jsonschema import Draft202012Validator  # noqa: PLC0415

    return Draft202012Validator(schema())


def _instance(node: Node) -> Any:  # noqa: ANN401 - any value that JSON has
    """What a JSON Schema looks at. An alias, refused already, passes for a text."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [_instance(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key.text: _instance(value) for key, value in node.named()}
    return node.name


def _node_at(root: Node, path: tuple[str | int, ...]) -> Node:
    node = root
    for step in path:
        if isinstance(node, Sequence) and isinstance(step, int):
            node = node.items[step]
        elif isinstance(node, Mapping):
            node = node.get(str(step)) or node
    return node


def _violation(node: Node, error: ValidationError) -> Violation:
    part: Any = error.schema
    wanted: Any = part.get("type", ())
    known = tuple(part.get("properties", ()))
    present = {key.text for key, _ in node.named()} if isinstance(node, Mapping) else set[str]()
    return Violation(
        node,
        str(error.validator),
        part.get("title", ""),
        (wanted,) if isinstance(wanted, str) else tuple(wanted),
        known,
        tuple(name for name in part.get("required", ()) if name not in present),
    )
