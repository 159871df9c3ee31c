"""Markdown for those who can show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

if TYPE_CHECKING:
    from redfirst.lsp.connection.client import Client


def markup(client: Client, markdown: str) -> types.MarkupContent:
    """A text; a client that shows plain text only gets the same, marks and all."""
    kind = types.MarkupKind.Markdown if client.markdown else types.MarkupKind.PlainText
    return types.MarkupContent(kind, markdown)
