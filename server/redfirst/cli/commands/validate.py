"""`redfirst validate`: problems in specs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.cli.judging import for_each, judge
from redfirst.cli.options import add_format, add_paths
from redfirst.workflow import validate

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from redfirst.cli.command import Subparsers
    from redfirst.project.project import Project
    from redfirst.workflow.progress import Progress
    from redfirst.workflow.report import SpecReport


def add_parser(subparsers: Subparsers) -> None:
    """Declare the command's arguments."""
    parser = subparsers.add_parser(
        "validate",
        help="find problems in specs",
        description="Read specs and say what is wrong with them. Nothing is run.",
    )
    add_paths(parser)
    add_format(parser)


def run(arguments: Namespace) -> int:
    """Print the problems of each spec."""
    return judge(arguments, arguments.paths, for_each("validate", _validate))


async def _validate(project: Project, spec: Path, progress: Progress) -> SpecReport:
    report = validate.validate(project, spec)
    progress.report("validate", 1, 1)
    return report
