"""`textDocument/codeAction`: what can be mended at a place, and everything at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from redfirst.lsp.edits import workspace_edit
from redfirst.lsp.offer import FIX_ALL
from redfirst.lsp.publishing import diagnostic
from redfirst.lsp.view import Kind
from redfirst.spec.ide.fixes import fix_all, fixable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.lsp.view import View


def code_action(view: View, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    """The actions of the kinds that are asked for; all when none are named."""
    if view.kind not in (Kind.SPEC, Kind.SETTINGS):
        return None
    only = params.context.only or [types.CodeActionKind.Empty]
    actions = (*_quick_fixes(view, params.range), *_fix_all(view))
    return [action for action in actions if any(_is_a(action, kind) for kind in only)]


def _quick_fixes(view: View, place: types.Range) -> Iterator[types.CodeAction]:
    for problem, fix in fixable(view.mendable, view.places.span(place)):
        yield types.CodeAction(
            title=fix.title,
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[diagnostic(view, problem)],
            edit=workspace_edit(view, fix.edits),
            is_preferred=True,
        )


def _fix_all(view: View) -> Iterator[types.CodeAction]:
    fix = fix_all(view.mendable)
    if fix is not None:
        edit = workspace_edit(view, fix.edits)
        yield types.CodeAction(title=fix.title, kind=FIX_ALL, edit=edit)


def _is_a(action: types.CodeAction, asked: types.CodeActionKind | str) -> bool:
    """Kinds are nested by dots: `source` asks for `source.fixAll.redfirst` too."""
    kind = _name(action.kind or "")
    wanted = _name(asked)
    return not wanted or kind == wanted or kind.startswith(f"{wanted}.")


def _name(kind: types.CodeActionKind | str) -> str:
    return kind.value if isinstance(kind, types.CodeActionKind) else kind
