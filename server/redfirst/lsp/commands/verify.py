"""`redfirst.verify`: prove that the tests of a spec are red."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.lsp.work import summary
from redfirst.lsp.work.judging import verify_as_seen

if TYPE_CHECKING:
    from redfirst.lsp.work.desk import Desk
    from redfirst.lsp.work.progress_bars import ProgressBar
    from redfirst.lsp.work.subject import Subject


async def verify(desk: Desk, subject: Subject, bar: ProgressBar) -> object:
    """Verify what the person sees; the verdicts appear where the tests and cases are."""
    report = await verify_as_seen(subject, desk.session.verdicts, bar)
    desk.tell_news(subject.path)
    said = summary.of_verification(report)
    if not report.tests:
        desk.editor.refuse(said)
    bar.result = said
    return {"ok": report.ok, "verdicts": summary.verdicts(report)}
