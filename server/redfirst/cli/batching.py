"""`redfirst generate --batch`: the questions of all specs in one order."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from redfirst.cli.formats.words import count
from redfirst.cli.judging import all_at_once, places_of
from redfirst.cli.mistake import Mistake
from redfirst.project.batch_records import BatchRecords
from redfirst.project.envoy_process import Envoy
from redfirst.project.settings import ANTHROPIC
from redfirst.project.transcripts import Transcripts
from redfirst.project.warm import Warmth
from redfirst.workflow.batch_cancel import cancel_batches
from redfirst.workflow.batch_desk import BatchDesk
from redfirst.workflow.batch_post import BatchPost
from redfirst.workflow.progress import Silent
from redfirst.workflow.report import Report
from redfirst.workflow.spending import batch_cost

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from pathlib import Path

    from redfirst.cli.judging import SpecWork, Work
    from redfirst.project.project import Project
    from redfirst.workflow.generate import Terms
    from redfirst.workflow.progress import Progress
    from redfirst.workflow.report import SpecReport

    Make = Callable[[Project, Path, Terms, Progress], Awaitable[SpecReport]]

_BAR: Final = "specs"


def in_batches(make: Make, terms: Terms) -> Work:
    """`make` for each spec, one batch for each round of questions. `Mistake` without a model."""
    if terms.provider != ANTHROPIC:
        raise Mistake("only a model takes batches: add `--provider anthropic` to `--batch`.")

    async def every(project: Project, specs: Sequence[Path], progress: Progress) -> Report:
        async with Envoy(project.root) as envoy, Warmth(project.root) as warmth:
            records, transcripts = BatchRecords(project.root), Transcripts(project.root)
            post = BatchPost(envoy, records, transcripts, progress, _say)
            async with BatchDesk(post, len(specs), places_of(project)) as desk:
                each = _each(make, replace(terms, carrier=desk), desk, len(specs))
                warm = replace(project, warmth=warmth)
                report = await all_at_once("generate", each)(warm, specs, progress)
        _say_cost(project, terms, post)
        return report

    return every


async def cancel(project: Project) -> Report:
    """End the batches that are not over."""
    async with Envoy(project.root) as envoy:
        return Report("generate", (), await cancel_batches(project, _say, envoy))


def _each(make: Make, terms: Terms, desk: BatchDesk, total: int) -> SpecWork:
    """One bar for all of them: hundreds may wait at once."""
    done = 0

    async def one(project: Project, spec: Path, progress: Progress) -> SpecReport:
        nonlocal done
        progress.report(_BAR, done, total)
        try:
            return await desk.attend(partial(make, project, spec, terms, Silent()))
        finally:
            done += 1
            progress.report(_BAR, done, total)

    return one


def _say_cost(project: Project, terms: Terms, post: BatchPost) -> None:
    dollars = batch_cost(post.usage, project.configuration)
    if post.usage and terms.spending is not None:
        price = "" if dollars is None else f", about ${dollars:.2f}"
        tokens = count(terms.spending.used, "token")
        _say(f"{tokens} in batches{price}: half the ordinary price.")


def _say(words: str) -> None:
    sys.stderr.write(f"redfirst: {words}\n")
