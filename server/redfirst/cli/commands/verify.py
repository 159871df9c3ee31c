"""`redfirst verify`: red verification."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from redfirst.cli.judging import for_each, judge
from redfirst.cli.mistake import Mistake
from redfirst.cli.options import add_format, add_specs, add_unsandboxed
from redfirst.workflow import verify

if TYPE_CHECKING:
    from argparse import Namespace

    from redfirst.cli.command import Subparsers
    from redfirst.project.project import Project
    from redfirst.workflow.progress import Progress
    from redfirst.workflow.report import SpecReport


def add_parser(subparsers: Subparsers) -> None:
    """Declare the command's arguments."""
    parser = subparsers.add_parser(
        "verify",
        help="prove that tests fail before the code exists",
        description="Run each test against stand-ins that do not do what the spec says, and say "
        "whether it fails on all of them for the right reason. The implementation is not run.",
    )
    add_specs(parser)
    parser.add_argument(
        "--test",
        type=Path,
        metavar="FILE",
        help="judge this test module, hand-written or foreign, instead of the spec's own",
    )
    parser.add_argument(
        "--table", action="store_true", help="show how each test ended against each stand-in"
    )
    add_unsandboxed(parser)
    add_format(parser)


def run(arguments: Namespace) -> int:
    """Print the verdict of each test."""
    test = _test_file(arguments)

    async def work(project: Project, spec: Path, progress: Progress) -> SpecReport:
        return await verify.verify(project, spec, test, progress)

    return judge(arguments, arguments.specs, for_each("verify", work))


def _test_file(arguments: Namespace) -> Path | None:
    test: Path | None = arguments.test
    if test is None:
        return None
    if len(arguments.specs) > 1:
        raise Mistake("`--test` judges the test module of one spec. Name that spec alone.")
    if not os.path.isfile(test):  # noqa: PTH113  # what can be no name is no error
        raise Mistake(f"There is no test module `{test}`.")
    return Path.cwd() / test
