"""What is said of the place under the pointer, in Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redfirst.spec.ide.origin import about_error, type_origins
from redfirst.spec.ide.place import place_at
from redfirst.spec.ide.schema_part import part_at
from redfirst.spec.ide.verdicts import about_run, about_verdict, summary
from redfirst.spec.ide.yaml_text import yaml_lines
from redfirst.spec.model import CaseKind
from redfirst.spec.reading import text_of
from redfirst.spec.signature import SignatureFault, parse_signature
from redfirst.spec.yaml.nodes import Mapping

if TYPE_CHECKING:
    from collections.abc import Callable

    from redfirst.spec.document import SpecDocument
    from redfirst.spec.ide.surroundings import Surroundings
    from redfirst.spec.model import Case, Spec
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
    about = _VALUES.get(place.path[-1:] if place.path[-1:] == ("raises",) else place.path)
    if about is not None:
        return _said(place.span, about(document, around, offset))
    case = case_at(document, offset)
    if case is None:
        return None
    return Hover(case.text.span, about_case(case, around, document.spec))


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


def about_case(case: Case, around: Surroundings, spec: Spec | None) -> str:
    """The id of a case, its text, its error, and how it stands with its test."""
    head = f"**{case.id}** ({_KINDS[case.kind]})"
    error = about_error(case.error, spec) if case.error else None
    verdict = about_verdict(case.id, around)
    run = about_run(case.id, around)
    parts = (head, case.text.value, error, _about_test(case, around), verdict, run)
    return "\n\n".join(part for part in parts if part)


def _about_test(case: Case, around: Surroundings) -> str:
    test = around.tests.get(case.id)
    if test is not None:
        behind = f" {test.behind}" if test.behind else ""
        return f"Its test is `{test.name}` in `{around.test_path}`.{behind}"
    if around.test_exists:
        return f"It has no test in `{around.test_path}` yet."
    return "It has no test yet."


def _about_signature(document: SpecDocument, _around: Surroundings, _offset: int) -> str | None:
    """The normal form, and where each type comes from that is not built in."""
    tree = document.tree
    written = text_of(tree.get("signature")) if isinstance(tree, Mapping) else None
    function = text_of(tree.get("function")) if isinstance(tree, Mapping) else None
    if written is None:
        return None
    read = parse_signature(written.value, function.value if function else "")
    if isinstance(read, SignatureFault):
        return read.message
    origins = [f"- {origin}" for origin in type_origins(read, document.spec)]
    return "\n\n".join(filter(None, (f"```python\n{read.source}\n```", "\n".join(origins))))


def _about_function(document: SpecDocument, around: Surroundings, offset: int) -> str | None:
    """The signature, how many cases there are, and what is known of their tests."""
    signature = _about_signature(document, around, offset)
    count = len(document.cases)
    cases = f"{count} case{'' if count == 1 else 's'}; {summary(around)}." if count else None
    return "\n\n".join(filter(None, (signature, cases))) or None


def _about_module(_document: SpecDocument, around: Surroundings, _offset: int) -> str | None:
    if around.module_path is None:
        return None
    state = "exists" if around.module_exists else "does not exist yet"
    return f"`{around.module_path}` {state}."


def _about_raises(document: SpecDocument, _around: Surroundings, offset: int) -> str | None:
    """The error that an example declares."""
    for case in document.cases:
        for example in case.examples:
            if example.raises is not None and offset in example.raises.span:
                return about_error(example.raises.value, document.spec)
    return None


_VALUES: Final[dict[tuple[str, ...], Callable[[SpecDocument, Surroundings, int], str | None]]] = {
    ("function",): _about_function,
    ("signature",): _about_signature,
    ("module",): _about_module,
    ("raises",): _about_raises,
}


def _said(span: Span, markdown: str | None) -> Hover | None:
    return None if markdown is None else Hover(span, markdown)
