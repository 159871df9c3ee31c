"""Specs for the tests of this room, read as the product reads them."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent
from typing import TYPE_CHECKING

from redfirst.generation.from_examples import write_tests
from redfirst.generation.render import render_module
from redfirst.spec.document import read_spec

if TYPE_CHECKING:
    from redfirst.spec.model import Spec

SHAPES = Path(__file__).parent / "shapes"


def read(text: str) -> Spec:
    spec = read_spec(text).spec
    assert spec is not None
    return spec


def spec_of(
    cases: str,
    *,
    signature: str = "f(a: int, b: int = 0) -> int",
    top: str = "",
) -> Spec:
    """A spec of `lib.f` with these edge cases (YAML list items)."""
    return read(
        f'function: f\nmodule: lib\nsignature: "{signature}"\n'
        "behavior: Do something that is worth a whole sentence.\n"
        f"{dedent(top)}edge_cases:\n{indent(dedent(cases).strip(), '  ')}\n"
    )


def body_of_test(
    cases: str, *, signature: str = "f(a: int, b: int = 0) -> int", top: str = ""
) -> str:
    """What stands behind the docstring of the only test written for these cases."""
    draft = write_tests(spec_of(cases, signature=signature, top=top))
    assert draft.problems == ()
    lines = draft.body.partition("\ndef test_")[2].splitlines()
    docstring = next(n for n, line in enumerate(lines) if '"""' in line)
    return dedent("\n".join(lines[docstring + 1 :]))


def generated(spec: Spec, path: str = "specs/f.yml") -> str:
    return render_module(write_tests(spec).body, spec, path, "examples", None)
