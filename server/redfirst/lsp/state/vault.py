"""The key for a model that the editor keeps for the person."""

from __future__ import annotations

import logging
from typing import Final

_log: Final = logging.getLogger(__name__)


class Vault:
    """Holds the key as long as the client is there. Nothing of ours prints it or writes it down.

    Whoever asks a model hands it on, over standard input, to the process that needs it.
    """

    def __init__(self) -> None:
        self._key: str | None = None

    @property
    def key(self) -> str | None:
        """The key; `None` when the editor keeps none, and the one of the environment counts."""
        return self._key

    def keep(self, params: object) -> None:
        """`redfirst/key`: the key from now on, or none any more."""
        key: object = getattr(params, "key", ...)
        if key is None or isinstance(key, str):
            self._key = (key or "").strip() or None
        else:
            _log.warning('`redfirst/key` must say `{key: "..."}` or `{key: null}`.')
