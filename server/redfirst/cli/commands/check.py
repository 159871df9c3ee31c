"""`redfirst check`: everything, for CI."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.cli.judging import judge
from redfirst.cli.options import add_format, add_paths, add_strength, add_unsandboxed
from redfirst.cli.shard import parse_shard
from redfirst.workflow import check
from redfirst.workflow.check import Gates

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence
    from pathlib import Path

    from redfirst.cli.command import Subparsers
    from redfirst.cli.shard import Shard
    from redfirst.project.project import Project
    from redfirst.workflow.progress import Progress
    from redfirst.workflow.report import Report


def add_parser(subparsers: Subparsers) -> None:
    """Declare the command's arguments."""
    parser = subparsers.add_parser(
        "check",
        help="all of it, for CI: valid, fresh, red verified, green, covered",
        description="Check every spec: it is valid, its tests are fresh, red verified and green on "
        "the implementation, and the coverage gate holds. Nothing is written.",
    )
    add_paths(parser)
    parser.add_argument(
        "--shard",
        type=parse_shard,
        metavar="I/N",
        help="only the I-th of N parts, so that several machines can share the work",
    )
    add_strength(
        parser,
        "also change the code in many small ways, for all specs; without it only for those whose "
        "settings, or the project's, ask for a `strength`",
    )
    add_unsandboxed(parser)
    add_format(parser)


def run(arguments: Namespace) -> int:
    """Check, and print what falls short."""
    shard: Shard | None = arguments.shard

    async def work(project: Project, specs: Sequence[Path], progress: Progress) -> Report:
        wanted = Gates.WITH_STRENGTH if arguments.strength else Gates.AS_CONFIGURED
        return await check.check(project, _part(project, specs, shard), progress, wanted)

    return judge(arguments, arguments.paths, work)


def _part(project: Project, specs: Sequence[Path], shard: Shard | None) -> tuple[Path, ...]:
    if shard is None:
        return tuple(specs)
    by_name = {project.relative(spec): spec for spec in specs}
    return tuple(by_name[name] for name in shard.part(by_name))
