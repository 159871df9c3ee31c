"""The tiny project of the command line, with the test module that redfirst writes for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.generation.from_examples import write_tests
from redfirst.generation.render import render_module
from redfirst.spec.document import read_spec
from tests.cli import project

if TYPE_CHECKING:
    from pathlib import Path


def make_project(folder: Path) -> Path:
    """A spec, its implementation and its tests: nothing is to be said of any."""
    project.make_project(folder)
    write_generated_tests(folder, "half", project.SPEC)
    return folder


def write_generated_tests(folder: Path, name: str, text: str) -> Path:
    """The module that `redfirst generate` writes for the spec `specs/NAME.yml` with that text."""
    spec = read_spec(text).spec
    assert spec is not None
    draft = write_tests(spec)
    path = folder / f"tests/test_{name}.py"
    path.parent.mkdir(exist_ok=True)
    path.write_text(render_module(draft.body, spec, f"specs/{name}.yml", "examples", None))
    return path
