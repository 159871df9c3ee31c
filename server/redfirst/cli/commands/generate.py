"""`redfirst generate`: test modules, written only when gate and red verification accept them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.cli import batching
from redfirst.cli.judging import for_each, judge
from redfirst.cli.mistake import Mistake
from redfirst.cli.options import add_format, add_paths, add_unsandboxed, provider
from redfirst.project.settings import PROVIDERS
from redfirst.workflow import generate
from redfirst.workflow.asking import Answers
from redfirst.workflow.generate import Consent, Overwrite, Terms
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
        "generate",
        help="write the test module of a spec",
        description="Write the test module of each spec from the spec alone. It replaces the old "
        "one only when the static gate and red verification accept it.",
    )
    add_paths(parser, "a spec file, or a folder of specs; with --batch, none means all")
    parser.add_argument(
        "--provider",
        type=provider,
        choices=PROVIDERS,
        help="who writes the tests (default: as in pyproject.toml, else the spec's own examples)",
    )
    parser.add_argument(
        "--batch",
        action="store_true",
        help="ask the model about all specs at once, at half the price; it may take up to a day, "
        "and the same command goes on where it was interrupted",
    )
    parser.add_argument(
        "--cancel", action="store_true", help="with --batch: end the batches that are not over"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="print the change instead of writing it"
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="replace a module that was edited by hand or not written by redfirst",
    )
    parser.add_argument(
        "--again",
        action="store_true",
        help="ask the model again, even where it has answered the same question before",
    )
    parser.add_argument(
        "--yes",
        action="store_true",
        help="let a model's module replace the one that is there; without it, the change is shown",
    )
    add_unsandboxed(parser)
    add_format(parser)


def run(arguments: Namespace) -> int:
    """Generate, and print what became of it. `Mistake` when nobody said of what."""
    if arguments.cancel and not arguments.batch:
        raise Mistake("only batches can be canceled: `redfirst generate --batch --cancel`.")
    if not arguments.paths and not arguments.batch:
        raise Mistake("name a spec, or a folder of specs: `redfirst generate specs/`.")
    make = generate.preview if arguments.dry_run else generate.generate
    overwrite = Overwrite.ANY if arguments.force else Overwrite.UNTOUCHED
    answers = Answers.NEW if arguments.again else Answers.KEPT
    consent = Consent.GIVEN if arguments.yes else Consent.ASKED_FOR

    async def every(project: Project, specs: Sequence[Path], progress: Progress) -> Report:
        if arguments.cancel:
            return await batching.cancel(project)
        provider = arguments.provider or project.configuration.provider
        spending = Spending(project.configuration.budget)
        terms = Terms(provider, overwrite, answers, spending, consent=consent)
        if arguments.batch:
            return await batching.in_batches(make, terms)(project, specs, progress)

        async def one(project: Project, spec: Path, progress: Progress) -> SpecReport:
            return await make(project, spec, terms, progress)

        return await for_each("generate", one)(project, specs, progress)

    return judge(arguments, arguments.paths, every)
