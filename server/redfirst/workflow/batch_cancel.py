"""Batches that nobody wants any more: ended at the server, kept until what they hold is fetched."""

from __future__ import annotations

from contextlib import aclosing
from typing import TYPE_CHECKING, Final

from redfirst.envoy import wire
from redfirst.project.batch_records import BatchRecords
from redfirst.project.envoy_process import EnvoyFailed
from redfirst.project.model_access import model_access
from redfirst.workflow.model_faults import envoy_finding, failure_finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from redfirst.project.envoy_process import Envoy
    from redfirst.project.model_access import ModelAccess
    from redfirst.project.project import Project
    from redfirst.workflow.report import Finding

_REST: Final = (
    "What was answered by then is paid for: `redfirst generate --batch` fetches it, and asks anew "
    "when it is called once more."
)


async def cancel_batches(
    project: Project, tell: Callable[[str], None], envoy: Envoy
) -> tuple[Finding, ...]:
    """End every open batch of the project, and why that did not work. `ProjectError` without a key.

    `tell` gets a sentence for each.
    """
    access = model_access(project.configuration)
    records = BatchRecords(project.root).every()
    batches = [one.batch for one in records if one.batch and one.server == access.base_url]
    found: list[Finding] = []
    for batch in batches:
        said = await _canceled(envoy, batch, access)
        if said is None:
            tell(f"The batch `{batch}` is canceled. {_REST}")
        else:
            found.append(said)
    if not batches:
        tell("There is no batch to cancel.")
    return tuple(found)


async def _canceled(envoy: Envoy, batch: str, access: ModelAccess) -> Finding | None:
    order = wire.Cancel(wire.Access(access.key, access.base_url, access.timeout), batch)
    try:
        async with aclosing(envoy.ask(order)) as messages:
            async for message in messages:
                if isinstance(message, wire.Failed):
                    return failure_finding(message, access, "")
    except EnvoyFailed as error:
        return envoy_finding(str(error), "")
    return None
