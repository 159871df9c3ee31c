"""Changes to open texts as the client applies them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lsprotocol import types

from redfirst.lsp.state.positions import Positions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from redfirst.lsp.state.view import View
    from redfirst.spec.ide.new_case import NewCase
    from redfirst.spec.problem import TextEdit


def workspace_edit(view: View, edits: Iterable[TextEdit]) -> types.WorkspaceEdit:
    """Edits of the view's text; a client that can check versions refuses them on a newer one."""
    changes = [types.TextEdit(view.places.range(edit.span), edit.new_text) for edit in edits]
    if not view.client.versioned_edits:
        return types.WorkspaceEdit(changes={view.uri: changes})
    document = types.OptionalVersionedTextDocumentIdentifier(uri=view.uri, version=view.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, changes)])


@dataclass(frozen=True, slots=True)
class FileEdits:
    """Edits of one file as the person sees it. `confirm`: why the person should look at them."""

    path: Path
    edits: tuple[TextEdit, ...]
    confirm: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A file gets another name, after its text was edited."""

    before: Path
    after: Path


def workspace_edits(
    view: View, label: str, files: Sequence[FileEdits], move: Move | None = None
) -> types.WorkspaceEdit:
    """One change to several files, as far as the client can be told what it is.

    A move is for clients that can rename files only; who asks for one has looked.
    """
    if not view.client.versioned_edits:
        changes = {view.uri_of(file.path): [*_text_edits(view, file)] for file in files}
        return types.WorkspaceEdit(changes=changes)
    annotates = view.client.annotates_edits
    reasons = {file.confirm for file in files if file.confirm} if annotates else set[str]()
    annotations = {
        reason: types.ChangeAnnotation(label, needs_confirmation=True, description=reason)
        for reason in sorted(reasons)
    }
    changed: list[types.TextDocumentEdit | types.RenameFile] = [
        _document_edit(view, file) for file in files
    ]
    if move is not None:
        before, after = view.uri_of(move.before), move.after.as_uri()
        changed.append(types.RenameFile(before, after))
    return types.WorkspaceEdit(document_changes=changed, change_annotations=annotations or None)


def snippet_edit(view: View, path: Path, new: NewCase) -> types.WorkspaceEdit:
    """A case put into a spec, with the cursor in its blank where the client can do that."""
    if not (view.client.versioned_edits and view.client.snippet_edits):
        return workspace_edits(view, "", [FileEdits(path, (new.edit,))])
    text, blank = new.edit.new_text, new.blank
    before, inside, after = text[: blank.start], blank.of(text), text[blank.end :]
    cursor = f"${{1:{_literally(inside)}}}" if inside else "$0"
    snippet = types.StringValue(value=f"{_literally(before)}{cursor}{_literally(after)}")
    opened = view.opened(path)
    places = Positions(view.read(path) or "", view.client.encoding)
    document = types.OptionalVersionedTextDocumentIdentifier(
        uri=view.uri_of(path), version=opened.version if opened else None
    )
    edit = types.SnippetTextEdit(places.range(new.edit.span), snippet)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, [edit])])


def _literally(text: str) -> str:
    """The text in a snippet, where some characters mean something."""
    return re.sub(r"([\\$}])", r"\\\1", text)


def _document_edit(view: View, file: FileEdits) -> types.TextDocumentEdit:
    opened = view.opened(file.path)
    document = types.OptionalVersionedTextDocumentIdentifier(
        uri=view.uri_of(file.path), version=opened.version if opened else None
    )
    edits = _text_edits(view, file)
    if file.confirm is None or not view.client.annotates_edits:
        return types.TextDocumentEdit(document, [*edits])
    annotated = [types.AnnotatedTextEdit(file.confirm, edit.range, edit.new_text) for edit in edits]
    return types.TextDocumentEdit(document, annotated)


def _text_edits(view: View, file: FileEdits) -> Iterator[types.TextEdit]:
    places = Positions(view.read(file.path) or "", view.client.encoding)
    for edit in file.edits:
        yield types.TextEdit(places.range(edit.span), edit.new_text)
