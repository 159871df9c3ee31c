"""`textDocument/completion`: keys, snippets, exceptions, modules."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from lsprotocol import types

from redfirst.lsp.answers.markup import markup
from redfirst.lsp.state.view import Kind
from redfirst.project.layout import find_implementation
from redfirst.project.module_names import module_names
from redfirst.spec.ide.candidate import Candidate, CandidateKind, Modules
from redfirst.spec.ide.completion import complete
from redfirst.spec.ide.yaml_text import without_placeholders

if TYPE_CHECKING:
    from redfirst.lsp.state.view import View

_KINDS: Final = {
    CandidateKind.KEY: types.CompletionItemKind.Property,
    CandidateKind.SNIPPET: types.CompletionItemKind.Snippet,
    CandidateKind.EXCEPTION: types.CompletionItemKind.Class,
    CandidateKind.MODULE: types.CompletionItemKind.Module,
    CandidateKind.FUNCTION: types.CompletionItemKind.Function,
    CandidateKind.TYPE: types.CompletionItemKind.Class,
    CandidateKind.VALUE: types.CompletionItemKind.Value,
    CandidateKind.PARAMETER: types.CompletionItemKind.Variable,
}


def completion(view: View, params: types.CompletionParams) -> list[types.CompletionItem] | None:
    """What can be written at the cursor, the likely things first."""
    if view.kind is not Kind.SPEC:
        return None
    offset = view.places.offset(params.position)
    modules = Modules(partial(module_names, view.project), partial(_source, view))
    candidates = complete(view.document, offset, modules)
    if view.settings.yaml_server:
        candidates = [each for each in candidates if each.kind is not CandidateKind.KEY]
    return [_item(view, candidate, place) for place, candidate in enumerate(candidates)]


def _source(view: View, module: str) -> str | None:
    if not all(part.isidentifier() for part in module.split(".")):
        return None
    found = find_implementation(view.project, module)
    return view.read(found.path) if found.exists else None


def _item(view: View, candidate: Candidate, place: int) -> types.CompletionItem:
    snippets = view.client.snippets
    text = candidate.snippet if snippets else without_placeholders(candidate.snippet)
    return types.CompletionItem(
        label=candidate.label,
        kind=_KINDS[candidate.kind],
        documentation=markup(view.client, candidate.markdown) if candidate.markdown else None,
        sort_text=f"{place:04}",
        insert_text_format=(
            types.InsertTextFormat.Snippet if snippets else types.InsertTextFormat.PlainText
        ),
        insert_text_mode=types.InsertTextMode.AdjustIndentation,
        text_edit=types.TextEdit(view.places.range(candidate.span), text),
    )
