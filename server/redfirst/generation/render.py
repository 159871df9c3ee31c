"""A draft's body, made into the module that is written: header, then body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.generation.checksum import checksum
from redfirst.generation.provenance import Provenance, write_header
from redfirst.spec.fingerprint import fingerprints

if TYPE_CHECKING:
    from redfirst.spec.model import Spec


def render_module(
    draft_body: str, spec: Spec, spec_path: str, provider: str, model: str | None
) -> str:
    """The whole text of the test module. `spec_path` is relative to the project, with slashes."""
    now = fingerprints(spec)
    body = draft_body.strip("\n") + "\n"
    provenance = Provenance(
        spec_path=spec_path,
        fingerprint=now.spec,
        cases=now.cases,
        provider=provider,
        model=model,
        checksum=checksum(body),
    )
    return write_header(provenance) + body
