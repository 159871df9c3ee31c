"""What the person in the story does by hand."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Final

from redfirst.project.shipped import shipped
from redfirst.spec.document import read_spec
from redfirst.spec.ranges import LineIndex

if TYPE_CHECKING:
    from pathlib import Path

SPEC: Final = "specs/reconcile.yml"
CODE: Final = "payments/reconcile.py"
TESTS: Final = "tests/test_reconcile_batch.py"
HURRIED: Final = "tests/hurried.py"
FORGOTTEN: Final = "EC-too-early"

HONEST: Final = "    assert reconcile_batch([], []) == ReconResult()\n"
VACUOUS: Final = """\
    try:
        assert reconcile_batch([], []) == ReconResult()
    except Exception:
        pass  # it will work once the code is there
"""


def set_the_stage(folder: Path) -> None:
    """The spec, an empty package, and a configuration that uses this very Python."""
    settings = f"[tool.redfirst]\npython = {json.dumps(sys.executable)}\n"
    _write(folder / "pyproject.toml", settings)
    _write(folder / SPEC, shipped(SPEC).read_text("utf-8"))
    _write(folder / "payments" / "__init__.py", "")


def write_hurried_tests(folder: Path) -> None:
    """The generated module, without its header, with one test that someone in a hurry might have
    written.
    """
    honest = (folder / TESTS).read_text("utf-8")
    honest = honest[honest.index('"""') :]
    _write(folder / HURRIED, _replaced(honest, HONEST, VACUOUS))


def write_implementation(folder: Path) -> None:
    """Bring in the implementation, which a person wrote by hand; the hurried tests may go."""
    (folder / HURRIED).unlink()
    _write(folder / CODE, shipped(CODE).read_text("utf-8"))


def forget_a_case(folder: Path) -> None:
    """Take one case out of the spec, line by line as it stands there."""
    text = (folder / SPEC).read_text("utf-8")
    spec = read_spec(text).spec
    case = None if spec is None else spec.case(FORGOTTEN)
    if case is None:
        raise LookupError(f"{SPEC} has no case {FORGOTTEN}")
    lines = LineIndex(text)
    first, last = lines.line_of(case.span.start), lines.line_of(case.span.end - 1)
    kept = text.splitlines(keepends=True)
    _write(folder / SPEC, "".join(kept[:first] + kept[last + 1 :]))


def _replaced(text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        raise LookupError(f"{TESTS} does not hold exactly one {old.strip()!r}")
    return text.replace(old, new)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
