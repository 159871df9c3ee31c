"""`redfirst audit`: whether the generated tests come from where they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.cli.judging import for_each, judge
from redfirst.cli.options import add_format, add_paths
from redfirst.workflow.audit import audit

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
        "audit",
        help="where generated tests come from, and what a model was shown",
        description="Look at the header of each generated test module and at the transcripts that "
        "it names: the spec must have been in every request, and no line of the implementation or "
        "of the tests. Nothing is run.",
    )
    add_paths(parser)
    add_format(parser)


def run(arguments: Namespace) -> int:
    """Print what does not hold."""

    async def work(project: Project, spec: Path, progress: Progress) -> SpecReport:
        del progress
        return audit(project, spec)

    return judge(arguments, arguments.paths, for_each("audit", work))
