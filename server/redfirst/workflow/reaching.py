"""Whether a model can be asked, found out without spending a token."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redfirst.envoy import wire
from redfirst.project.envoy_process import Envoy, EnvoyFailed
from redfirst.project.fault import ProjectError
from redfirst.project.model_access import model_access
from redfirst.workflow.model_faults import envoy_finding, failure_finding, server_name

if TYPE_CHECKING:
    from redfirst.project.model_access import ModelAccess
    from redfirst.project.project import Project

_LIMIT: Final = 20.0  # seconds


@dataclass(frozen=True, slots=True)
class Reached:
    """What was found, in words; `obstacle` is why the model cannot be asked, empty when it can."""

    words: str
    obstacle: str = ""


async def reach(project: Project) -> Reached:
    """Ask the server whether it knows the model."""
    try:
        access = model_access(project.configuration)
    except ProjectError as error:
        return Reached("no model", error.fault.message)
    order = wire.Reach(wire.Access(access.key, access.base_url, _LIMIT, retries=0), access.model)
    try:
        async with Envoy(project.root) as envoy, aclosing(envoy.ask(order)) as messages:
            async for message in messages:
                return _reached(message, access)
    except EnvoyFailed as error:
        return Reached(access.model, envoy_finding(str(error), "").message)
    return Reached(access.model, "The process that asks the model said nothing.")


def _reached(message: wire.Message, access: ModelAccess) -> Reached:
    if isinstance(message, wire.Failed):
        return Reached(access.model, failure_finding(message, access, "").message)
    server = server_name(access)
    if isinstance(message, wire.Reached) and not message.listed:
        return Reached(f"{server} is there; it lists no models, so `{access.model}` was not tried")
    return Reached(f"`{access.model}` can be asked ({server})")
