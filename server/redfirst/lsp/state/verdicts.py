"""What verification found, pinned to the exact content that it was found in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redfirst.project.circumstances import circumstances

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from redfirst.project.project import Project
    from redfirst.workflow.report import SpecReport

_DIGITS: Final = 16


def text_hash(text: str | None) -> str:
    """The hash of a text; an empty one stands for a file that does not exist."""
    if text is None:
        return ""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:_DIGITS]


@dataclass(frozen=True, slots=True)
class Content:
    """Hashes of all that a report was made from. A report holds for equal content only."""

    spec: str
    test: str
    circumstances: str
    implementation: str = ""


def content_of(
    project: Project,
    spec: str | None,
    test_path: Path,
    test: str | None,
    implementation: str | None = None,
) -> Content:
    """The content of a spec's text and its test module's; `None` is a file that is not there.

    Only a run depends on the text of the implementation.

    Reads the files that configure pytest: not for the event loop.
    """
    around = circumstances(project, test_path)
    return Content(text_hash(spec), text_hash(test), around, text_hash(implementation))


@dataclass(frozen=True, slots=True)
class Known:
    """A report, the module that it judged, and what both were made from.

    `implementation` is what the tests were run on, where they were.
    """

    report: SpecReport
    test_path: Path
    content: Content
    implementation: Path | None = None


class Verdicts:
    """The newest verification of each spec, and the newest run of its tests.

    It stays when the texts change, because they may change back; whoever shows it compares.
    """

    def __init__(self) -> None:
        self._known: dict[Path, Known] = {}
        self._runs: dict[Path, Known] = {}
        self._strengths: dict[Path, Known] = {}
        self._drafts: dict[Path, tuple[str, SpecReport]] = {}

    def remember(self, spec_path: Path, known: Known) -> None:
        """The spec was judged; what was known before is forgotten."""
        self._known[spec_path] = known

    def remember_run(self, spec_path: Path, known: Known) -> None:
        """The tests of the spec were run on its implementation."""
        self._runs[spec_path] = known

    def remember_strength(self, spec_path: Path, known: Known) -> None:
        """Small changes to the implementation were tried against the tests of the spec."""
        self._strengths[spec_path] = known

    def remember_draft(self, spec_path: Path, spec: str, report: SpecReport) -> None:
        """A test module was drafted from the text of the spec: kept only if it fell short."""
        self._drafts.pop(spec_path, None)
        if report.offered is not None:
            self._drafts[spec_path] = text_hash(spec), report

    def draft_of(self, spec_path: Path, spec: str) -> SpecReport | None:
        """What was found in the last draft from exactly that text, if it fell short."""
        digest, report = self._drafts.get(spec_path, ("", None))
        return report if digest == text_hash(spec) else None

    def strengths_of(self, implementation: Path) -> dict[Path, Known]:
        """The newest trial of each spec of that file, on whatever content."""
        known = self._strengths.items()
        return {spec: each for spec, each in known if each.implementation == implementation}

    def run_of(self, spec_path: Path) -> Known | None:
        """The newest run of the spec's tests, on whatever content."""
        return self._runs.get(spec_path)

    def ran_with(self, spec_path: Path, read: Callable[[Path], str | None]) -> bool:
        """Whether the newest run was of the spec and the tests as they are now. Reads them."""
        run = self.run_of(spec_path)
        if run is None:
            return False
        now = text_hash(read(spec_path)), text_hash(read(run.test_path))
        return now == (run.content.spec, run.content.test)

    def of(self, spec_path: Path) -> Known | None:
        """The newest report of the spec, of whatever content."""
        return self._known.get(spec_path)
