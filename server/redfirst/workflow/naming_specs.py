"""From a module, a function of it, or the id of a case, to the specs that name it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.project.fault import ProjectError
from redfirst.project.import_roots import import_roots
from redfirst.project.index import find_specs
from redfirst.project.layout import find_implementation
from redfirst.spec.document import read_spec
from redfirst.spec.ide.code_uses import mentions
from redfirst.spec.reading import text_of
from redfirst.spec.yaml.nodes import Mapping
from redfirst.spec.yaml.tree import read_tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from redfirst.project.project import Project
    from redfirst.spec.document import SpecDocument
    from redfirst.spec.model import Located

    Read = Callable[[Path], str | None]


@dataclass(frozen=True, slots=True)
class Head:
    """What a spec is about. It may be a bad one: nothing else of it was read, for speed."""

    path: Path
    text: str
    function: str
    module: Located[str]


def specs_of_module(project: Project, module_path: Path, read: Read) -> Iterator[Head]:
    """The specs whose `module` is the file `module_path`; `read` gives the text of a file."""
    return specs_of_modules(project, (module_path,), read)


def specs_of_modules(project: Project, module_paths: Iterable[Path], read: Read) -> Iterator[Head]:
    """The specs whose `module` is one of these files, as far as names tell."""
    dotted = frozenset(name for path in module_paths for name in _dotted_names(project, path))
    for path, text in _texts(project, read):
        if any(name in text for name in dotted):
            head = _head(path, text)
            if head is not None and head.module.value in dotted:
                yield head


def specs_of_function(
    project: Project, module_path: Path, function: str, read: Read
) -> Iterator[tuple[Path, SpecDocument]]:
    """The specs of one function (`name` or `Class.method`) of that file."""
    dotted = _dotted_names(project, module_path)
    for path, text in _texts(project, read):
        # Reading a spec takes a hundred times as long as looking for a word in it.
        head = _head(path, text) if function in text else None
        if head is None or head.function != function or head.module.value not in dotted:
            continue
        document = read_spec(text)
        found = find_implementation(project, head.module.value).path == module_path
        if document.spec is not None and found:
            yield path, document


def specs_that_mention(
    project: Project, spec_path: Path, case_id: str, read: Read
) -> Iterator[tuple[Path, str]]:
    """The texts of specs that speak of the case of another one: they have none of that id."""
    for path, text in _texts(project, read):
        if path == spec_path or case_id not in text or not any(mentions(text, case_id)):
            continue
        if not any(case.id == case_id for case in read_spec(text).cases):
            yield path, text


def _head(path: Path, text: str) -> Head | None:
    root = read_tree(text).root
    function = text_of(root.get("function")) if isinstance(root, Mapping) else None
    module = text_of(root.get("module")) if isinstance(root, Mapping) else None
    if function is None or module is None:
        return None
    return Head(path, text, function.value.strip(), module)


def _texts(project: Project, read: Read) -> Iterator[tuple[Path, str]]:
    try:
        paths = find_specs(project)
    except ProjectError:
        return
    for path in paths:
        text = read(path)
        if text is not None:
            yield path, text


def _dotted_names(project: Project, path: Path) -> frozenset[str]:
    """What a test may call the module, from each folder that it could be imported from."""
    below = [root for root in import_roots(project.root) if path.is_relative_to(root)]
    parts = [path.relative_to(root).with_suffix("").parts for root in below]
    whole = (each[:-1] if each[-1:] == ("__init__",) else each for each in parts)
    return frozenset(".".join(each) for each in whole if each)
