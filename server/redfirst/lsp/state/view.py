"""One version of one open text, and everything that was read from it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from redfirst.coverage.mutation.union import together
from redfirst.generation.provenance import read_provenance
from redfirst.lsp.state.positions import Positions
from redfirst.lsp.state.vault import Vault
from redfirst.lsp.state.verdicts import content_of, text_hash
from redfirst.project.configuration import has_table, read_configuration
from redfirst.project.project import PYPROJECT
from redfirst.project.spec_tree import is_spec
from redfirst.spec.codes import SHAPE, Code
from redfirst.spec.document import SpecDocument, read_spec
from redfirst.workflow.neighbours import Neighbours, find_neighbours

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from redfirst.coverage.marks import Marks
    from redfirst.coverage.mutation.mutant import Mutant
    from redfirst.coverage.mutation.strength import StrengthResult
    from redfirst.lsp.connection.client import Client
    from redfirst.lsp.state.coverages import Shown
    from redfirst.lsp.state.settings import Settings
    from redfirst.lsp.state.verdicts import Content, Known, Verdicts
    from redfirst.project.project import Project
    from redfirst.spec.problem import Problem
    from redfirst.workflow.report import SpecReport


class Kind(StrEnum):
    """What a file is to us."""

    SPEC = "spec"
    TEST = "test"
    SETTINGS = "settings"
    OTHER = "other"


@dataclass(frozen=True)
class View:
    """A text that does not change while an answer is computed from it.

    `read` gives the text of any file as the person sees it: the open one before the one on the
    disk, `None` when there is none; `opened` gives the view of another open text. A text that is
    not open has no version. `shown` is what was measured of it, as an implementation, `broken` why
    nothing can be. `edits` counts how often the client has changed it since it was opened.
    """

    uri: str
    version: int | None
    text: str
    path: Path
    project: Project
    client: Client
    settings: Settings
    verdicts: Verdicts
    read: Callable[[Path], str | None]
    opened: Callable[[Path], View | None]
    shown: Shown | None = None
    broken: Problem | None = None
    vault: Vault = field(default_factory=Vault)
    edits: int = 0

    @cached_property
    def places(self) -> Positions:
        """The places of the text as the client counts them."""
        return Positions(self.text, self.client.encoding)

    @cached_property
    def kind(self) -> Kind:
        """A spec stands below a folder of specs, a generated module says that it is one."""
        if is_spec(self.project, self.path):
            return Kind.SPEC
        if self.path.name == PYPROJECT:
            return Kind.SETTINGS
        if self.path.suffix == ".py" and read_provenance(self.text) is not None:
            return Kind.TEST
        return Kind.OTHER

    @cached_property
    def document(self) -> SpecDocument:
        """The text as a spec. Slow for a long text: not for the event loop."""
        if self.edits == 0:
            return read_spec(self.text)
        from redfirst.spec.blocks.read import read_in_blocks  # noqa: PLC0415  # once somebody types

        return read_in_blocks(self.text)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the text, but for what another server says of it. Slow likewise."""
        left = SHAPE if self.settings.yaml_server else frozenset[Code]()
        return tuple(each for each in self.mendable if each.code not in left)

    @cached_property
    def mendable(self) -> tuple[Problem, ...]:
        """All that is wrong with the text: our fixes are there for what another server says too."""
        if self.kind is Kind.SETTINGS:
            return read_configuration(self.text)[1] if has_table(self.text) else ()
        return self.document.problems if self.kind is Kind.SPEC else ()

    def uri_of(self, path: Path) -> str:
        """The client's name for a file: the one that it used where it has opened it."""
        opened = self.opened(path)
        return opened.uri if opened is not None else path.as_uri()

    def neighbours(self) -> Neighbours:
        """The files around a spec, as they are now."""
        return find_neighbours(self.project, self.path, self.document, self.read)

    @cached_property
    def digest(self) -> str:
        """The hash of the text: what was computed from it holds for this text only."""
        return text_hash(self.text)

    @property
    def report(self) -> SpecReport | None:
        """The last verification of this spec, or of the spec of this test module.

        Only if it is of the texts as the person sees them now. Reads files: ask once for each
        answer, and not on the event loop.
        """
        known = self._known()
        return known.report if known is not None and self._is_of_now(known) else None

    @property
    def run_report(self) -> SpecReport | None:
        """The last run of the tests on the implementation, under the same terms as `report`."""
        run = self.verdicts.run_of(self.spec_path) if self.spec_path is not None else None
        return run.report if run is not None and self._is_of_now(run) else None

    @property
    def measuring(self) -> tuple[Path, ...]:
        """The specs whose tests say what is reached of this text, as an implementation."""
        return self.shown.measured.specs if self.shown else ()

    @property
    def marks(self) -> Marks | None:
        """What tests reach of this text, as an implementation.

        Reads the specs and their tests: ask once for each answer, and not on the event loop.
        """
        if self.shown is None:
            return None
        marks = self.shown.marks
        outdated = not all(self.verdicts.ran_with(spec, self._read) for spec in self.measuring)
        return replace(marks, stale=True) if outdated else marks

    def strengths(self) -> dict[Path, StrengthResult]:
        """What the tests of each spec notice of changes to this text, as long as nothing has
        changed since; what those of one notice, none has to. Reads files.
        """
        known = self.verdicts.strengths_of(self.path).items()
        fresh = {
            spec: each.report.strength
            for spec, each in known
            if each.report.strength and each.content == self._content_now(spec, each)
        }
        return dict(zip(fresh, together(tuple(fresh.values())), strict=True))

    def survivors(self) -> Iterator[tuple[Path, Mutant]]:
        """The changes to this text that no test noticed, under the same terms, each with a spec."""
        found = {
            (mutant.span, mutant.after): (spec, mutant)
            for spec, strength in self.strengths().items()
            for mutant in strength.survivors
        }
        yield from found.values()

    @property
    def draft_report(self) -> SpecReport | None:
        """What was found in a model's last draft from exactly this spec, if it fell short."""
        return self.verdicts.draft_of(self.path, self.text) if self.kind is Kind.SPEC else None

    def green_specs(self) -> Iterator[Path]:
        """The specs of this text, an implementation, whose cases are all green on it as it is now.

        Reads files.
        """
        for spec_path in self.measuring:
            run = self.verdicts.run_of(spec_path)
            if run is None or not run.report.is_green:
                continue
            if run.content == self._content_now(spec_path, run):
                yield spec_path

    @property
    def outdated(self) -> bool:
        """There is a report, but it is of other content."""
        known = self._known()
        return known is not None and not self._is_of_now(known)

    @cached_property
    def spec_path(self) -> Path | None:
        """The spec that the text is, or that it was generated from."""
        if self.kind is Kind.SPEC:
            return self.path
        provenance = read_provenance(self.text) if self.kind is Kind.TEST else None
        return self.project.root / provenance.spec_path if provenance else None

    def _known(self) -> Known | None:
        known = self.verdicts.of(self.spec_path) if self.spec_path is not None else None
        about = known is not None and self.path in (self.spec_path, known.test_path)
        return known if about else None

    def _is_of_now(self, known: Known) -> bool:
        return known.content == self._content_now(self.spec_path, known)

    def _content_now(self, spec_path: Path | None, known: Known) -> Content:
        paths = (spec_path, known.test_path, known.implementation)
        spec, test, code = (self._read(path) for path in paths)
        return content_of(self.project, spec, known.test_path, test, code)

    def _read(self, path: Path | None) -> str | None:
        if path == self.path:
            return self.text
        return None if path is None else self.read(path)
