"""`redfirst cover`: the tests on the real implementation."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from redfirst.cli.judging import for_each, judge
from redfirst.cli.options import add_format, add_specs, add_strength
from redfirst.project.fault import ProjectError
from redfirst.workflow.cover import measure
from redfirst.workflow.finding import from_fault
from redfirst.workflow.lcov_file import write_lcov
from redfirst.workflow.strength import strengthen

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from redfirst.cli.command import Subparsers
    from redfirst.project.project import Project
    from redfirst.workflow.cover import Covered
    from redfirst.workflow.progress import Progress
    from redfirst.workflow.report import Report, SpecReport

_EVERYTHING: Final = 100.0


def add_parser(subparsers: Subparsers) -> None:
    """Declare the command's arguments."""
    parser = subparsers.add_parser(
        "cover",
        help="run the tests on the implementation: cases, gaps, gate",
        description="Run the tests of each spec on its implementation: which cases are green, "
        "which lines and branches no test reaches, and whether the gate holds. Your own coverage "
        "data is not touched.",
    )
    add_specs(parser)
    parser.add_argument(
        "--lcov",
        type=Path,
        metavar="FILE",
        help="write the coverage of all named specs to this file, for editors and services",
    )
    parser.add_argument(
        "--html",
        type=Path,
        metavar="DIR",
        help="write coverage.py's pages into this folder, in one folder below it for each spec",
    )
    parser.add_argument(
        "--fail-under",
        type=_percentage,
        metavar="N",
        help="percentage of lines and of branches that must be reached (default: as the spec, "
        "else the project says)",
    )
    add_strength(
        parser,
        "then change the code in many small ways and name each change that no test notices",
    )
    add_format(parser)


def run(arguments: Namespace) -> int:
    """Cover, and print cases, gaps and the gate."""
    lcov = None if arguments.lcov is None else Path.cwd() / arguments.lcov
    strength: bool = arguments.strength
    html = None if arguments.html is None else Path.cwd() / arguments.html

    async def work(project: Project, specs: Sequence[Path], progress: Progress) -> Report:
        covered: list[Covered] = []
        pages = {} if html is None else _folders(html, project, specs)

        async def one(project: Project, spec: Path, progress: Progress) -> SpecReport:
            result = await measure(
                project, spec, progress, fail_under=arguments.fail_under, html=pages.get(spec)
            )
            covered.append(result)
            return await strengthen(project, result, progress) if strength else result.report

        report = await for_each("cover", one)(project, specs, progress)
        return report if lcov is None else _with_lcov(report, covered, lcov)

    return judge(arguments, arguments.specs, work)


def _folders(html: Path, project: Project, specs: Sequence[Path]) -> dict[Path, Path]:
    """One for each spec, called as it is; specs of one name have their folders in it, too."""
    alike = Counter(spec.stem for spec in specs)
    whole = {spec: project.relative(spec.with_suffix("")) for spec in specs}
    return {
        spec: html / (spec.stem if alike[spec.stem] == 1 else whole[spec].replace("/", "."))
        for spec in specs
    }


def _with_lcov(report: Report, covered: Sequence[Covered], path: Path) -> Report:
    """What the tests said counts, even where the file cannot be written."""
    try:
        write_lcov(covered, path)
    except ProjectError as error:
        return replace(report, findings=(*report.findings, from_fault(error.fault)))
    return report


def _percentage(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= _EVERYTHING:
        raise ArgumentTypeError(f"`{text}` is no percentage from 0 to 100")
    return number
