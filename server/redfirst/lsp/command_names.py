"""The commands that an editor can send.

Each takes one argument, `{"uri": ...}` of a spec or of its test module; `STATUS` can do without.
"""

from __future__ import annotations

from typing import Final

VERIFY: Final = "redfirst.verify"
GENERATE: Final = "redfirst.generate"
REGENERATE: Final = "redfirst.regenerate"
RUN: Final = "redfirst.run"
STRENGTH: Final = "redfirst.strength"
SKELETON: Final = "redfirst.skeleton"
REFACTOR: Final = "redfirst.refactor"
TRANSCRIPT: Final = "redfirst.transcript"
STATUS: Final = "redfirst.status"
OPEN: Final = "redfirst.open"

# One run for each spec at a time.
ON_SPECS: Final = (
    VERIFY,
    GENERATE,
    REGENERATE,
    RUN,
    STRENGTH,
    SKELETON,
    REFACTOR,
    TRANSCRIPT,
)
ALL: Final = (*ON_SPECS, OPEN, STATUS)
