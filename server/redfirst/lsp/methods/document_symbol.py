"""`textDocument/documentSymbol`: the function, its types and its cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lsprotocol import types

from redfirst.lsp.state.view import Kind
from redfirst.spec.ide.outline import Symbol, SymbolKind, outline

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from redfirst.lsp.state.view import View

KINDS: Final = {
    SymbolKind.FUNCTION: types.SymbolKind.Function,
    SymbolKind.TYPE: types.SymbolKind.Struct,
    SymbolKind.CASE: types.SymbolKind.Event,
}


def document_symbol(
    view: View, _params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol] | list[types.SymbolInformation] | None:
    """A tree, or a list for clients that know no trees."""
    if view.kind is not Kind.SPEC:
        return None
    symbols = outline(view.document)
    if view.client.nested_symbols:
        return [_nested(view, symbol) for symbol in symbols]
    return list(_flat(view, symbols, None))


def _nested(view: View, symbol: Symbol) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=symbol.name,
        detail=symbol.detail,
        kind=KINDS[symbol.kind],
        range=view.places.range(symbol.span),
        selection_range=view.places.range(symbol.selection),
        children=[_nested(view, child) for child in symbol.children],
    )


def _flat(
    view: View, symbols: Iterable[Symbol], container: str | None
) -> Iterator[types.SymbolInformation]:
    for symbol in symbols:
        place = types.Location(view.uri, view.places.range(symbol.span))
        yield types.SymbolInformation(
            location=place,
            name=symbol.name,
            kind=KINDS[symbol.kind],
            container_name=container,
        )
        yield from _flat(view, symbol.children, symbol.name)
