"""Which model an editor's command would ask, and what is missing for that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from redfirst.project.fault import ProjectError
from redfirst.project.model_access import KEY, has_key, model_access
from redfirst.project.settings import ANTHROPIC, EDITOR, MODEL_PROVIDERS

if TYPE_CHECKING:
    from redfirst.lsp.connection.client import Client
    from redfirst.lsp.state.settings import Settings
    from redfirst.project.project import Project

_OF_MODELS: Final = ("model", "base_url", "effort", "max_tokens", "model_timeout", "budget")
_NO_KEY: Final = (
    f"There is no key for a model: store one in your editor, or set `{KEY}` before it starts."
)


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """`provider` is the one that "with a model" means here; `missing` says in a sentence why it
    cannot be asked, `None`: it can.
    """

    provider: str
    missing: str | None


def asked_project(settings: Settings, project: Project) -> Project:
    """The project as a model is asked for it: what the editor says of models goes before what the
    project says.
    """
    said = {name: getattr(settings, name) for name in _OF_MODELS}
    wanted = {name: value for name, value in said.items() if value is not None}
    return replace(project, configuration=replace(project.configuration, **wanted))


def usual_provider(settings: Settings, project: Project) -> str:
    """Who writes tests when a command does not say it."""
    return settings.provider or project.configuration.provider


def choose_model(
    client: Client, settings: Settings, project: Project, key: str | None
) -> ModelChoice:
    """The provider that is set, if it is a model; else the one that can be had, a key first."""
    usual, project = usual_provider(settings, project), asked_project(settings, project)
    if usual in MODEL_PROVIDERS:
        return ModelChoice(usual, missing_for(usual, client, project, key))
    behind_key = missing_for(ANTHROPIC, client, project, key)
    if behind_key is not None and client.completes:
        return ModelChoice(EDITOR, None)
    return ModelChoice(ANTHROPIC, behind_key)


def missing_for(provider: str, client: Client, project: Project, key: str | None) -> str | None:
    """What keeps the provider from being asked, in a sentence."""
    if provider == EDITOR:
        return None if client.completes else "This editor offers redfirst no model of its own."
    if not has_key(key):
        return _NO_KEY
    try:
        model_access(project.configuration, key=key)
    except ProjectError as error:
        return error.fault.message
    return None
