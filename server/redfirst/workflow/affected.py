"""From a file that changed to the specs whose tests may end in another way now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.project.importers import importers
from redfirst.project.layout import find_implementation
from redfirst.spec.document import read_spec
from redfirst.workflow.naming_specs import specs_of_modules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from redfirst.project.project import Project

    Read = Callable[[Path], str | None]


@dataclass(frozen=True, slots=True)
class Affected:
    """An implementation, all specs that name it, and those of them that the change is about."""

    implementation: Path
    specs: tuple[Path, ...]
    changed: frozenset[Path]


def affected_by_spec(project: Project, spec_path: Path, read: Read) -> Iterator[Affected]:
    """A spec, or its test module, is another one. Nothing while the spec names no module."""
    spec = read_spec(read(spec_path) or "").spec
    place = find_implementation(project, spec.module.value) if spec else None
    if place is not None and place.exists:
        specs = _specs(project, place.path, read)
        yield Affected(place.path, specs, frozenset({spec_path}))


def affected_by_module(project: Project, path: Path, read: Read) -> Iterator[Affected]:
    """A module is another one, which others of its package may import. Reads every spec."""
    modules = {path, *importers(project, path, read)}
    specs: dict[Path, list[Path]] = {}
    for head in specs_of_modules(project, modules, read):
        place = find_implementation(project, head.module.value).path
        if place in modules:  # another module of the same name may go before it
            specs.setdefault(place, []).append(head.path)
    for place, found in specs.items():
        yield Affected(place, tuple(found), frozenset(found))


def _specs(project: Project, path: Path, read: Read) -> tuple[Path, ...]:
    return tuple(
        head.path
        for head in specs_of_modules(project, (path,), read)
        if find_implementation(project, head.module.value).path == path
    )
