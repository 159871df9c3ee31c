"""A test that the sandbox kept from something proves nothing: it is never red for that."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from redfirst.project.sandbox import Level
from redfirst.project.sandbox.denial import denied
from redfirst.spec.codes import Code
from redfirst.spec.problem import Severity
from redfirst.verification.verdict import Verdict
from redfirst.workflow.report import Finding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redfirst.verification.observation import Observation
    from redfirst.workflow.observe import Observed
    from redfirst.workflow.report import TestReport

_NOT_ALLOWED: Final = "not allowed while it is verified"
# They passed where they had to fail, with everything that they asked for.
_STANDS: Final = frozenset({Verdict.VACUOUS, Verdict.WEAK})


def with_denials(test: TestReport, seen: Mapping[str, Observation], level: Level) -> TestReport:
    """The report on a test, inconclusive when the sandbox had a part in how it ended."""
    if level is Level.NONE or test.verdict in _STANDS:
        return test
    wanted = next((words for one in seen.values() if (words := _wanted(one))), None)
    if wanted is None:
        return test
    reason = f"needs {wanted}: {_NOT_ALLOWED}"
    return replace(test, verdict=Verdict.INCONCLUSIVE, reason=reason, proven=False, denied=True)


def _wanted(one: Observation) -> str | None:
    return None if one.passed else denied(one.refused, one.exception, one.message)


def module_denied(observed: Observed, level: Level, test_path: str) -> Finding | None:
    """RF911 when the module could not be collected because of the sandbox."""
    refusal = observed.refusal
    if refusal is None or level is Level.NONE:
        return None
    wanted = denied(None, refusal.exception, refusal.message)
    if wanted is None:
        return None
    message = f"The module needs {wanted} when it is imported: {_NOT_ALLOWED}."
    return Finding(Code.DENIED, Severity.ERROR, message, test_path)
