"""`codeAction/resolve`: the edit of an action that takes its time, once the person chooses it.

Editors ask for actions whenever the cursor moves. To fix a long text as a whole takes longer than
all else that is offered, and is rarely wanted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from pygls.exceptions import JsonRpcContentModified

from redfirst.lsp.answers.edits import workspace_edit
from redfirst.spec.ide.fixes import fix_all

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsprotocol import types

    from redfirst.lsp.state.view import View

_CHANGED = "The text has changed since this was offered. Ask for its actions again."


def resolved_later(view: View, action: types.CodeAction) -> types.CodeAction:
    """The action that fixes everything, with its edit for clients that cannot ask for that."""
    if view.client.resolves_edits:
        action.data = {"uri": view.uri, "digest": view.digest}
    else:
        _resolve(view, action)
    return action


def code_action_resolve(
    view_of: Callable[[str], View | None], action: types.CodeAction
) -> types.CodeAction:
    """The action with its edit. `JsonRpcContentModified` when that would be one of another text."""
    offered = _read(action.data)
    if offered is not None:
        uri, digest = offered
        view = view_of(uri)
        if view is None or view.digest != digest:
            raise JsonRpcContentModified(_CHANGED)
        _resolve(view, action)
    return action


def _resolve(view: View, action: types.CodeAction) -> None:
    fix = fix_all(view.mendable)
    action.edit = workspace_edit(view, fix.edits) if fix is not None else None


def _read(data: object) -> tuple[str, str] | None:
    """What was put into the action; `None` for one that is complete, or none of ours."""
    told = cast("dict[str, Any]", data) if isinstance(data, dict) else {}
    uri, digest = told.get("uri"), told.get("digest")
    return (uri, digest) if isinstance(uri, str) and isinstance(digest, str) else None
