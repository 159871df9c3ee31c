"""What a verb says in the end: plain values that the command line prints and the editor shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redfirst.project.sandbox.level import weakest
from redfirst.spec.problem import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from redfirst.coverage.measurement import CoverageResult
    from redfirst.coverage.mutation.strength import StrengthResult
    from redfirst.spec.codes import Code
    from redfirst.spec.problem import TextEdit
    from redfirst.spec.ranges import TextRange
    from redfirst.verification.verdict import Verdict
    from redfirst.workflow.comparison import Comparison


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with its file (relative to the project, forward slashes) and its place there.

    `range` is `None` when the finding is about a file as a whole or about none.
    `fix` is the title of the change that would mend it; `edits` are that change.
    """

    code: Code
    severity: Severity
    message: str
    path: str
    range: TextRange | None = None
    case: str | None = None
    fix: str | None = None
    edits: tuple[TextEdit, ...] = ()


@dataclass(frozen=True, slots=True)
class TestReport:
    """One pytest test: what verification says of it, and how it ended on the implementation.

    `stubs` maps the name of each stub that the test met to how it ended there. `proven` says that
    breaking just this test's case made it fail, `denied` that the sandbox kept it from something
    that it needs. `outcome` is set by a run on the implementation,
    with `reason` the message of a failure, and `comparison` what it compares.
    """

    __test__ = False

    id: str
    case: str | None
    verdict: Verdict | None = None
    reason: str = ""
    stubs: Mapping[str, str] = field(default_factory=dict[str, str])
    proven: bool = False
    denied: bool = False
    outcome: str | None = None
    range: TextRange | None = None
    comparison: Comparison | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """The new text of the file at `path` (relative to the project), and what it is good for."""

    path: str
    text: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpecReport:
    """Everything that a command found about one spec.

    `path` and `test_path` are relative to the project. `draft` is the text of a test module that
    was accepted; `written` says that it stands in the place of the old one now. `offered` is the
    best one that was not accepted, for a person to read; it is never written. `change` is one to
    the implementation that was accepted; `written` then speaks of it. `sandbox` is the
    level of protection that the tests were run with, empty when none was run.
    """

    path: str
    function: str | None
    stale: bool = False
    findings: tuple[Finding, ...] = ()
    tests: tuple[TestReport, ...] = ()
    coverage: CoverageResult | None = None
    test_path: str | None = None
    draft: str | None = None
    offered: str | None = None
    change: Change | None = None
    written: bool = False
    sandbox: str = ""
    strength: StrengthResult | None = None

    @property
    def is_green(self) -> bool:
        """A run on the implementation to its end, with every case green and the gate held."""
        return self.ok and self.coverage is not None and self.coverage.complete

    @property
    def ok(self) -> bool:
        """No finding of this spec is an error."""
        return not any(finding.severity is Severity.ERROR for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Report:
    """The answer of one command.

    `findings` are about the project as a whole.
    """

    command: str
    specs: tuple[SpecReport, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def sandbox(self) -> str:
        """The weakest level of protection that tests were run with."""
        return weakest(spec.sandbox for spec in self.specs)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Every finding that is an error, of the project and of its specs."""
        every = (*self.findings, *(one for spec in self.specs for one in spec.findings))
        return tuple(finding for finding in every if finding.severity is Severity.ERROR)

    @property
    def ok(self) -> bool:
        """Nothing that was judged falls short."""
        return not self.errors

    @property
    def unusable(self) -> bool:
        """The environment kept something from being judged: the command ends with 2, not 1."""
        return any(finding.code.startswith("RF9") for finding in self.errors)
