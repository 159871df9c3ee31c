"""`workspace/symbol`: functions and cases of all specs, by a part of their names."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from redfirst.lsp.methods.document_symbol import KINDS
from redfirst.lsp.news.closed_files import files_below
from redfirst.lsp.state.positions import Positions
from redfirst.lsp.state.slices import in_slices
from redfirst.lsp.state.verdicts import text_hash
from redfirst.lsp.state.view import Kind
from redfirst.project.project import PYPROJECT
from redfirst.spec.ide.search import rank, searchable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from redfirst.lsp.state.session import Session
    from redfirst.spec.ide.outline import Symbol

# Nobody reads on; who knows more letters gets others.
MOST: Final = 200


@dataclass(frozen=True, slots=True, order=True)
class _Hit:
    """A symbol that fits; the better ones first, then in the order of the files."""

    rank: int
    number: int
    information: types.SymbolInformation = field(compare=False)


class WorkspaceSymbols:
    """Of several requests under way the newest is answered, the others are refused.

    What a text holds is remembered under its hash: only the first search reads every spec.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[Path, tuple[str, tuple[Symbol, ...]]] = {}
        self._newest = 0

    async def answer(self, params: types.WorkspaceSymbolParams) -> list[types.SymbolInformation]:
        """At most `MOST` symbols, those that fit best."""
        self._newest += 1
        mine = self._newest
        best: list[_Hit] = []
        async for hits in in_slices(self._session, self._search(params.query)):
            if mine != self._newest:
                words = "A newer search takes the place of this one."
                raise JsonRpcException(words, types.LSPErrorCodes.RequestCancelled)
            best = heapq.nsmallest(MOST, [*best, *(hit for each in hits for hit in each)])
        return [hit.information for hit in best]

    def _search(self, query: str) -> Iterator[list[_Hit] | None]:
        """The hits in one spec after the other; `None` for a step without any."""
        seen: set[Path] = set()
        number = 0
        for path, uri in self._specs():
            text = self._session.read(path) if path is not None and path not in seen else None
            if path is None or text is None:
                yield None
                continue
            seen.add(path)
            hits: list[_Hit] = []
            places = Positions(text, self._session.client.encoding)
            symbols = self._symbols(path, text)
            for symbol in symbols:
                fit = rank(query, symbol)
                if fit is not None:
                    number += 1
                    container = None if symbol is symbols[0] else symbols[0].name
                    hits.append(_Hit(fit, number, _information(symbol, uri, places, container)))
            yield hits
        self._known = {path: known for path, known in self._known.items() if path in seen}

    def _specs(self) -> Iterator[tuple[Path | None, str]]:
        """The open specs, also those outside of all folders, then the files of the folders."""
        for view in self._session.views():
            if view.kind is Kind.SPEC:
                yield view.path, view.uri
        for path, uri, project in files_below(self._session.folders):
            yield (path if project is not None and path.name != PYPROJECT else None), uri

    def _symbols(self, path: Path, text: str) -> tuple[Symbol, ...]:
        name = text_hash(text)
        known = self._known.get(path)
        if known is None or known[0] != name:
            known = name, searchable(text)
            self._known[path] = known
        return known[1]


def _information(
    symbol: Symbol, uri: str, places: Positions, container: str | None
) -> types.SymbolInformation:
    return types.SymbolInformation(
        location=types.Location(uri, places.range(symbol.selection)),
        name=symbol.name,
        kind=KINDS[symbol.kind],
        container_name=container,
    )
