"""Which model is asked, where, and with which key."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from redfirst.project.fault import Fault, ProjectError
from redfirst.project.settings import ANTHROPIC, EDITOR
from redfirst.spec.codes import Code

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redfirst.project.configuration import Configuration

KEY: Final = "ANTHROPIC_API_KEY"
BASE_URL: Final = "ANTHROPIC_BASE_URL"
MODEL: Final = "REDFIRST_MODEL"
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class ModelAccess:
    """All that a request needs beside its words. `base_url` is `None` for the provider's own.

    For the provider "editor" there is no key, and what the model is called is told with its answer.
    """

    key: str = field(repr=False)
    model: str
    base_url: str | None
    effort: str | None
    max_tokens: int
    timeout: float
    provider: str = ANTHROPIC

    @property
    def title(self) -> str:
        """The model in words."""
        return "the editor's model" if self.provider == EDITOR else self.model


def has_key(key: str | None, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether there is one: `key` is one that an editor keeps."""
    return bool(key or environment.get(KEY, "").strip())


def editors_access(configuration: Configuration) -> ModelAccess:
    """For a model that an editor has: the editor knows where it is, and may ask it."""
    return ModelAccess(
        key="",
        model=EDITOR,
        base_url=None,
        effort=None,
        max_tokens=configuration.max_tokens,
        timeout=configuration.model_timeout,
        provider=EDITOR,
    )


def model_access(
    configuration: Configuration,
    spec_model: str | None = None,
    key: str | None = None,
    environment: Mapping[str, str] = os.environ,
) -> ModelAccess:
    """The environment beats the spec's own `model`, which beats the project's.

    `key` is one that an editor keeps; without it, it comes from the environment. `ProjectError`
    (RF912) when there is none, or when the settings alone want it sent to a foreign server.
    """
    key = key or environment.get(KEY, "").strip()
    if not key:
        raise _unavailable(
            f"There is no key for a model: set `{KEY}` in the environment. Without one, give the "
            'cases worked examples and use the provider "examples" (`--provider examples`).'
        )
    if not key.isascii() or not key.isprintable():
        raise _unavailable(f"`{KEY}` holds characters that no key has. Set it again.")
    return ModelAccess(
        key=key,
        model=environment.get(MODEL, "").strip() or spec_model or configuration.model,
        base_url=_base_url(configuration.base_url, environment.get(BASE_URL, "").strip()),
        effort=configuration.effort,
        max_tokens=configuration.max_tokens,
        timeout=configuration.model_timeout,
    )


def _base_url(wished: str | None, named: str) -> str | None:
    """A project that somebody cloned must not have the key sent wherever it likes."""
    if named or wished is None:
        return named or None
    if urlsplit(wished).hostname in _LOOPBACK:
        return wished
    raise _unavailable(
        f"The settings want your key sent to `{wished}` (`base_url`). If you trust that server, "
        f"set `{BASE_URL}={wished}` in the environment."
    )


def _unavailable(message: str) -> ProjectError:
    return ProjectError(Fault(Code.NO_MODEL, message, ""))
