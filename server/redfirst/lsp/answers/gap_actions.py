"""From a gap in an implementation back to the spec: a case that says when it is come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lsprotocol import types

from redfirst.coverage.case_for_gap import Missing, case_for, concerned, missing_for
from redfirst.lsp import command_names
from redfirst.lsp.answers.edits import snippet_edit
from redfirst.lsp.state.positions import Positions
from redfirst.spec.codes import Code
from redfirst.spec.document import read_spec
from redfirst.spec.ide.new_waiver import new_mutant_waiver
from redfirst.spec.ranges import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from redfirst.coverage.mutation.mutant import Mutant
    from redfirst.lsp.state.view import View
    from redfirst.spec.ide.new_case import NewCase

TITLE: Final = "Add a case for this gap"
_GAPS: Final = {Code.LINE_GAP.value, Code.BRANCH_GAP.value}
_SURVIVORS: Final = {Code.SURVIVOR.value}


def gap_actions(view: View, params: types.CodeActionParams) -> Iterator[types.CodeAction]:
    """For each gap at the place a case for each spec that it may belong to, and one for each
    change that no test noticed.
    """
    marks = view.marks
    first, last = params.range.start.line + 1, params.range.end.line + 1
    for gap in marks.gaps if marks else ():
        if gap.first <= last and first <= gap.last:
            missing = Missing(view.text, gap.first, gap.enters)
            mended = _diagnostics(params, gap.first, _GAPS)
            yield from _actions(view, missing, view.measuring, mended)
    for spec_path, mutant in view.survivors():
        if first <= mutant.line <= last:
            missing = missing_for(view.text, mutant)
            mended = _diagnostics(params, mutant.line, _SURVIVORS)
            yield from _actions(view, missing, (spec_path,), mended)
            yield from _waivers(view, mutant, spec_path, mended)


def _actions(
    view: View, missing: Missing, specs: tuple[Path, ...], mended: list[types.Diagnostic]
) -> Iterator[types.CodeAction]:
    paths = {view.project.relative(path): path for path in specs}
    texts = ((shown, view.read(path)) for shown, path in paths.items())
    documents = [(shown, read_spec(text)) for shown, text in texts if text is not None]
    chosen = concerned(missing, documents)
    for shown, document in chosen:
        new = case_for(document, missing)
        if new is not None:
            yield types.CodeAction(
                title=TITLE if len(chosen) == 1 else f"{TITLE} to `{shown}`",
                kind=types.CodeActionKind.QuickFix,
                diagnostics=mended or None,
                edit=snippet_edit(view, paths[shown], new),
                command=_show(view, paths[shown], document.text, new),
            )


def _waivers(
    view: View, mutant: Mutant, spec_path: Path, shown: list[types.Diagnostic]
) -> Iterator[types.CodeAction]:
    """The reason is left to the person, and its blank is where the cursor belongs."""
    text = view.read(spec_path)
    document = read_spec(text) if text is not None else None
    new = new_mutant_waiver(document, mutant.line_text, mutant.change) if document else None
    if document is not None and new is not None:
        about = [each for each in shown if mutant.change[1:] in each.message]
        yield types.CodeAction(
            title=f"Waive this change with a reason: {mutant.change}",
            kind=types.CodeActionKind.QuickFix,
            diagnostics=about or None,
            edit=snippet_edit(view, spec_path, new),
            command=_show(view, spec_path, document.text, new),
        )


def _show(view: View, path: Path, text: str, new: NewCase) -> types.Command | None:
    """Leads the person to the case: the edit is in another file than the one before them."""
    if not view.client.shows_documents:
        return None
    start = new.edit.span.start
    edited = text[:start] + new.edit.new_text + text[new.edit.span.end :]
    blank = Span(start + new.blank.start, start + new.blank.end)
    place = Positions(edited, view.client.encoding).range(blank)
    argument = {
        "uri": view.uri_of(path),
        "range": {
            side: {"line": at.line, "character": at.character}
            for side, at in (("start", place.start), ("end", place.end))
        },
    }
    return types.Command(title="Open the spec", command=command_names.OPEN, arguments=[argument])


def _diagnostics(
    params: types.CodeActionParams, first: int, codes: set[str]
) -> list[types.Diagnostic]:
    """Those that the client shows of the gap, as it told them."""
    return [
        each
        for each in params.context.diagnostics
        if each.code in codes and each.range.start.line + 1 == first
    ]
