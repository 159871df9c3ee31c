"""Let a test module meet its stubs: runs of the probe in, observations out."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from redfirst.probe import wire
from redfirst.project.together import all_of
from redfirst.verification.observation import Observation, Outcome
from redfirst.verification.stub import Stub, StubKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from redfirst.generation.links import LinkedTest
    from redfirst.project.probe_client import Probe
    from redfirst.workflow.progress import Progress

# In each of these runs the tests hear the lies about their own case.
_LIES: Final = (StubKind.WITHOUT, StubKind.ALMOST, StubKind.ALMOST_NEXT)
_REPEATED: Final = (StubKind.UNWRITTEN, StubKind.WITNESS)
_NEVER_REPORTED: Final = (Outcome.LOST, Outcome.TIMEOUT)


@dataclass(frozen=True, slots=True)
class Trial:
    """A test module before its stubs.

    `test_file` is relative to where the probe works. `module` is the dotted name that the stubs
    take, `source` the text with their behaviours. `timeout` is in seconds, for one test. `links`
    knows the tests by name. `repeatable`: its tests leave nothing behind in their process.
    """

    test_file: str
    module: str
    source: str
    timeout: float
    links: Mapping[str, LinkedTest]
    repeatable: bool = False

    def case_of(self, test: str) -> str | None:
        """The id of the case that the test with this node id links to."""
        link = self.links.get(test_name(test))
        return link.case if link else None


@dataclass
class Observed:
    """All that the runs said.

    `tests` are node ids in the module's order. `markers` are declared, by plugins too. `seen` maps
    a node id to what it did on each stub, by the stub's name; `backwards` holds the repeats, in
    which the tests ran from the last to the first. `without_module` says what became of
    the module when the one under test was absent. `refusal`: it could not be collected against the
    unwritten stub. `unavailable`: the interpreter could not run anything. `ended`: how the
    unwritten run ended.
    """

    tests: tuple[str, ...] = ()
    markers: frozenset[str] = frozenset()
    seen: dict[str, dict[str, Observation]] = field(
        default_factory=dict[str, dict[str, Observation]]
    )
    backwards: dict[str, dict[str, Observation]] = field(
        default_factory=dict[str, dict[str, Observation]]
    )
    without_module: str = ""
    refusal: wire.CollectionFailed | None = None
    unavailable: wire.Unavailable | None = None
    ended: wire.Ended | None = None


def test_name(node_id: str) -> str:
    """`tests/test_x.py::TestX::test_y[row]` as `TestX::test_y`."""
    return node_id.partition("::")[2].partition("[")[0]


async def observe(
    probe: Probe, trial: Trial, stubs: tuple[Stub, ...], progress: Progress
) -> Observed:
    """Run the tests on every stub.

    The unwritten stub goes first: it tells which tests there are, and a test that hangs or ends
    its process there is judged already and is spared the others.
    """
    observed = Observed()
    count = _Count(progress, len(stubs))
    later = _later_runs(trial, stubs, observed)
    halves = _side_runs(trial, stubs, observed, later), _runs(trial, stubs, later)
    await all_of(_listen(probe, half, observed, count) for half in halves)
    _sort_out(trial, stubs, observed)
    return observed


@dataclass
class _Count:
    progress: Progress
    total: int
    done: int = 0

    def step(self, stub: str) -> None:
        self.done = min(self.done + 1, self.total)
        self.progress.report(f"stub {stub}", self.done, self.total)


def _run(trial: Trial, stub: Stub, only: Sequence[str] = (), skip: Sequence[str] = ()) -> wire.Run:
    absent = stub.kind is StubKind.ABSENT
    return wire.Run(
        run=stub.name,
        test_file=trial.test_file,
        modules={} if absent else {trial.module: trial.source},
        absent=[trial.module] if absent else [],
        stub="" if absent else stub.name,
        repeatable=trial.repeatable and not absent,
        only=list(only),
        skip=list(skip),
        timeout=trial.timeout,
    )


def _runs(trial: Trial, stubs: Sequence[Stub], later: Iterator[wire.Run]) -> Iterator[wire.Run]:
    yield from (_run(trial, stub) for stub in stubs if stub.kind is StubKind.UNWRITTEN)
    yield from later


def _side_runs(
    trial: Trial, stubs: Sequence[Stub], observed: Observed, later: Iterator[wire.Run]
) -> Iterator[wire.Run]:
    """What a second process does meanwhile: the module absent, everything backwards, and then its
    share of what remains.

    It has another hash seed, unless both were forked from one process.
    """
    yield from (_run(trial, stub) for stub in stubs if stub.kind is StubKind.ABSENT)
    for stub in stubs:
        if observed.ended is not None and not observed.tests:
            return  # what cannot be collected once is not tried again: it may take its whole time
        if stub.kind in _REPEATED:
            run = _run(trial, stub, skip=_never_reported(observed))
            yield replace(run, run=_again(stub), backwards=True)
    if observed.ended is not None:
        yield from later


def _later_runs(trial: Trial, stubs: Sequence[Stub], observed: Observed) -> Iterator[wire.Run]:
    """What can only be asked for when the unwritten stub has shown which tests there are."""
    if not observed.tests:
        return
    skip = _never_reported(observed)
    for stub in stubs:
        if stub.kind not in (StubKind.ABSENT, StubKind.UNWRITTEN, *_LIES):
            yield _run(trial, stub, skip=skip)
    for kind in _LIES:
        lies = _lies(kind, trial, stubs, observed)
        if remaining := [test for test in lies if test not in skip]:
            witness = next(stub for stub in stubs if stub.kind is StubKind.WITNESS)
            run = _run(trial, witness, only=remaining)
            yield replace(run, run=kind.value, stubs=lies)


def _again(stub: Stub) -> str:
    return f"{stub.name} backwards"


def _lies(
    kind: StubKind, trial: Trial, stubs: Sequence[Stub], observed: Observed
) -> dict[str, str]:
    """For each test of a case that the witness can answer wrongly: the stub that does so.

    No test meets two of them, so that one run is enough.
    """
    by_case = {stub.case: stub.name for stub in stubs if stub.kind is kind}
    cases = ((test, trial.case_of(test)) for test in observed.tests)
    return {test: by_case[case] for test, case in cases if case in by_case}


def _sort_out(trial: Trial, stubs: Sequence[Stub], observed: Observed) -> None:
    """Put what the tests did in runs that are no stub's own where it belongs."""
    lies = {kind: _lies(kind, trial, stubs, observed) for kind in _LIES}
    for test, seen in observed.seen.items():
        for kind in _LIES:
            if kind.value in seen:
                seen[lies[kind][test]] = seen.pop(kind.value)
        for stub in stubs:
            if (again := seen.pop(_again(stub), None)) is not None:
                observed.backwards.setdefault(test, {})[stub.name] = again


