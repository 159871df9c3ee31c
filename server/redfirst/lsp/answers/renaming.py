"""A new name for a case or a function, in all files that are ours to change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from redfirst.generation.provenance import has_drifted, read_provenance
from redfirst.generation.renaming import HiddenNameError, Renaming, renamed_module
from redfirst.lsp.answers.edits import FileEdits, Move, workspace_edits
from redfirst.project.fault import ProjectError
from redfirst.project.files import read_source
from redfirst.project.layout import test_path
from redfirst.spec.ide.code_outline import definitions
from redfirst.spec.ide.code_uses import uses
from redfirst.spec.ide.difference import line_edits
from redfirst.spec.ide.rename import Refusal, Renamed, rename_case, rename_function
from redfirst.spec.problem import TextEdit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from redfirst.lsp.answers.standpoint import Standpoint
    from redfirst.lsp.state.view import View
    from redfirst.spec.model import Spec

_CALLERS: Final = "Code of yours. Calls from other modules are not changed."


class RefusedError(JsonRpcException):
    """Nothing is renamed; the message is for the person."""

    CODE = types.LSPErrorCodes.RequestFailed.value


def refuse_if_unsafe(view: View, at: Standpoint) -> None:
    """`RefusedError` when the tests hold something of a person's that a renaming could spoil."""
    path, source = at.neighbours.test_path, at.neighbours.test_source
    if path is None or source is None:
        return
    shown, spec = view.project.relative(path), view.project.relative(at.path)
    provenance = read_provenance(source)
    if provenance is not None and provenance.spec_path != spec:
        message = f"`{shown}` was generated from `{provenance.spec_path}`, not from `{spec}`."
        raise RefusedError(f"{message} Give each spec a test module of its own, then rename.")
    if has_drifted(source):
        raise RefusedError(
            f"`{shown}` was edited by hand since it was generated. Generate it again, or take the "
            "edits into the spec, then rename."
        )
    if view.opened(path) is not None and _saved(path) != source:
        raise RefusedError(f"`{shown}` has changes that are not saved. Save it, then rename.")


def renaming(view: View, at: Standpoint, new_name: str) -> types.WorkspaceEdit:
    """The change to spec, tests and, for a function, its code. `RefusedError` says why not."""
    refuse_if_unsafe(view, at)
    before, renamed = at.document.spec, _in_spec(at, new_name)
    after = renamed.document.spec
    if before is None or after is None:
        raise RefusedError("The spec cannot be read as a whole yet.")
    files = [FileEdits(at.path, renamed.edits), *_in_tests(view, at, Renaming(before, after))]
    if at.case is not None:
        return workspace_edits(view, f"Rename `{at.case.id}`", files)
    files += _in_code(view, at, before, after)
    label = f"Rename `{before.function.value}` in its module"
    return workspace_edits(view, label, files, _moved(view, at, after))


def _in_spec(at: Standpoint, new_name: str) -> Renamed:
    if at.case is not None:
        renamed = rename_case(at.document, at.case, new_name)
    else:
        renamed = rename_function(at.document, new_name)
    if isinstance(renamed, Refusal):
        raise RefusedError(renamed.message)
    return renamed


def _in_tests(view: View, at: Standpoint, names: Renaming) -> Iterator[FileEdits]:
    path, source = at.neighbours.test_path, at.neighbours.test_source
    if path is None or source is None:
        return
    try:
        edits = line_edits(source, renamed_module(source, names))
    except HiddenNameError as error:
        shown = view.project.relative(path)
        message = f"`{shown}` cannot be renamed along: {error}. Change that, then rename."
        raise RefusedError(message) from error
    if edits:
        yield FileEdits(path, edits)


def _in_code(view: View, at: Standpoint, before: Spec, after: Spec) -> Iterator[FileEdits]:
    """The `def` and, for a plain function, its uses in its own module."""
    module = at.neighbours.implementation
    source = view.read(module.path) if module is not None and module.exists else None
    function = before.function.value
    spans = [each.span for each in definitions(source or "") if each.name == function]
    if module is None or source is None or not spans:
        return
    if before.class_name is None:
        spans += uses(source, before.module.value, function).spans
    new_name = after.function.value.rpartition(".")[2]
    edits = tuple(TextEdit(span, new_name) for span in sorted(set(spans)))
    yield FileEdits(module.path, edits, confirm=_CALLERS)


def _moved(view: View, at: Standpoint, after: Spec) -> Move | None:
    """The test module has the function's name, as a rule."""
    old = at.neighbours.test_path
    new = test_path(view.project, at.path, after.function.value, after.module.value)
    if old is None or at.neighbours.test_source is None or new == old:
        return None
    shown, wanted = view.project.relative(old), view.project.relative(new)
    if view.read(new) is not None:
        raise RefusedError(f"There is a `{wanted}` already, so `{shown}` cannot be moved there.")
    if not (view.client.renames_files and view.client.versioned_edits):
        raise RefusedError(
            f"`{shown}` would have to become `{wanted}`, and this editor cannot be told to rename "
            "a file. Delete the tests, rename, and generate them again."
        )
    return Move(old, new)


def _saved(path: Path) -> str | None:
    try:
        return read_source(path).text
    except ProjectError:
        return None
