from __future__ import annotations

from tests.support.temporary import temporary

__all__ = ["temporary"]
