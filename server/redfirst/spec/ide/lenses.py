"""What stands above a function and above its tests: what can be done, and how they stand."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from redfirst.spec.ide.verdicts import summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.ide.surroundings import Surroundings


class Lens(StrEnum):
    """What a lens is for; a click on the summary verifies."""

    SUMMARY = "summary"
    GENERATE = "generate"
    REGENERATE = "regenerate"
    VERIFY = "verify"
    RUN = "run"
    SKELETON = "skeleton"
    OPEN_TEST = "open_test"
    OPEN_CODE = "open_code"
    OPEN_SPEC = "open_spec"


_TITLES: Final = {
    Lens.GENERATE: "Generate tests",
    Lens.REGENERATE: "Generate again",
    Lens.VERIFY: "Verify red",
    Lens.RUN: "Run",
    Lens.SKELETON: "Create module",
    Lens.OPEN_TEST: "Open tests",
    Lens.OPEN_CODE: "Open code",
}


def lenses_of(around: Surroundings) -> Iterator[Lens]:
    """The lenses above the function of a spec, in order: only what can be done there now."""
    if not around.test_exists:
        yield Lens.GENERATE
    else:
        yield Lens.SUMMARY
        yield Lens.VERIFY
        if around.stale:
            yield Lens.REGENERATE
        if around.module_exists:
            yield Lens.RUN
        yield Lens.OPEN_TEST
    if around.module_exists:
        yield Lens.OPEN_CODE
    elif around.module_path is not None:
        yield Lens.SKELETON


def title(lens: Lens, around: Surroundings) -> str:
    """The words of a lens. Those of the summary begin with how the tests stand."""
    if lens is not Lens.SUMMARY:
        return _TITLES[lens]
    said = summary(around)
    return f"{said} · stale" if around.stale else said
