"""What is said to a model about its draft: the spec's cases and our stubs, nothing of the project.

What a test printed or raised may hold anything of the project that ran it, so none of it is said.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from redfirst.spec.codes import Code
from redfirst.spec.problem import Severity
from redfirst.verification.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redfirst.workflow.report import Finding
    from redfirst.workflow.verify import Verification

# Of these the reason speaks of stubs alone.
_IN_TERMS_OF_STUBS: Final = (Verdict.VACUOUS, Verdict.WEAK)
_OF_VERDICT: Final[Mapping[Verdict | None, str]] = {
    Verdict.BROKEN: "it fails before it calls the function as its signature says, or for a reason "
    "that has nothing to do with the answer.",
    Verdict.CONTRADICTORY: "it fails even when the function does exactly what the case says. Work "
    "out the expected value again.",
    Verdict.INCONCLUSIVE: "it takes too long, or asks for something that a test of one function "
    "does not need (a file, the network, a process).",
    Verdict.UNSTABLE: "it does not always end the same way. It must not depend on order or chance.",
}
_OF_MODULE: Final = {
    Code.TEST_SYNTAX: "Python cannot read the module.",
    Code.NO_TESTS: "the module has no tests.",
}
_BROKEN_MODULE: Final = "the module cannot be imported, or calls the function while it is."
_MARKER: Final = "it uses a marker. Use none but `parametrize`."


def shortcomings(verification: Verification) -> Mapping[str, tuple[str, ...]]:
    """What fell short of each case; under the empty id, of the module."""
    found = defaultdict[str, list[str]](list)
    errors = [one for one in verification.findings if one.severity is Severity.ERROR]
    accused = {finding.case for finding in errors}
    for test in verification.tests:
        if test.case not in accused:
            continue
        if test.verdict in _IN_TERMS_OF_STUBS:
            found[test.case or ""].append(f"it {test.reason}.")
        elif test.verdict in _OF_VERDICT:
            found[test.case or ""].append(_OF_VERDICT[test.verdict])
    for finding in errors:
        words = _of_module(finding)
        if words is not None:
            found[finding.case or ""].append(words)
    return {case: tuple(dict.fromkeys(said)) for case, said in found.items()}


def unspoilt(verification: Verification) -> frozenset[str]:
    """The cases that have tests, and no error against any of them."""
    tested = {test.case for test in verification.tests if test.case is not None}
    accused = {one.case for one in verification.findings if one.severity is Severity.ERROR}
    return frozenset(tested - accused)


def _of_module(finding: Finding) -> str | None:
    """Findings of the static gate speak of the draft and the spec alone, but for markers."""
    if finding.code is Code.UNDECLARED_MARKER:
        return _MARKER
    if finding.code.startswith("RF2"):
        return _OF_MODULE.get(finding.code, finding.message)
    if finding.code in (Code.MODULE_BROKEN, Code.NO_TESTS):
        return _OF_MODULE.get(finding.code, _BROKEN_MODULE)
    return None
