"""Specs of a given length, and workspaces of a given size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from benchmarks.speed.sample import CODE, SPEC, settings, tests_of

if TYPE_CHECKING:
    from pathlib import Path

_HEAD: Final = """\
function: {name}
module: shop.{name}
signature: "{name}(value: int, low: int, high: int) -> int"
behavior: The nearest number to value between low and high, both included.
edge_cases:
"""
_CASE: Final = """\
  - case: value {at} within {low} and {high} -> {at}
    examples:
      - call: "{name}({at}, {low}, {high})"
        returns: {at}
"""
_ERRORS: Final = """\
errors:
  - low above high -> raise ValueError("empty range")
"""


def spec_of(lines: int, name: str = "clamp") -> str:
    """A valid spec of about that many lines, most of them cases with an example."""
    room = lines - _HEAD.count("\n") - _ERRORS.count("\n")
    cases = (
        _CASE.format(name=name, at=number + 1, low=number, high=number + 9)
        for number in range(room // _CASE.count("\n"))
    )
    return _HEAD.format(name=name) + "".join(cases) + _ERRORS


def make_workspace(folder: Path, specs: int = 1, lines: int = 40) -> Path:
    """A project with so many specs of so many lines; the path of the first."""
    (folder / "specs").mkdir(parents=True)
    (folder / "pyproject.toml").write_text("[tool.redfirst]\n", encoding="utf-8")
    for number in range(specs):
        name = f"clamp_{number}"
        (folder / f"specs/{name}.yml").write_text(spec_of(lines, name), encoding="utf-8")
    return folder / "specs/clamp_0.yml"


def make_project(folder: Path, python: Path, functions: int) -> list[Path]:
    """A project of so many functions with twelve tests each; the paths of its specs."""
    for part in ("specs", "tests", "shop"):
        (folder / part).mkdir(parents=True)
    (folder / "pyproject.toml").write_text(settings(python), encoding="utf-8")
    (folder / "shop/__init__.py").touch()
    return [_make_function(folder, f"clamp_{number}") for number in range(functions)]


def _make_function(folder: Path, name: str) -> Path:
    spec = folder / f"specs/{name}.yml"
    text = SPEC.replace("clamp", name)
    spec.write_text(text, encoding="utf-8")
    (folder / f"shop/{name}.py").write_text(CODE.replace("clamp", name), encoding="utf-8")
    tests = tests_of(text, f"specs/{name}.yml")
    (folder / f"tests/test_{name}.py").write_text(tests, encoding="utf-8")
    return spec
