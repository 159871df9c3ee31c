"""`textDocument/codeLens`: what can be done with a spec, and which case a test is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lsprotocol import types

from redfirst.coverage.words import summary
from redfirst.generation.links import linked_tests
from redfirst.lsp import command_names
from redfirst.lsp.state.view import Kind
from redfirst.spec.ide.code_outline import definition_of
from redfirst.spec.ide.function_places import name_span
from redfirst.spec.ide.lenses import Lens, lenses_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.lsp.state.view import View
    from redfirst.spec.ranges import Span

COMMANDS: Final = {
    Lens.SUMMARY: command_names.VERIFY,
    Lens.VERIFY: command_names.VERIFY,
    Lens.GENERATE: command_names.GENERATE,
    Lens.REGENERATE: command_names.REGENERATE,
    Lens.RUN: command_names.RUN,
    Lens.SKELETON: command_names.SKELETON,
    Lens.OPEN_TEST: command_names.OPEN,
    Lens.OPEN_CODE: command_names.OPEN,
    Lens.OPEN_SPEC: command_names.OPEN,
}


def code_lens(view: View, _params: types.CodeLensParams) -> list[types.CodeLens] | None:
    """The places of the lenses; what they say is found out when they are looked at."""
    if not view.settings.code_lens:
        return None
    match view.kind:
        case Kind.SPEC:
            return list(_on_spec(view))
        case Kind.TEST:
            return list(_on_tests(view))
        case Kind.OTHER if view.shown is not None:
            return list(_on_code(view))
        case _:
            return None


def _on_code(view: View) -> Iterator[types.CodeLens]:
    """Above each function under spec how the last run went; a click runs its tests again."""
    marks = view.marks
    if view.shown is None or marks is None:
        return
    coverage = view.shown.measured.coverage
    strengths = {view.project.relative(path): each for path, each in view.strengths().items()}
    for spec, function in coverage.functions.items():
        place = definition_of(view.text, function)
        if place is not None:
            strength = strengths.get(spec)
            words = summary(coverage, marks, spec, strength.share if strength else None)
            command = command_names.RUN if view.settings.trusted else ""
            arguments = [{"uri": view.uri_of(view.project.root / spec)}]
            click = types.Command(title=words, command=command, arguments=arguments)
            yield types.CodeLens(view.places.range(place.span), click)


def _on_spec(view: View) -> Iterator[types.CodeLens]:
    name = name_span(view.document)
    if name is None:
        return
    around = view.neighbours().surroundings(view.project)
    for lens in lenses_of(around):
        if lens is Lens.SUMMARY or _can_be_done(view, lens):
            yield _unresolved(view, name, lens)


def _on_tests(view: View) -> Iterator[types.CodeLens]:
    for link in linked_tests(view.text):
        if link.case is not None:
            yield _unresolved(view, link.span, Lens.OPEN_SPEC, link.case)


def _unresolved(view: View, span: Span, lens: Lens, case: str | None = None) -> types.CodeLens:
    data = {"uri": view.uri, "lens": lens.value, "case": case}
    return types.CodeLens(view.places.range(span), data=data)


def _can_be_done(view: View, lens: Lens) -> bool:
    command = COMMANDS[lens]
    if command == command_names.OPEN:
        return view.client.shows_documents
    return view.settings.trusted and command in command_names.ALL
