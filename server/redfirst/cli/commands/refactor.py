"""`redfirst refactor`: a model's change to an implementation, held by the tests and the gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.cli.judging import for_each, judge
from redfirst.cli.options import add_format, add_specs, add_unsandboxed
from redfirst.workflow.asking import Answers
from redfirst.workflow.refactor import Wish, refactor, refactor_and_write
from redfirst.workflow.spending import Spending

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from pathlib import Path

    from redfirst.cli.command import Subparsers
    from redfirst.project.project import Project
    from redfirst.workflow.progress import Progress
    from redfirst.workflow.report import Report, SpecReport


def add_parser(subparsers: Subparsers) -> None:
    """Declare the command's arguments."""
    parser = subparsers.add_parser(
        "refactor",
        help="a change to the implementation, kept only if tests and gate hold",
        description="Ask a model for a better implementation: it is shown the spec and the code, "
        "and no test. What it proposes is tried in a copy, and shown only when the public names "
        "stay, every case is green, and the coverage is no less than before.",
    )
    add_specs(parser)
    parser.add_argument(
        "--write", action="store_true", help="write the change that holds instead of showing it"
    )
    parser.add_argument(
        "--again",
        action="store_true",
        help="ask the model again, even where it has answered the same question before",
    )
    add_unsandboxed(parser)
    add_format(parser)


def run(arguments: Namespace) -> int:
    """Print the change, or why there is none."""
    make = refactor_and_write if arguments.write else refactor
    answers = Answers.NEW if arguments.again else Answers.KEPT

    async def every(project: Project, specs: Sequence[Path], progress: Progress) -> Report:
        wish = Wish(answers, Spending(project.configuration.budget))

        async def one(project: Project, spec: Path, progress: Progress) -> SpecReport:
            return await make(project, spec, wish, progress)

        return await for_each("refactor", one)(project, specs, progress)

    return judge(arguments, arguments.specs, every)
