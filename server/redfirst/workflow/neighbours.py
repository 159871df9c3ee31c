"""The files around a spec: its implementation, its tests, and which test is for which case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from redfirst.generation.freshness import Change, changes
from redfirst.generation.links import linked_tests
from redfirst.generation.provenance import read_provenance
from redfirst.project.layout import find_implementation, test_path
from redfirst.spec.fingerprint import fingerprints
from redfirst.spec.ide.surroundings import CaseTest, Surroundings
from redfirst.spec.reading import text_of
from redfirst.spec.yaml.nodes import Mapping as YamlMapping
from redfirst.workflow.case_verdicts import case_verdicts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from redfirst.generation.links import LinkedTest
    from redfirst.project.layout import Implementation
    from redfirst.project.project import Project
    from redfirst.spec.document import SpecDocument
    from redfirst.workflow.report import SpecReport

_BEHIND: Final = {
    Change.CHANGED: "It was written before the case changed.",
    Change.RETITLED: "Its docstring says the case in other words.",
}


@dataclass(frozen=True, slots=True)
class Neighbours:
    """`None` stands for what a half-written spec does not name yet.

    `links` maps the ids of cases to the tests that name them in `test_source`, and `changes` to
    what happened to those cases since. `is_stale` says that they were generated before anything in
    the spec changed.
    """

    implementation: Implementation | None
    test_path: Path | None
    test_source: str | None
    links: Mapping[str, LinkedTest]
    changes: Mapping[str, Change]
    is_stale: bool = False

    def surroundings(self, project: Project, report: SpecReport | None = None) -> Surroundings:
        """The same in words for a person; `report` is of these texts."""
        module, test = self.implementation, self.test_path
        return Surroundings(
            module_path=project.relative(module.path) if module else None,
            module_exists=module is not None and module.exists,
            test_path=project.relative(test) if test else None,
            test_exists=self.test_source is not None,
            stale=self.is_stale,
            tests={
                case: CaseTest(link.name, _BEHIND.get(self.changes.get(case, Change.NEW)))
                for case, link in self.links.items()
            },
            verdicts=case_verdicts(report) if report else {},
        )


def find_neighbours(
    project: Project, spec_path: Path, document: SpecDocument, read: Callable[[Path], str | None]
) -> Neighbours:
    """The neighbours of the spec at `spec_path`, which may be half-written.

    `read` gives the text of a file, `None` when there is none.
    """
    function, module = _named(document, "function"), _named(document, "module")
    implementation = find_implementation(project, module) if module else None
    path = test_path(project, spec_path, function, module) if function and module else None
    source = read(path) if path else None
    return Neighbours(
        implementation,
        path,
        source,
        _links(source or ""),
        *_since(document, source),
    )


def _named(document: SpecDocument, key: str) -> str | None:
    """A name that can be part of a path: what is no name is a finding, not a place to look at."""
    tree = document.tree
    written = text_of(tree.get(key)) if isinstance(tree, YamlMapping) else None
    name = written.value.strip() if written else ""
    return name if all(part.isidentifier() for part in name.split(".")) else None


def _links(source: str) -> dict[str, LinkedTest]:
    links: dict[str, LinkedTest] = {}
    for link in linked_tests(source):
        if link.case is not None:
            links.setdefault(link.case, link)
    return links


def _since(document: SpecDocument, source: str | None) -> tuple[dict[str, Change], bool]:
    """What happened to the cases since the tests were made, and whether anything did."""
    if document.spec is None or source is None:
        return {}, False
    now = fingerprints(document.spec)
    changed = {one.case: one.change for one in changes(source, document.spec, now)}
    provenance = read_provenance(source)
    if provenance is None or provenance.damage is not None:
        return changed, False
    return changed, provenance.fingerprint != now.spec
