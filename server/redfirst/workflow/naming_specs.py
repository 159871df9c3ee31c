"""From a module, or from the id of a case, to the specs that name it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.project.fault import ProjectError
from redfirst.project.import_roots import import_roots
from redfirst.project.index import find_specs
from redfirst.project.layout import find_implementation
from redfirst.spec.document import read_spec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from redfirst.project.project import Project
    from redfirst.spec.document import SpecDocument


def specs_of_module(
    project: Project, module_path: Path, read: Callable[[Path], str | None]
) -> Iterator[tuple[Path, SpecDocument]]:
    """The specs whose `module` is the file `module_path`; `read` gives the text of a file."""
    dotted = _dotted_names(project, module_path)
    last = {name.rpartition(".")[2] for name in dotted}
    for path in _specs(project):
        text = read(path) or ""
        # Reading a spec takes a hundred times as long as looking for a word in it.
        document = read_spec(text) if any(name in text for name in last) else None
        spec = document.spec if document else None
        if document is None or spec is None or spec.module.value not in dotted:
            continue
        if find_implementation(project, spec.module.value).path == module_path:
            yield path, document


def other_specs(
    project: Project, spec_path: Path, case_id: str, read: Callable[[Path], str | None]
) -> Iterator[tuple[Path, str]]:
    """The texts of specs that speak of the case of another one: they have none of that id."""
    for path in _specs(project):
        text = read(path) if path != spec_path else None
        if text and case_id in text and not any(c.id == case_id for c in read_spec(text).cases):
            yield path, text


def _specs(project: Project) -> tuple[Path, ...]:
    try:
        return find_specs(project)
    except ProjectError:
        return ()


def _dotted_names(project: Project, path: Path) -> frozenset[str]:
    """What a test may call the module, from each folder that it could be imported from."""
    below = [root for root in import_roots(project.root) if path.is_relative_to(root)]
    parts = [path.relative_to(root).with_suffix("").parts for root in below]
    whole = (each[:-1] if each[-1:] == ("__init__",) else each for each in parts)
    return frozenset(".".join(each) for each in whole if each)
