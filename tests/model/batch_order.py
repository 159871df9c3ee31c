"""An order of many specs, without a process for it alone."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from redfirst.project.batch_records import BatchRecords
from redfirst.project.project import project_at
from redfirst.project.transcripts import Transcripts
from redfirst.project.warm import Warmth
from redfirst.workflow.batch_desk import BatchDesk
from redfirst.workflow.batch_post import BatchPost
from redfirst.workflow.generate import Overwrite, Terms, generate
from redfirst.workflow.progress import Silent
from redfirst.workflow.spending import Spending
from tests.model.shop import SPEC

if TYPE_CHECKING:
    from redfirst.project.envoy_process import Envoy
    from redfirst.workflow.report import SpecReport
    from tests.model.shop import Shop


@dataclass
class Order:
    """`redfirst generate --batch` on all specs of a shop, with an envoy that is there already.

    `told` is what the person is told meanwhile, `seen` what the bar shows.
    """

    shop: Shop
    envoy: Envoy
    told: list[str] = field(default_factory=list[str])
    seen: list[tuple[str, int, int]] = field(default_factory=list[tuple[str, int, int]])
    waiting: asyncio.Event = field(default_factory=asyncio.Event)

    def report(self, label: str, done: int, total: int) -> None:
        if label.startswith("batch "):
            self.seen.append((label, done, total))
            if len(self.seen) > 1:  # the first one is of ours, the others tell what the server says
                self.waiting.set()

    async def give(self) -> dict[str, SpecReport]:
        root = self.shop.root
        specs = sorted((root / "specs").glob("*.yml"))
        transcripts = Transcripts(root)
        post = BatchPost(self.envoy, BatchRecords(root), transcripts, self, self.told.append)
        async with (
            Warmth(root) as warmth,
            BatchDesk(post, len(specs), asyncio.Semaphore(2)) as desk,
        ):
            project = replace(project_at(root), warmth=warmth)
            spending = Spending(project.configuration.budget)
            terms = Terms("anthropic", Overwrite.UNTOUCHED, spending=spending, carrier=desk)
            works = [desk.attend(partial(generate, project, one, terms, Silent())) for one in specs]
            reports = await asyncio.gather(*works)
        return {report.function or "": report for report in reports}

    @property
    def on_record(self) -> int:
        return len(BatchRecords(self.shop.root).every())


def add_spec(shop: Shop, name: str) -> None:
    text = SPEC.replace("function: total", f"function: {name}").replace('"total(', f'"{name}(')
    (shop.root / f"specs/{name}.yml").write_text(text)
