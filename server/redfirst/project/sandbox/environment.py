"""Which environment variables tests are given."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_SECRETS: Final = re.compile(
    r"^ANTHROPIC_|API_?KEY$|(^|_)TOKEN$|SECRET|PASSWORD|PASSWD|CREDENTIALS?$|_ACCESS_KEY$|_PRIVATE_KEY$"
)
# They would change which tests run, or measure coverage a second time into the project's files.
_MEDDLING: Final = re.compile(
    r"^(PYTEST_ADDOPTS|PYTEST_PLUGINS|PYTEST_CURRENT_TEST|PYTEST_VERSION)$|^PYTEST_XDIST_|^COVERAGE_|^COV_CORE_"
)
_ALLOWED: Final = re.compile(
    r"^(PATH|LANG|LANGUAGE|LC_\w+|TZ|TERM|COLUMNS|LINES|NO_COLOR|CI|USER|LOGNAME|SOURCE_DATE_EPOCH"
    r"|VIRTUAL_ENV|CONDA_PREFIX|LD_LIBRARY_PATH|DJANGO_SETTINGS_MODULE|PYTEST_DISABLE_PLUGIN_AUTOLOAD"
    r"|PYTHON(PATH|HASHSEED|UTF8|IOENCODING|DEVMODE|WARNINGS|OPTIMIZE|NOUSERSITE|SAFEPATH|MALLOC"
    r"|INTMAXSTRDIGITS|COERCECLOCALE))$"
)
_TEMPORARY: Final = ("TMPDIR", "TEMP", "TMP")


def without_secrets(environment: Mapping[str, str], temporary: str) -> dict[str, str]:
    """All but what looks like keys and tokens: the most that a missing sandbox can do."""
    kept = {
        name: value
        for name, value in environment.items()
        if not _SECRETS.search(name.upper()) and not _MEDDLING.search(name.upper())
    }
    return {**kept, **dict.fromkeys(_TEMPORARY, temporary)}


def allowed(environment: Mapping[str, str], temporary: str, home: str) -> dict[str, str]:
    """Only what Python and honest tests need; nothing is kept because it looks harmless."""
    kept = {name: value for name, value in environment.items() if _ALLOWED.match(name)}
    user = kept.get("USER") or kept.get("LOGNAME") or "user"
    own = {"HOME": home, "USER": user, "LOGNAME": user, "PYTHONDONTWRITEBYTECODE": "1"}
    return {**kept, **own, **dict.fromkeys(_TEMPORARY, temporary)}
