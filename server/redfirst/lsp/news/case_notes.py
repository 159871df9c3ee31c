"""`redfirst/casesChanged`: the answer to `redfirst/cases` may be another one now."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from redfirst.lsp.state.session import Session

CASES_CHANGED: Final = "redfirst/casesChanged"


class CaseNotes:
    """Tells clients that list cases, once for all that one message or run has changed.

    It says where to ask again and looks at nothing itself: a client asks for what it shows, when it
    has the time. On the event loop only.
    """

    def __init__(self, session: Session, notify: Callable[[str, object], None]) -> None:
        self._session = session
        self._notify = notify
        self._due: set[str | None] = set()
        self._specs_of: dict[str, frozenset[str]] = {}

    def text_changed(self, uri: str) -> None:
        """The text at `uri` is another one, or the disk's again."""
        view = self._session.view(uri)
        before = self._specs_of.pop(uri, frozenset())
        if view is None:
            self._tell(*before)
            return
        specs = (*view.measuring, *([view.spec_path] if view.spec_path else []))
        now = frozenset(view.uri_of(spec) for spec in specs)
        self._specs_of[uri] = now
        self._tell(*before, *now)

    def news(self, spec_path: Path) -> None:
        """More is known of a spec than before."""
        view = next((v for v in self._session.views() if v.path == spec_path), None)
        self._tell(view.uri if view else spec_path.as_uri())

    def everything_changed(self) -> None:
        """Settings, or files outside of the editor: nobody knows which specs."""
        self._tell(None)

    def _tell(self, *uris: str | None) -> None:
        if not self._session.client.lists_cases:
            return
        if uris and not self._due:
            asyncio.get_running_loop().call_soon(self._say)
        self._due.update(uris)

    def _say(self) -> None:
        due, self._due = self._due, set()
        for uri in [None] if None in due else sorted(uri for uri in due if uri):
            self._notify(CASES_CHANGED, {"uri": uri})