def _never_reported(observed: Observed) -> list[str]:
    return [
        test
        for test, seen in observed.seen.items()
        if any(one.outcome in _NEVER_REPORTED for one in seen.values())
    ]


async def _listen(
    probe: Probe, runs: Iterable[wire.Run], observed: Observed, count: _Count
) -> None:
    async with aclosing(probe.execute(runs)) as messages:
        async for message in messages:
            _take(message, observed)
            if isinstance(message, wire.Ended):
                count.step(message.run)


def _take(message: wire.Message, observed: Observed) -> None:
    unwritten = StubKind.UNWRITTEN.value
    match message:
        case wire.Finished():
            observed.seen.setdefault(message.test, {})[message.run] = observation(message)
        case wire.Collected(run=run) if run == unwritten:
            observed.tests = tuple(message.tests)
            observed.markers = frozenset(message.markers)
        case wire.CollectionFailed(run=run) if run == unwritten:
            observed.refusal = message
        case wire.CollectionFailed(run=StubKind.ABSENT):
            observed.without_module = "import error"
        case wire.Ended():
            _take_end(message, observed)
        case wire.Unavailable(what="pytest"):
            observed.unavailable = message
        case _:
            pass


def _take_end(ended: wire.Ended, observed: Observed) -> None:
    if ended.run == StubKind.UNWRITTEN:
        observed.ended = ended
    if ended.exit_code is None:
        _distrust(ended.run, observed)


def _distrust(run: str, observed: Observed) -> None:
    """A process was lost, and every test reported all the same: none is known to be to blame."""
    seen = {test: on[run] for test, on in observed.seen.items() if run in on}
    if any(one.outcome in _NEVER_REPORTED for one in seen.values()):
        return
    for test, one in seen.items():
        observed.seen[test][run] = replace(one, outcome=Outcome.DISRUPTED)


def observation(finished: wire.Finished) -> Observation:
    """What verification needs to know of a test's end."""
    return Observation(
        outcome=Outcome(finished.outcome),
        calls=finished.calls,
        misfit=finished.misfit,
        unanswered=finished.unanswered,
        lies=tuple(finished.lies),
        exception=finished.exception,
        message=finished.message,
        line=finished.line,
        in_test=finished.in_test,
        seconds=finished.seconds,
        refused=finished.refused,
    )
