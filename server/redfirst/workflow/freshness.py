"""Whether a generated module still says what its spec says, and whether anybody edited it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.generation.freshness import changes
from redfirst.generation.provenance import has_drifted, read_provenance
from redfirst.spec.codes import Code
from redfirst.spec.fingerprint import fingerprints
from redfirst.spec.problem import Severity
from redfirst.workflow.report import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from redfirst.generation.provenance import Provenance
    from redfirst.spec.model import Spec
    from redfirst.workflow.spec_file import SpecFile


def freshness(file: SpecFile, spec: Spec, test_path: str, source: str) -> tuple[Finding, ...]:
    """Staleness (an error: the test no longer stands for the spec) and drift (a warning).

    A module that was written by hand has neither.
    """
    provenance = read_provenance(source)
    if provenance is None:
        return ()
    return (*_stale(file, spec, test_path, source, provenance), *_drift(file, test_path, source))


def drift(file: SpecFile, test_path: str, source: str) -> tuple[Finding, ...]:
    """Drift alone, where what the spec says is not known yet."""
    return () if read_provenance(source) is None else tuple(_drift(file, test_path, source))


def is_stale(findings: Sequence[Finding]) -> bool:
    """Whether staleness is among `findings`."""
    return any(finding.code is Code.STALE for finding in findings)


def _stale(
    file: SpecFile, spec: Spec, test_path: str, source: str, provenance: Provenance
) -> Iterator[Finding]:
    now = fingerprints(spec)
    if provenance.damage is not None or provenance.fingerprint == now.spec:
        return
    force = " --force" if has_drifted(source) else ""
    stale = [f"`{one.case}` is {one.change}" for one in changes(source, spec, now)]
    what = ", ".join(stale) or "its behaviour is another"
    message = (
        f"`{test_path}` was generated before the spec changed: {what}. "
        f"Generate it again with `redfirst generate {file.path}{force}`."
    )
    place = file.lines.range(spec.function.span)
    yield Finding(Code.STALE, Severity.ERROR, message, file.path, place)


def _drift(file: SpecFile, test_path: str, source: str) -> Iterator[Finding]:
    if has_drifted(source):
        message = (
            "This generated module was edited by hand, so it is no longer what the spec gives. "
            "Change the spec instead, or take the module back with "
            f"`redfirst generate {file.path} --force`."
        )
        yield Finding(Code.DRIFT, Severity.WARNING, message, test_path)
