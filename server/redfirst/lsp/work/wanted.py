"""What an editor's command says beyond the file that it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from pygls.exceptions import JsonRpcInvalidParams

from redfirst.project.settings import MODEL_PROVIDERS, PROVIDERS
from redfirst.workflow.asking import Answers

if TYPE_CHECKING:
    from lsprotocol import types

_ALL = tuple(dict.fromkeys((*PROVIDERS, *MODEL_PROVIDERS)))


@dataclass(frozen=True, slots=True)
class Wanted:
    """`provider` is who writes, `None`: whoever is set. `answers`: whether kept ones will do."""

    provider: str | None = None
    answers: Answers = Answers.KEPT


def read_wanted(params: types.ExecuteCommandParams) -> Wanted:
    """`{"provider": ..., "again": ...}` of the first argument, both optional."""
    given = cast("Any", params.arguments[0] if params.arguments else None)
    argument = cast("dict[str, object]", given) if isinstance(given, dict) else {}
    provider, again = argument.get("provider"), argument.get("again", False)
    if provider is not None and provider not in _ALL:
        known = ", ".join(f'"{name}"' for name in _ALL)
        raise JsonRpcInvalidParams(f"The `provider` of `{params.command}` must be one of {known}.")
    if not isinstance(again, bool):
        raise JsonRpcInvalidParams(f"`again` of `{params.command}` must be `true` or `false`.")
    return Wanted(cast("str | None", provider), Answers.NEW if again else Answers.KEPT)
