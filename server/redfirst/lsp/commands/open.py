"""`redfirst.open`: have the editor show a file, for clients without a command of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams

from redfirst.lsp import command_names
from redfirst.lsp.state.session import path_of

if TYPE_CHECKING:
    from redfirst.lsp.work.desk import Show


async def open_file(show: Show, params: types.ExecuteCommandParams) -> bool:
    """Show the place `{"uri": ..., "range": ...}`; whether the editor did."""
    given = cast("Any", params.arguments[0] if params.arguments else None)
    argument = cast("dict[str, Any]", given) if isinstance(given, dict) else {}
    uri = argument.get("uri")
    if not isinstance(uri, str) or path_of(uri) is None:
        name = command_names.OPEN
        message = f'`{name}` takes one argument, `{{"uri": ..., "range": ...}}` of a file.'
        raise JsonRpcInvalidParams(message)
    place = _range(argument.get("range"))
    try:
        shown = await show(types.ShowDocumentParams(uri=uri, take_focus=True, selection=place))
    except JsonRpcException:  # it was the client that could not
        return False
    return shown.success


def _range(place: Any) -> types.Range | None:  # noqa: ANN401  # whatever a client sends
    try:
        return types.Range(*(types.Position(**place[side]) for side in ("start", "end")))
    except (KeyError, TypeError, ValueError):
        return None
