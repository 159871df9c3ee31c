"""What the server asks of the client: to tell the person something, and to change files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Show = Callable[[types.ShowMessageParams], None]
    Apply = Callable[[types.ApplyWorkspaceEditParams], Awaitable[Any]]


class Editor:
    """The person's side of a command. Only what was asked for may pop up."""

    def __init__(self, show: Show, apply: Apply) -> None:
        self._show = show
        self._apply = apply

    def answer(self, message: str) -> None:
        """What came of what the person asked for."""
        self._show(types.ShowMessageParams(types.MessageType.Info, message))

    def refuse(self, message: str) -> None:
        """Why nothing came of it, and what to do."""
        self._show(types.ShowMessageParams(types.MessageType.Warning, message))

    async def apply(self, label: str, edit: types.WorkspaceEdit) -> str | None:
        """Have the client change texts: why it did not, empty when the person said no."""
        try:
            said = await self._apply(types.ApplyWorkspaceEditParams(edit, label))
        except JsonRpcException as error:
            return error.message
        return None if said.applied else said.failure_reason or ""
