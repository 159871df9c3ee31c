"""What can be added to a case that stands in a spec already: an example, a waiver."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from redfirst.spec.model import MethodKind, ParameterKind
from redfirst.spec.problem import Fix, TextEdit
from redfirst.spec.ranges import LineIndex, Span

if TYPE_CHECKING:
    from redfirst.spec.codes import Code
    from redfirst.spec.model import Case, Spec

_COLLECTING: Final = (ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD)


def give_example(text: str, spec: Spec, case: Case) -> Fix | None:
    """An example to fill in: what is missing in it is an error until it is there.

    `None` when the case has one, or is written in braces or over several lines.
    """
    if case.examples:
        return None
    call = f"{spec.function.value.replace('.', '().')}({_arguments(spec)})"
    outcome = "returns:"
    if case.error is not None:
        message = "" if case.error.message is None else json.dumps(case.error.message)
        outcome = f"raises: {case.error.type_name}({message})"
    lines = ("examples:", f"  - call: {call}", f"    {outcome}")
    return _added("Give this case an example", text, case, lines)


def waive(text: str, case: Case, check: Code) -> Fix | None:
    """A waiver of a check, without the reason: that is the person's, and asked for until it is
    there. `None` when the case has waivers, or is written in braces or over several lines.
    """
    if case.waivers:
        return None
    name = check.name.lower().replace("_", "-")
    return _added(f"Waive `{name}` with a reason", text, case, (f'waive: {{{name}: ""}}',))


def _arguments(spec: Spec) -> str:
    """The parameters by name: names that nothing defines, until values stand in their place."""
    signature = spec.signature.value
    bound = signature.method in (MethodKind.INSTANCE, MethodKind.CLASS)
    return ", ".join(
        f"{one.name}={one.name}" if one.kind is ParameterKind.KEYWORD_ONLY else one.name
        for one in signature.parameters[1 if bound else 0 :]
        if one.default is None and one.kind not in _COLLECTING
    )


def _added(title: str, text: str, case: Case, lines: tuple[str, ...]) -> Fix | None:
    written = case.span.of(text).rstrip()
    index = LineIndex(text)
    first = index.line_of(case.span.start)
    last = index.line_of(case.span.start + max(len(written) - 1, 0))
    start, end = index.line_span(first), index.line_span(last)
    is_one_line = case.span == case.text.span
    if not written or written.startswith("{") or (is_one_line and first != last):
        return None
    indent = " " * (case.span.start - start.start)
    line_break = "\r\n" if "\r\n" in text else "\n"
    below = "".join(f"{line_break}{indent}{line}" for line in lines)
    edits = (TextEdit(Span(end.end, end.end), below),)
    if is_one_line:
        edits = (TextEdit(Span(case.span.start, case.span.start), "case: "), *edits)
    return Fix(title, edits)
