"""Give a file a new text: through the client where it can, else on the disk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lsprotocol import types

from redfirst.lsp.state.positions import Positions
from redfirst.project.files import FileText, replace_file
from redfirst.spec.ranges import Span

if TYPE_CHECKING:
    from pathlib import Path

    from redfirst.lsp.connection.client import Client
    from redfirst.lsp.work.desk import Desk

_ANNOTATION: Final = "redfirst"


@dataclass(frozen=True, slots=True)
class Replacement:
    """The file `path`, shown as `shown`, holds `now` (`None`: it does not exist) and gets `text`.

    `asks`: the person must see the change and agree to it first; `reason` is what it is good for.
    """

    path: Path
    shown: str
    now: FileText | None
    text: str
    asks: bool = False
    reason: str | None = None

    @property
    def title(self) -> str:
        """What is done, as an imperative."""
        return f"{'Create' if self.now is None else 'Replace'} `{self.shown}`"


async def write(desk: Desk, change: Replacement) -> bool:
    """Whether the file has its new text now; what kept it from that was said.

    `ProjectError` when it cannot be written.
    """
    edit = edit_of(desk.session.client, change, _version(desk, change))
    if edit is None:
        before = change.now.data if change.now else None
        replace_file(change.path, change.text, expected=before, shown=change.shown)
        return True
    change.path.parent.mkdir(parents=True, exist_ok=True)  # not every client makes folders
    failure = await desk.editor.apply(change.title, edit)
    if failure or (failure is not None and not change.asks):
        why = failure or "it gives no reason. Check that the file and its folder can be written."
        desk.editor.refuse(f"The editor did not change `{change.shown}`: {why}")
    return failure is None


def _version(desk: Desk, change: Replacement) -> int | None:
    view = desk.session.view(change.path.as_uri())
    return view.version if view else None


def edit_of(client: Client, change: Replacement, version: int | None) -> types.WorkspaceEdit | None:
    """The change as the client understands it; `None` when the client cannot make it.

    `version` is that of the open text, `None` when it is not open.
    """
    uri = change.path.as_uri()
    if not client.applies_edits or (change.now is None and not client.creates_files):
        return None
    old = change.now.text if change.now else ""
    place = Positions(old, client.encoding).range(Span(0, len(old)))
    if not client.versioned_edits:
        return types.WorkspaceEdit(changes={uri: [types.TextEdit(place, change.text)]})
    document = types.OptionalVersionedTextDocumentIdentifier(uri=uri, version=version)
    if not client.annotates_edits:
        edits = [types.TextDocumentEdit(document, [types.TextEdit(place, change.text)])]
        creation = [] if change.now else [types.CreateFile(uri=uri)]
        return types.WorkspaceEdit(document_changes=[*creation, *edits])
    text = types.AnnotatedTextEdit(_ANNOTATION, place, change.text)
    creation = [] if change.now else [types.CreateFile(uri=uri, annotation_id=_ANNOTATION)]
    return types.WorkspaceEdit(
        document_changes=[*creation, types.TextDocumentEdit(document, [text])],
        change_annotations={
            _ANNOTATION: types.ChangeAnnotation(change.title, change.asks, change.reason)
        },
    )
