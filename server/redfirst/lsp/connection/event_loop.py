"""The event loop without TLS, which asyncio can do without: it is imported for nobody here, and
takes a twentieth of the time to the first answer.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Final

_ASYNCIO: Final = "asyncio"
_TLS: Final = "ssl"


def load_event_loop() -> None:
    """Import asyncio as on a Python that was built without TLS. Later imports of `ssl` find it."""
    if _ASYNCIO in sys.modules or _TLS in sys.modules:
        return
    sys.modules[_TLS] = None  # type: ignore[assignment]  # pyright: ignore[reportArgumentType]  # an ImportError, says the language reference
    try:
        import_module(_ASYNCIO)
    finally:
        del sys.modules[_TLS]
