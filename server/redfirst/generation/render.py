"""A draft's body, made into the module that is written: header, then body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.generation.checksum import checksum
from redfirst.generation.provenance import Author, Provenance, write_header
from redfirst.spec.fingerprint import fingerprints

if TYPE_CHECKING:
    from redfirst.spec.model import Spec


def render_module(
    draft_body: str, spec: Spec, spec_path: str, provider: str, model: str | None
) -> str:
    """The whole text of the test module. `spec_path` is relative to the project, with slashes."""
    return render_by(Author(provider, model), draft_body, spec, spec_path)


def render_by(author: Author, draft_body: str, spec: Spec, spec_path: str) -> str:
    """The same, for an author of whom more is known."""
    now = fingerprints(spec)
    body = draft_body.strip("\n") + "\n"
    provenance = Provenance(
        spec_path=spec_path,
        fingerprint=now.spec,
        cases=now.cases,
        provider=author.provider,
        model=author.model,
        checksum=checksum(body),
        prompt=author.prompt,
        requests=author.requests,
    )
    return write_header(provenance) + body
