"""Verify what the person sees, and remember the report with exactly that content."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from redfirst.lsp.state.verdicts import Known, content_of
from redfirst.workflow.test_module import missing_test, own_test_path
from redfirst.workflow.verify import verify_texts

if TYPE_CHECKING:
    from pathlib import Path

    from redfirst.lsp.state.verdicts import Content, Verdicts
    from redfirst.lsp.work.subject import Subject
    from redfirst.workflow.progress import Progress
    from redfirst.workflow.report import SpecReport


def test_path_of(subject: Subject) -> Path | None:
    """Where the tests of a spec stand; `None` when the text is no spec."""
    spec = subject.file.spec
    return None if spec is None else own_test_path(subject.project, subject.path, spec)


def is_known(subject: Subject, verdicts: Verdicts) -> bool:
    """Whether the tests were judged, and nothing has changed since. Reads files."""
    known, path = verdicts.of(subject.path), test_path_of(subject)
    if known is None or path is None or not known.report.tests:
        return False
    return known.content == content_of(subject.project, subject.text, path, subject.read(path))


async def verify_as_seen(subject: Subject, verdicts: Verdicts, progress: Progress) -> SpecReport:
    """The report on the texts that the person sees now, saved or not.

    It is not remembered when the settings, or a conftest.py, changed while the tests ran.
    """
    path = test_path_of(subject)
    if path is None:
        return subject.file.report()
    shown = subject.project.relative(path)
    source = await asyncio.to_thread(subject.read, path)
    if source is None:
        return subject.file.report(missing_test(subject.file, shown))
    before = await content(subject, path, source)
    report = await verify_texts(subject.project, subject.file, shown, source, progress)
    await remember(subject, verdicts, Known(report, path, before), source)
    return report


async def content(subject: Subject, test_path: Path, source: str) -> Content:
    """The content of a spec and of the text of its test module."""
    return await asyncio.to_thread(content_of, subject.project, subject.text, test_path, source)


async def remember(subject: Subject, verdicts: Verdicts, known: Known, source: str) -> None:
    """Keep a report that was made from `source`, unless something else changed meanwhile."""
    if await content(subject, known.test_path, source) == known.content:
        verdicts.remember(subject.path, replace(known, report=replace(known.report, draft=None)))
