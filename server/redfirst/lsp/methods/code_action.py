"""`textDocument/codeAction`: what can be mended at a place, and everything at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from redfirst.lsp.answers.edits import workspace_edit
from redfirst.lsp.answers.gap_actions import gap_actions
from redfirst.lsp.answers.offers import offers, offers_on_code
from redfirst.lsp.answers.pairing import remarks
from redfirst.lsp.connection.offer import FIX_ALL
from redfirst.lsp.methods.code_action_resolve import resolved_later
from redfirst.lsp.news.publishing import diagnostic, remark_diagnostic
from redfirst.lsp.state.view import Kind
from redfirst.spec.ide.case_edits import give_example, waive
from redfirst.spec.ide.fixes import FIX_ALL as FIX_ALL_TITLE
from redfirst.spec.ide.fixes import are_fixable, fixable
from redfirst.spec.rules.waivers import WAIVABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redfirst.lsp.answers.offers import Offer
    from redfirst.lsp.state.view import View
    from redfirst.workflow.remarks import Remark


def code_action(view: View, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    """The actions of the kinds that are asked for; all when none are named."""
    only = params.context.only or [types.CodeActionKind.Empty]
    if view.kind is Kind.OTHER:
        offered = (_action(view, offer, []) for offer in offers_on_code(view))
        actions = [*gap_actions(view, params), *(each for each in offered if each)]
        return [each for each in actions if any(_is_a(each, kind) for kind in only)] or None
    said = remarks(view)
    actions = [
        *_quick_fixes(view, params.range),
        *_waivers(view, params.range, said),
        *_examples(view, params.range),
        *_commands(view, params.range, said),
        *_fix_all(view),
    ]
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


def _waivers(view: View, place: types.Range, said: Sequence[Remark]) -> Iterator[types.CodeAction]:
    spec = view.document.spec if view.kind is Kind.SPEC else None
    for one in _at(view, place, said) if spec else ():
        case = spec.case(one.case or "") if spec else None
        fix = waive(view.text, case, one.code) if case and one.code in WAIVABLE else None
        if fix is not None:
            yield types.CodeAction(
                title=fix.title,
                kind=types.CodeActionKind.QuickFix,
                diagnostics=[remark_diagnostic(view, one)],
                edit=workspace_edit(view, fix.edits),
            )


def _examples(view: View, place: types.Range) -> Iterator[types.CodeAction]:
    spec = view.document.spec if view.kind is Kind.SPEC else None
    offset = view.places.offset(place.start)
    for case in spec.cases if spec else ():
        fix = give_example(view.text, spec, case) if spec and offset in case.span else None
        if fix is not None:
            edit = workspace_edit(view, fix.edits)
            kind = types.CodeActionKind.RefactorRewrite
            yield types.CodeAction(title=fix.title, kind=kind, edit=edit)


def _commands(view: View, place: types.Range, said: Sequence[Remark]) -> Iterator[types.CodeAction]:
    """Nothing is computed for them before the person chooses one."""
    here = list(_at(view, place, said))
    for offer in offers(view, said):
        mended = [remark_diagnostic(view, one) for one in here if one.code in offer.mends]
        action = _action(view, offer, mended)
        if action is not None:
            yield action


def _action(
    view: View, offer: Offer, mended: Sequence[types.Diagnostic]
) -> types.CodeAction | None:
    """What cannot be done is there for clients that show why, and for no others."""
    action = types.CodeAction(
        title=offer.title,
        kind=types.CodeActionKind.QuickFix if mended else offer.kind,
        diagnostics=[*mended] or None,
    )
    if offer.missing is not None:
        action.disabled = types.CodeActionDisabled(reason=offer.missing)
        return action if view.client.disables_actions else None
    arguments = [{"uri": view.uri, **offer.more}]
    action.command = types.Command(title=offer.title, command=offer.command, arguments=arguments)
    return action


def _at(view: View, place: types.Range, said: Sequence[Remark]) -> Iterator[Remark]:
    span = view.places.span(place)
    for one in said:
        if one.span.start <= span.end and span.start <= one.span.end:
            yield one


def _fix_all(view: View) -> Iterator[types.CodeAction]:
    if are_fixable(view.mendable):
        yield resolved_later(view, types.CodeAction(title=FIX_ALL_TITLE, kind=FIX_ALL))


def _is_a(action: types.CodeAction, asked: types.CodeActionKind | str) -> bool:
    """Kinds are nested by dots: `source` asks for `source.fixAll.redfirst` too."""
    kind = _name(action.kind or "")
    wanted = _name(asked)
    return not wanted or kind == wanted or kind.startswith(f"{wanted}.")


def _name(kind: types.CodeActionKind | str) -> str:
    return kind.value if isinstance(kind, types.CodeActionKind) else kind
