"""`redfirst skeleton`: a module to write the implementation into."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from redfirst.cli.mistake import Mistake
from redfirst.project.fault import ProjectError
from redfirst.project.files import replace_file
from redfirst.project.index import find_specs
from redfirst.project.project import open_project_of
from redfirst.workflow.skeleton import skeleton
from redfirst.workflow.spec_file import read_spec_file

if TYPE_CHECKING:
    from argparse import Namespace

    from redfirst.cli.command import Subparsers


def add_parser(subparsers: Subparsers) -> None:
    """Declare the command's arguments."""
    parser = subparsers.add_parser(
        "skeleton",
        help="start the module of a spec, with nothing in it",
        description="Write the module that a spec asks for: its types and its signature, every "
        "body raising NotImplementedError. An existing file is never replaced.",
    )
    parser.add_argument("spec", metavar="SPEC", type=Path, help="the spec")


def run(arguments: Namespace) -> int:
    """Write the module, and say what to do next."""
    try:
        project = open_project_of([arguments.spec])
        (spec, *_) = find_specs(project, [arguments.spec])
        new = skeleton(project, read_spec_file(project, spec))
        replace_file(new.path, new.text, expected=None, shown=new.shown)
    except ProjectError as error:
        raise Mistake(error.fault.message) from error
    shown = project.relative(spec)
    print(f"Wrote {new.shown}.\n\nNext: write it by hand, until: redfirst cover {shown}")
    return 0
