"""Keeps the settings of the editor: asks for them, hears of changes, says what is wrong."""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from lsprotocol import types
from pygls.exceptions import JsonRpcException

from redfirst.lsp.state.client_log import set_level
from redfirst.lsp.state.settings import SECTION, Settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from redfirst.lsp.state.preferences import Preferences
    from redfirst.lsp.state.session import Session

    Ask = Callable[[types.ConfigurationParams], Awaitable[Sequence[object]]]

_log = logging.getLogger(__name__)


class Configurer:
    """Settings come with the first message, on request, or with the news that they changed.

    `changed` is called when other settings hold than before. A problem is said when it comes up,
    not again each time that the client repeats its settings.
    """

    def __init__(self, session: Session, ask: Ask, changed: Callable[[], None]) -> None:
        self._session = session
        self._ask = ask
        self._changed = changed
        self._questions = 0
        self._said: frozenset[str] = frozenset()
        self._initial_problems: tuple[str, ...] = ()

    def start(self, options: object) -> None:
        """The initialization options."""
        initial, self._initial_problems = read_settings(Settings(), options)
        general = replace(initial, trusted=True)
        self._session.preferences = replace(
            self._session.preferences,
            initial=initial,
            general=general,
            client_trusts=initial.trusted,
        )
        set_level(self._session.settings.log_level)

    def trust(self, params: object) -> None:
        """`redfirst/trust`: the client's word on whether files may be run."""
        trusted = getattr(params, "trusted", None)
        if isinstance(trusted, bool):
            self._keep(replace(self._session.preferences, client_trusts=trusted))
        else:
            _log.warning("`redfirst/trust` must say `{trusted: true}` or `{trusted: false}`.")

    async def told(self, settings: object) -> None:
        """`workspace/didChangeConfiguration`: a client that can be asked is asked what holds."""
        if self._session.client.configuration:
            await self.ask()
        elif settings is not None:
            self._take([_section(settings)])

    async def ask(self) -> None:
        """Ask for the settings of the workspace and of each folder, if the client answers that.

        Of several questions under way only the answer to the last one counts.
        """
        if not self._session.client.configuration:
            self._report(self._initial_problems)
            return
        self._questions += 1
        question = self._questions
        scopes = [None, *(folder.uri for folder in self._session.folders)]
        items = [types.ConfigurationItem(scope_uri=scope, section=SECTION) for scope in scopes]
        with suppress(JsonRpcException):  # a client that cannot after all: what holds, holds on
            answer = await self._ask(types.ConfigurationParams(items))
            if question == self._questions:
                self._take(answer)

    def _take(self, told: Sequence[object]) -> None:
        """The first is the general section, the others belong to the folders, in their order."""
        preferences = self._session.preferences
        base = replace(preferences.initial, trusted=True)
        general, problems = read_settings(base, told[0] if told else None)
        folders = {}
        for folder, section in zip(self._session.folders, told[1:], strict=False):
            folders[folder.path], more = read_settings(general, section)
            problems += more
        self._keep(replace(preferences, general=general, folders=folders))
        self._report((*self._initial_problems, *problems))

    def _keep(self, preferences: Preferences) -> None:
        before, self._session.preferences = self._session.preferences, preferences
        set_level(preferences.settings.log_level)
        if preferences != before:
            _log.info("The settings are now: %s.", preferences.settings)
            self._changed()

    def _report(self, problems: Sequence[str]) -> None:
        for problem in dict.fromkeys(problems):
            if problem not in self._said:
                _log.warning("%s", problem)
        self._said = frozenset(problems)


def _section(settings: object) -> object:
    """Our part of what a client pushes, which is all of its settings or ours only."""
    told = cast("dict[str, Any]", settings) if isinstance(settings, dict) else {}
    return told.get(SECTION, told if isinstance(settings, dict) else settings)
