"""`redfirst init`: set a project up."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from redfirst.cli.mistake import Mistake
from redfirst.cli.schema_copy import put_schema
from redfirst.project.configuration import has_table
from redfirst.project.fault import ProjectError
from redfirst.project.files import read_text, replace_file
from redfirst.project.project import PYPROJECT, project_at
from redfirst.project.pytest_settings import PYTEST_FILES

if TYPE_CHECKING:
    from argparse import Namespace

    from redfirst.cli.command import Subparsers

_TABLE: Final = """\
[tool.redfirst]
specs = ["specs"]   # folders of specs
tests = "tests"     # where test modules are written
threshold = 95      # percent of lines and of branches
"""
_STRICT: Final = """\
Tip: let pytest refuse markers and settings that it does not know. In pyproject.toml:

    [tool.pytest.ini_options]
    addopts = "--strict-markers --strict-config"
"""


def add_parser(subparsers: Subparsers) -> None:
    """Declare the command's arguments."""
    subparsers.add_parser(
        "init",
        help="set redfirst up in this project",
        description="Add [tool.redfirst] to the pyproject.toml of the current folder and make a "
        "folder for specs. What is there already is left as it is.",
    )


def run(arguments: Namespace) -> int:
    """Configure the current folder, and say what was done."""
    del arguments
    root = Path.cwd()
    try:
        done = [_configure(root), *_make_folders(root)]
    except ProjectError as error:
        raise Mistake(error.fault.message) from error
    print("\n".join(done))
    if not _is_strict(root):
        print(f"\n{_STRICT}", end="")
    print("\nNext: redfirst new NAME --module MODULE")
    return 0


def _configure(root: Path) -> str:
    path = root / PYPROJECT
    if not path.exists():
        replace_file(path, _TABLE, expected=None)
        return f"Wrote {PYPROJECT} with [tool.redfirst]."
    file = read_text(path, PYPROJECT)
    if _has_table(file.text):
        return f"{PYPROJECT} has [tool.redfirst] already."
    new = _appended(file.data.decode())
    try:
        tomllib.loads(new.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))
    except tomllib.TOMLDecodeError as error:
        raise Mistake(
            f"A table cannot be added at the end of this {PYPROJECT}. "
            "Add `redfirst = {}` to its `tool` by hand."
        ) from error
    replace_file(path, new, expected=file.data, shown=PYPROJECT)
    return f"Added [tool.redfirst] to {PYPROJECT}."


def _has_table(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Mistake(f"{PYPROJECT} is not valid TOML: {error}. Mend it first.") from error
    return has_table(text)


def _appended(text: str) -> str:
    """`text`, as it is, and the table below it, with the line ends of the file."""
    line_end = "\r\n" if "\r\n" in text else "\n"
    gap = line_end if text.endswith("\n") else line_end * 2
    return text + (gap if text else "") + _TABLE.replace("\n", line_end)


def _make_folders(root: Path) -> list[str]:
    """The folder for specs, with the schema that editors check them against."""
    specs = root / project_at(root).configuration.specs[0]
    done = [] if specs.is_dir() else [f"Made the folder {specs.relative_to(root).as_posix()}/."]
    specs.mkdir(parents=True, exist_ok=True)
    schema = put_schema(specs)
    if schema is not None:
        done.append(f"Put {schema.relative_to(root).as_posix()} there, for your editor.")
    return done


def _is_strict(root: Path) -> bool:
    """Whether any of the files that configure pytest asks for strict markers."""
    files = (root / name for name in PYTEST_FILES)
    texts = (file.read_text("utf-8", errors="replace") for file in files if file.is_file())
    return any(
        word in text
        for text in texts
        for word in ("strict-markers", "strict_markers", "strict = true")
    )
