"""What is said of the place under the pointer, in Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redfirst.spec.ide.place import place_at
from redfirst.spec.ide.schema_part import part_at
from redfirst.spec.ide.yaml_text import yaml_lines
from redfirst.spec.model import CaseKind
from redfirst.spec.reading import text_of
from redfirst.spec.signature import SignatureFault, parse_signature
from redfirst.spec.yaml.nodes import Mapping

if TYPE_CHECKING:
    from redfirst.spec.document import SpecDocument
    from redfirst.spec.ide.surroundings import Surroundings
    from redfirst.spec.model import Case
    from redfirst.spec.ranges import Span

_KINDS: Final = {
    CaseKind.EDGE_CASE: "edge case",
    CaseKind.ERROR: "error",
    CaseKind.EXAMPLE: "example",
}


@dataclass(frozen=True, slots=True)
class Hover:
    """A text about the stretch `span`."""

    span: Span
    markdown: str


def hover(document: SpecDocument, offset: int, around: Surroundings) -> Hover | None:
    """What there is to say about `offset`; `None` when that is nothing."""
    place = place_at(document.tree, offset)
    if place is None:
        return None
    if place.on_key:
        return _said(place.span, about_key(place.path))
    if place.path == ("signature",):
        return _said(place.span, _about_signature(document))
    if place.path == ("module",):
        return _said(place.span, _about_module(around))
    case = case_at(document, offset)
    return None if case is None else Hover(case.text.span, about_case(case, around))


def case_at(document: SpecDocument, offset: int) -> Case | None:
    """The case whose line or id stands at `offset`."""
    for case in document.cases:
        if offset in case.text.span or (case.written_id and offset in case.written_id.span):
            return case
    return None


def about_key(path: tuple[str, ...]) -> str | None:
    """What the schema says of a key, with an example."""
    part = part_at(path)
    if part is None or "markdownDescription" not in part:
        return None
    examples = part.get("examples", [])
    if not examples:
        return part["markdownDescription"]
    shown = "\n".join(yaml_lines({path[-1]: examples[0]}))
    return f"{part['markdownDescription']}\n\n```yaml\n{shown}\n```"


def about_case(case: Case, around: Surroundings) -> str:
    """The id of a case, its text, and how it stands with its test."""
    head = f"**{case.id}** ({_KINDS[case.kind]})"
    return "\n\n".join((head, case.text.value, _about_test(case, around)))


def _about_test(case: Case, around: Surroundings) -> str:
    test = around.tests.get(case.id)
    if test is not None:
        behind = f" {test.behind}" if test.behind else ""
        return f"Its test is `{test.name}` in `{around.test_path}`.{behind}"
    if around.test_exists:
        return f"It has no test in `{around.test_path}` yet."
    return "It has no test yet."


def _about_signature(document: SpecDocument) -> str | None:
    tree = document.tree
    written = text_of(tree.get("signature")) if isinstance(tree, Mapping) else None
    function = text_of(tree.get("function")) if isinstance(tree, Mapping) else None
    if written is None:
        return None
    read = parse_signature(written.value, function.value if function else "")
    if isinstance(read, SignatureFault):
        return read.message
    return f"```python\n{read.source}\n```"


def _about_module(around: Surroundings) -> str | None:
    if around.module_path is None:
        return None
    state = "exists" if around.module_exists else "does not exist yet"
    return f"`{around.module_path}` {state}."


def _said(span: Span, markdown: str | None) -> Hover | None:
    return None if markdown is None else Hover(span, markdown)
