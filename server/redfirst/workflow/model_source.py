"""Whose model is asked: the one behind a key, or one that an editor has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from redfirst.project.fault import Fault, ProjectError
from redfirst.project.model_access import ModelAccess, editors_access, model_access
from redfirst.project.settings import EDITOR
from redfirst.spec.codes import Code

if TYPE_CHECKING:
    from redfirst.project.project import Project
    from redfirst.spec.model import Spec
    from redfirst.workflow.asking import Carrier


class Asks(Protocol):
    """What a command was given to ask a model with."""

    @property
    def provider(self) -> str:
        """One of `MODEL_PROVIDERS`."""
        ...

    @property
    def key(self) -> str | None:
        """One that an editor keeps; `None`: it is in the environment, if anywhere."""
        ...

    @property
    def carrier(self) -> Carrier | None:
        """Whoever carries the questions; `None`: an envoy. A model of an editor needs one."""
        ...


def access_for(project: Project, spec: Spec | None, asks: Asks) -> ModelAccess:
    """How the model is to be asked; `ProjectError` (RF912) says what is missing for that."""
    if asks.provider != EDITOR:
        own = None if spec is None else spec.settings.model
        return model_access(project.configuration, own, asks.key)
    if asks.carrier is None:
        message = (
            'The provider "editor" is a model that an editor has, and none is offered here. Use '
            '"anthropic", with a key, or "examples", which needs no model.'
        )
        raise ProjectError(Fault(Code.NO_MODEL, message, ""))
    return editors_access(project.configuration)
