"""A project of one function with twelve cases; its tests are written by redfirst itself."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.generation.from_examples import write_tests
from redfirst.generation.render import render_module
from redfirst.project.project import project_at
from redfirst.spec.document import read_spec

if TYPE_CHECKING:
    from pathlib import Path

    from redfirst.project.project import Project

SPEC = """\
function: clamp
module: shop.clamp
signature: "clamp(value: int, low: int, high: int) -> int"
behavior: The nearest number to value between low and high, both included.
edge_cases:
  - {case: inside -> the value, examples: [{call: "clamp(5, 1, 9)", returns: 5}]}
  - {case: below -> low, examples: [{call: "clamp(0, 1, 9)", returns: 1}]}
  - {case: above -> high, examples: [{call: "clamp(12, 1, 9)", returns: 9}]}
  - {case: at low -> low, examples: [{call: "clamp(2, 2, 9)", returns: 2}]}
  - {case: at high -> high, examples: [{call: "clamp(8, 1, 8)", returns: 8}]}
  - {case: one number -> that number, examples: [{call: "clamp(7, 3, 3)", returns: 3}]}
  - {case: negative range -> as ever, examples: [{call: "clamp(0, -9, -4)", returns: -4}]}
  - {case: far below -> low, examples: [{call: "clamp(-1000000, -6, 6)", returns: -6}]}
  - {case: far above -> high, examples: [{call: "clamp(1000000, -6, 11)", returns: 11}]}
  - {case: zero inside -> zero, examples: [{call: "clamp(0, -1, 1)", returns: 0}]}
errors:
  - case: low above high -> raise ValueError("empty range")
    examples: [{call: "clamp(5, 9, 1)", raises: 'ValueError("empty range")'}]
  - case: no number -> raise TypeError("not a number")
    examples: [{call: "clamp(None, 1, 9)", raises: 'TypeError("not a number")'}]
"""
CODE = """\
def clamp(value: int, low: int, high: int) -> int:
    if value is None:
        raise TypeError("not a number")
    if low > high:
        raise ValueError("empty range")
    if value < low:
        return low
    if value > high:
        return high
    return value
"""
_YESTERDAY = time.time() - 86_400
HEAVY_IMPORTS = "import fastapi\nimport numpy\nimport sqlalchemy\nimport sqlalchemy.orm\n\n\n"


@dataclass(frozen=True)
class Sample:
    """The project on disk."""

    project: Project
    python: Path
    spec: Path
    tests: Path
    code: Path


def make_sample(root: Path, python: Path, imports: str = "") -> Sample:
    """Write the project; `imports` go in front of the implementation."""
    spec, tests, code = (
        root / name for name in ("specs/clamp.yml", "tests/test_clamp.py", "shop/clamp.py")
    )
    for path in (spec, tests, code):
        path.parent.mkdir(parents=True)
    (root / "pyproject.toml").write_text(settings(python), encoding="utf-8")
    (root / "shop/__init__.py").touch()
    spec.write_text(SPEC, encoding="utf-8")
    code.write_text(imports + CODE, encoding="utf-8")
    tests.write_text(tests_of(SPEC, "specs/clamp.yml"), encoding="utf-8")
    os.utime(tests, (_YESTERDAY, _YESTERDAY))  # nobody believes the cache of what is new
    return Sample(project_at(root), python, spec, tests, code)


def settings(python: Path) -> str:
    """The text of a pyproject.toml whose tests run on that interpreter."""
    redfirst = f'[tool.redfirst]\npython = "{python}"\n'
    return f'{redfirst}[tool.pytest.ini_options]\npythonpath = ["."]\n'


def tests_of(text: str, path: str) -> str:
    """The test module that redfirst writes for a spec; `path` leads to it from the root."""
    spec = read_spec(text).spec
    if spec is None:
        raise ValueError("the sample's spec cannot be read")
    return render_module(write_tests(spec).body, spec, path, "examples", None)
