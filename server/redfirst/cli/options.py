"""Options that several commands share."""

from __future__ import annotations

from argparse import ArgumentTypeError
from pathlib import Path
from typing import TYPE_CHECKING, Final

from redfirst.project.settings import EDITOR

if TYPE_CHECKING:
    from argparse import ArgumentParser

FORMATS: Final = ("text", "json", "sarif", "junit", "github")


def add_format(parser: ArgumentParser) -> None:
    """`--format`, how the answer is printed."""
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help="how to print the answer: text for people, json (schemas/report.schema.json), sarif "
        "2.1.0, junit, or github annotations (default: text)",
    )


def provider(name: str) -> str:
    """What `--provider` names. A model that an editor has is out of reach here."""
    if name == EDITOR:
        message = f'"{EDITOR}" is a model that an editor has: only that editor can ask it'
        raise ArgumentTypeError(message)
    return name


def add_unsandboxed(parser: ArgumentParser) -> None:
    """`--unsandboxed`: no file of a project may say this, only the person."""
    parser.add_argument(
        "--unsandboxed",
        action="store_true",
        help="verify without a sandbox: tests may do whatever you can do on this machine",
    )


def add_strength(parser: ArgumentParser, words: str) -> None:
    """`--strength`, whether the tests notice changes; `words` say when."""
    parser.add_argument("--strength", action="store_true", help=words)


def add_specs(parser: ArgumentParser) -> None:
    """One spec or more."""
    parser.add_argument(
        "specs", nargs="+", type=Path, metavar="SPEC", help="a spec file, or a folder of specs"
    )


_PATHS: Final = "spec files or folders (default: all specs of the project)"


def add_paths(parser: ArgumentParser, words: str = _PATHS) -> None:
    """Specs or folders, as `words` say; none means all that the project has."""
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help=words)
