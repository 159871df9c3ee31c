"""`textDocument/documentLink`: a spec's module, and the spec that a generated module names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from redfirst.generation.provenance import read_provenance
from redfirst.lsp.state.view import Kind
from redfirst.spec.ranges import Span
from redfirst.spec.yaml.nodes import Mapping

if TYPE_CHECKING:
    from pathlib import Path

    from redfirst.lsp.state.view import View


def document_link(view: View, _params: types.DocumentLinkParams) -> list[types.DocumentLink] | None:
    """Only to files that exist."""
    if view.kind is Kind.OTHER:
        return None
    found = _to_module(view) if view.kind is Kind.SPEC else _to_spec(view)
    if found is None:
        return []
    span, path = found
    return [types.DocumentLink(view.places.range(span), path.as_uri())]


def _to_module(view: View) -> tuple[Span, Path] | None:
    tree, module = view.document.tree, view.neighbours().implementation
    written = tree.get("module") if isinstance(tree, Mapping) else None
    if written is None or module is None or not module.exists:
        return None
    return written.span, module.path


def _to_spec(view: View) -> tuple[Span, Path] | None:
    provenance = read_provenance(view.text)
    shown = provenance.spec_path if provenance else ""
    start = view.text.find(shown)
    path = view.project.root / shown
    if not shown or start < 0 or view.read(path) is None:
        return None
    return Span(start, start + len(shown)), path
