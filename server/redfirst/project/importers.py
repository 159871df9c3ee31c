"""Which modules of a project import another one of it, directly or through others."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from redfirst.project.import_roots import import_roots
from redfirst.project.layout import implementation_in
from redfirst.project.module_names import module_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from redfirst.project.project import Project

    Read = Callable[[Path], str | None]

# A save must not keep the machine busy; in a project that large only the module itself counts.
_MOST_MODULES: Final = 1_000
_IMPORT: Final = re.compile(
    r"""^[ \t]*(?:
        from[ \t]+(?P<source>[.\w]+)[ \t]+import[ \t]*(?:\((?P<many>[^)]*)|(?P<some>[^\n#]*))
        |import[ \t]+(?P<modules>[^\n#]+)
    )""",
    re.MULTILINE | re.VERBOSE,
)
_COMMENT: Final = re.compile(r"#[^\n]*")


def importers(project: Project, path: Path, read: Read) -> frozenset[Path]:
    """The modules of the project that import the one at `path`.

    Imports are read, not run: what is imported by a name that is computed is not found, and one in
    a docstring counts.
    """
    known = module_names(project)
    if len(known) > _MOST_MODULES:
        return frozenset()
    roots = import_roots(project.root)
    places = {name: implementation_in(roots, name).path for name in known}
    imports = {
        name: imported(read(at) or "", name, _package(name, at)) for name, at in places.items()
    }
    found, reached = set[str](), {name for name, at in places.items() if at == path}
    while new := {each for each in known if each not in found and imports[each] & reached}:
        found |= new
        reached |= new
    return frozenset(places[name] for name in found) - {path}


def _package(name: str, path: Path) -> str:
    return name if path.name == "__init__.py" else name.rpartition(".")[0]


def imported(source: str, name: str, package: str) -> frozenset[str]:
    """All that the module `name` in `package` may import, with the packages around it."""
    told = {each for match in _IMPORT.finditer(source) for each in _told(match, package)}
    return frozenset(each for one in (name, *told) for each in _with_packages(one)) - {name}


def _told(match: re.Match[str], package: str) -> Iterator[str]:
    if match["modules"] is not None:
        yield from _names(match["modules"])
        return
    source = _absolute(match["source"], package)
    yield source
    yield from (f"{source}.{name}" for name in _names(match["many"] or match["some"] or ""))


def _names(listed: str) -> Iterator[str]:
    for each in _COMMENT.sub("", listed).split(","):
        words = each.split()
        if words:
            yield words[0]


def _absolute(source: str, package: str) -> str:
    name = source.lstrip(".")
    dots = len(source) - len(name)
    if dots == 0:
        return name
    parts = package.split(".") if package else []
    return ".".join([*parts[: len(parts) - dots + 1], *([name] if name else [])])


def _with_packages(name: str) -> Iterator[str]:
    """Importing a module imports every package around it."""
    return accumulate(name.split("."), "{}.{}".format)
