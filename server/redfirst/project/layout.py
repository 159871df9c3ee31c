"""Which spec belongs to which test module and to which implementation."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.project.fault import Fault
from redfirst.project.import_roots import import_roots
from redfirst.spec.codes import Code

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from redfirst.project.project import Project


@dataclass(frozen=True, slots=True)
class Implementation:
    """Where the source of a module stands, or would be created: then `exists` is false."""

    path: Path
    exists: bool


def test_path(project: Project, spec_path: Path, function: str, module: str) -> Path:
    """The test module of the spec at `spec_path` for `function` (`name` or `Class.method`)."""
    name = project.configuration.test_name.format(
        function=snake_case(function), spec=snake_case(spec_path.stem), module=snake_case(module)
    )
    return project.root / project.configuration.tests / name


def snake_case(name: str) -> str:
    """`Basket.addItem` becomes `basket_add_item`: what a test file's name can carry."""
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return re.sub(r"[\W_]+", "_", words).strip("_").lower()


def find_implementation(project: Project, module: str) -> Implementation:
    """The file of the dotted `module`, looked for as the project's tests would import it.

    A module that is nowhere would be created beside the most of its packages that exist already,
    else in the first of the project's import roots.
    """
    return implementation_in(import_roots(project.root), module)


def implementation_in(roots: Sequence[Path], module: str) -> Implementation:
    """The same, with the import roots that the project has."""
    parts = module.split(".")
    for root in roots:
        base = root.joinpath(*parts)
        for candidate in (base / "__init__.py", base.with_name(f"{parts[-1]}.py")):
            if candidate.is_file():
                return Implementation(candidate, exists=True)
    home = max(roots, key=lambda root: _existing_packages(root, parts))
    return Implementation(home.joinpath(*parts[:-1], f"{parts[-1]}.py"), exists=False)


def _existing_packages(root: Path, parts: list[str]) -> int:
    return sum(root.joinpath(*parts[:length]).is_dir() for length in range(1, len(parts)))


def shared_test_paths(project: Project, test_paths: Mapping[Path, Path]) -> dict[Path, Fault]:
    """A fault (RF907) for each spec whose test module belongs to another spec too.

    `test_paths` maps specs to their test modules. Names that differ only in case are the same
    file on many systems, so they are the same here.
    """
    specs = defaultdict[str, list["Path"]](list)
    for spec, test in test_paths.items():
        specs[test.as_posix().casefold()].append(spec)
    return {
        spec: _shared(project, spec, test_paths[spec], [each for each in group if each != spec])
        for group in specs.values()
        if len(group) > 1
        for spec in group
    }


def _shared(project: Project, spec: Path, test: Path, others: list[Path]) -> Fault:
    named = ", ".join(f"`{project.relative(other)}`" for other in sorted(others))
    message = (
        f"`{project.relative(test)}` is the test module of {named} too, and one would overwrite "
        "the other. Rename a function, or put `{module}` or `{spec}` into `test_name` of "
        "`[tool.redfirst]`."
    )
    return Fault(Code.TEST_PATH_SHARED, message, project.relative(spec))
