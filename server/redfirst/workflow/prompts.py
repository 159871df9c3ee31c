"""The instructions for models: files of the package with a version, so that a test can name it."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Final

from redfirst.project.shipped import package_text

TESTS: Final = "generation/prompts/tests.md"
REFACTORING: Final = "refactoring/prompts/refactoring.md"

_FILE: Final = re.compile(r"version: *(?P<version>\w+)\n\n(?P<text>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Prompt:
    """Instructions. `version` changes with every change of their words."""

    version: str
    text: str


@functools.cache
def prompt(name: str) -> Prompt:
    """The prompt in the file `name` of the package."""
    found = _FILE.fullmatch(package_text(name))
    if found is None:
        raise ValueError(f"`{name}` does not begin with `version: N` and an empty line")
    return Prompt(found["version"], found["text"].strip() + "\n")
