"""The pytest plugin that reports one run, test by test."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol

import pytest

from . import pytest_options, wire
from .failure import Failure, clip, describe, type_name, words

if TYPE_CHECKING:
    from collections.abc import Generator

    from .channel import Channel
    from .measure import Measurer
    from .stub_importer import StubImporter

# A test ends as the worst of its phases and parts did.
_WORSE = ("passed", "xpassed", "xfailed", "skipped", "error", "failed")
_FAILURES = ("error", "failed")
_REMEMBERED = "redfirst_failure"


class Stage(Protocol):
    """Where a session is performed."""

    def open(self, session: pytest.Session) -> None:
        """Everything is set up and nothing is collected: returns when it is known what is run."""
        ...

    def admit(self, session: pytest.Session) -> wire.Run:
        """Everything is collected: the run that this session is to be."""
        ...

    def dismiss(self, session: pytest.Session) -> wire.Run | None:
        """The tests are over; what pytest does after them may still follow, unless this very
        session is to perform another run first.
        """
        ...

    def leave(self, code: int) -> None:
        """All is torn down, and pytest would end with `code`: only words for people follow."""
        ...


class _Ongoing:
    """What is known so far of the test that is being run."""

    def __init__(self) -> None:
        self.outcome = "passed"
        self.failure = Failure(None, "", None, in_test=False)
        self.seconds = 0.0


class Reporter:
    """Turns pytest's hooks into messages."""

    def __init__(
        self,
        test_file: str,
        stage: Stage,
        channel: Channel,
        importer: StubImporter,
    ) -> None:
        self._run: wire.Run | None = None
        self._stage = stage
        self._channel = channel
        self._recorder = importer.recorder
        self._importer = importer
        self._measurer: Measurer | None = None
        self._test_file = os.path.abspath(test_file)  # noqa: PTH100
        self._written: list[pytest.Item] = []
        self._items: tuple[pytest.Item, ...] = ()
        self._markers: list[str] = []
        self._collection_failed = False
        self._ongoing = _Ongoing()
        self._failure: Failure | None = None

    def begin(self, run: wire.Run, measurer: Measurer | None) -> None:
        """The run that the session is, as long as its stage names no other."""
        self._run = run
        self._measurer = measurer

    @property
    def run(self) -> wire.Run:
        """The run that is performed."""
        if self._run is None:
            raise RuntimeError("the session has not begun")
        return self._run

    # Configuration.

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_load_initial_conftests(
        self, early_config: pytest.Config, args: list[str]
    ) -> Generator[None, None, None]:
        """Before anything of the project is loaded; a conftest.py that raises shows here."""
        self._importer.stay_in_front()
        pytest_options.switch_coverage_off(early_config, args)
        try:
            return (yield)
        except Exception as error:
            self._fail_collection(getattr(error, "cause", error))
            raise

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_cmdline_main(self, config: pytest.Config) -> Generator[None, object, object]:
        """Before any plugin acts on the project's options."""
        pytest_options.settle(config)
        self._importer.stay_in_front()
        return (yield)

    # Collection.

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> Generator[None, object, object]:
        """Everything is set up: the stage may wait here for its run."""
        self._stage.open(session)
        return (yield)

    def pytest_exception_interact(
        self, call: pytest.CallInfo[object], report: pytest.CollectReport | pytest.TestReport
    ) -> None:
        """The test module, or something on the way to it, could not be collected."""
        if isinstance(report, pytest.CollectReport) and call.excinfo is not None:
            error = call.excinfo.value
            if isinstance(error, pytest.Collector.CollectError) and error.__cause__ is not None:
                error = error.__cause__
            self._fail_collection(error)

    def pytest_itemcollected(self, item: pytest.Item) -> None:
        """Collected as it stands in the file, before any plugin selects or shuffles."""
        self._written.append(item)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Settle what can be run: nothing may hide a test or change the order."""
        present = {item.nodeid for item in session.items}
        places = {item.nodeid: place for place, item in enumerate(self._written)}
        items = [*session.items, *(item for item in self._written if item.nodeid not in present)]
        items.sort(key=lambda item: places.get(item.nodeid, len(places)))
        session.items[:] = items

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Generator[None, object, object]:
        """Everything is collected: the stage says which run this is, and when it is enough."""
        if not self._collection_failed:
            self._begin(session)
        try:
            result = yield
        finally:
            self._channel.flush()
        while (run := self._stage.dismiss(session)) is not None:
            self._repeat(run)
        return result

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """After what others do here; summaries are written around this."""
        self._stage.leave(int(exitstatus))

    def _repeat(self, run: wire.Run) -> None:
        self._run = run
        items = self._chosen()
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        self._channel.flush()

    def _begin(self, session: pytest.Session) -> None:
        self._run = self._stage.admit(session)
        self._items = tuple(session.items)
        self._markers = [_marker_name(line) for line in session.config.getini("markers")]
        session.items[:] = self._chosen()

    def _chosen(self) -> list[pytest.Item]:
        """Settle what will be run, and tell."""
        items = [item for item in self._items if self._is_wanted(item.nodeid)]
        if self.run.stub or self.run.until_failure:  # most fail, and nobody reads the traces
            for item in items:
                item.repr_failure = _last_words
        if self.run.backwards:
            items.reverse()
        tests = [item.nodeid for item in items]
        self._channel.hold(wire.Collected(self.run.run, tests, self._markers))
        return items

    def _is_wanted(self, test: str) -> bool:
        return test not in self.run.skip and (not self.run.only or test in self.run.only)

    def _fail_collection(self, error: BaseException) -> None:
        if self._collection_failed or self._run is None:
            return
        self._collection_failed = True
        line = describe(error, self._test_file).line
        self._channel.send(
            wire.CollectionFailed(self.run.run, type_name(error), words(error), line)
        )

    # Tests.

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """One test, with everything that its end may be."""
        self._recorder.stub = self.run.stubs.get(item.nodeid, self.run.stub)
        self._begin_attempt()
        self._channel.send(wire.Started(self.run.run, item.nodeid))
        if self._measurer is not None:
            self._measurer.enter_test(item.nodeid)
        try:
            result = yield
        except BaseException as error:  # pytest.exit, Ctrl-C: the session stops here
            self._ongoing.outcome = "failed"
            self._ongoing.failure = describe(error, self._test_file)
            raise
        finally:
            if self._measurer is not None:
                self._measurer.leave_test()
            self._finish(item.nodeid)
            if self.run.until_failure and self._ongoing.outcome in _FAILURES:
                item.session.shouldfail = "the first failure is enough"
        return result

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Remember the exception: the report has only its text, and may be logged much later."""
        report = yield
        error = call.excinfo
        self._failure = None if error is None else describe(error.value, self._test_file)
        setattr(report, _REMEMBERED, self._failure)
        return report

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One phase of a test, or one subtest, is over."""
        if str(report.outcome) == "rerun":  # pytest-rerunfailures: this attempt does not count
            self._begin_attempt()
            return
        outcome = _outcome(report)
        ongoing = self._ongoing
        ongoing.seconds += report.duration
        if _WORSE.index(outcome) > _WORSE.index(ongoing.outcome):
            ongoing.outcome = outcome
            failure = getattr(report, _REMEMBERED, self._failure)  # a subtest's report is a copy
            text = clip(report.longreprtext.strip())
            ongoing.failure = failure or Failure(None, text, None, in_test=False)

    def _begin_attempt(self) -> None:
        self._recorder.reset()
        self._ongoing = _Ongoing()
        self._failure = None

    def _finish(self, test: str) -> None:
        ongoing, seen = self._ongoing, self._recorder
        self._channel.hold(
            wire.Finished(
                self.run.run,
                test,
                ongoing.outcome,
                seen.calls,
                seen.misfit,
                seen.unanswered,
                seen.lies,
                ongoing.failure.exception,
                ongoing.failure.message,
                ongoing.failure.line,
                ongoing.failure.in_test,
                round(ongoing.seconds, 6),
                ongoing.failure.refused,
            )
        )


def _outcome(report: pytest.TestReport) -> str:
    if report.failed:
        return "failed" if report.when == "call" else "error"
    if hasattr(report, "context"):  # a subtest: only its failure says something of the test
        return "passed"
    if report.skipped:
        return "xfailed" if hasattr(report, "wasxfail") else "skipped"
    return "xpassed" if hasattr(report, "wasxfail") and report.when == "call" else "passed"


def _last_words(excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
    """In place of `pytest.Item.repr_failure`."""
    del style
    return excinfo.exconly()


def _marker_name(line: str) -> str:
    return line.partition(":")[0].partition("(")[0].strip()
