"""Changes to open texts as the client applies them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redfirst.lsp.view import View
    from redfirst.spec.problem import TextEdit


def workspace_edit(view: View, edits: Iterable[TextEdit]) -> types.WorkspaceEdit:
    """Edits of the view's text; a client that can check versions refuses them on a newer one."""
    changes = [types.TextEdit(view.places.range(edit.span), edit.new_text) for edit in edits]
    if not view.client.versioned_edits:
        return types.WorkspaceEdit(changes={view.uri: changes})
    document = types.OptionalVersionedTextDocumentIdentifier(uri=view.uri, version=view.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, changes)])
