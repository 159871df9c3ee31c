"""A conftest.py: writes down how each test ended, and cuts what does not end."""

from __future__ import annotations

import json
import signal
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

_LIMIT = 0.5  # seconds of the processor's time
_ASSERTED = (AssertionError, pytest.fail.Exception)
_WORDS = {"passed": "passed", "failed": "failed", "skipped": "skipped"}

_outcomes: dict[str, str] = {}
_hung: set[Path] = set()


class _Hung(BaseException):
    """Passes every `except Exception` of a test."""


def _cut(*_: object) -> None:
    raise _Hung


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Cut the test when its time is over."""
    if item.path in _hung:
        pytest.skip("another test hung on this implementation")
    signal.signal(signal.SIGVTALRM, _cut)
    signal.setitimer(signal.ITIMER_VIRTUAL, _LIMIT)
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """The worst of a test's phases is its outcome."""
    report = yield
    if _outcomes.get(item.nodeid, "passed") == "passed":
        _outcomes[item.nodeid] = _outcome(item, call, report)
    return report


def _outcome(item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport) -> str:
    error = call.excinfo
    if item.path in _hung or (error is not None and error.type is _Hung):
        _hung.add(item.path)
        return "hung"
    if report.failed and error is not None and not issubclass(error.type, _ASSERTED):
        return "raised"
    return _WORDS[report.outcome]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leave the outcomes beside the tests."""
    (session.config.rootpath / "outcomes.json").write_text(json.dumps(_outcomes))
