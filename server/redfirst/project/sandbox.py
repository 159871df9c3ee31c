"""The border between this machine and the tests that run on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_SECRETS: Final = re.compile(
    r"^ANTHROPIC_|API_?KEY$|(^|_)TOKEN$|SECRET|PASSWORD|PASSWD|CREDENTIALS?$|_ACCESS_KEY$|_PRIVATE_KEY$"
)
# They would change which tests run, or measure coverage a second time into the project's files.
_MEDDLING: Final = re.compile(
    r"^(PYTEST_ADDOPTS|PYTEST_PLUGINS|PYTEST_CURRENT_TEST|PYTEST_VERSION)$|^PYTEST_XDIST_|^COVERAGE_|^COV_CORE_"
)
_TEMPORARY: Final = ("TMPDIR", "TEMP", "TMP")


@dataclass(frozen=True, slots=True)
class Launch:
    """What to start, and with which environment variables."""

    command: tuple[str, ...]
    environment: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sandbox:
    """How far tests are kept from this machine. Reports name the `level`.

    The one level so far is "none": tests can do what the user can do. They are only spared the
    environment variables that look like keys and tokens.
    """

    level: str = "none"

    def launch(
        self, command: Sequence[str], scratch: Path, environment: Mapping[str, str]
    ) -> Launch:
        """How to start `command`; its temporary files go to the folder `scratch`."""
        return Launch(tuple(command), _without_secrets(environment, scratch))


def _without_secrets(environment: Mapping[str, str], scratch: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in environment.items()
        if not _SECRETS.search(name.upper()) and not _MEDDLING.search(name.upper())
    }
    return {**kept, **dict.fromkeys(_TEMPORARY, str(scratch))}
