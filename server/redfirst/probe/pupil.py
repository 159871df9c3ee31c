"""What a run imported that every later one could have ready."""

from __future__ import annotations

import importlib
import os
import sys

from . import wire


class Pupil:
    """Knows what there was before any run."""

    def __init__(self) -> None:
        self._modules = set(sys.modules)
        self._environment = dict(os.environ)

    def learned(self) -> wire.Learned:
        """What has been imported since that every project could have ready."""
        preload = importlib.import_module(".preload", __package__)
        return wire.Learned(preload.learn(self._modules, self._environment))
