"""Questions in one batch: ordered once, waited for as often as it takes.

What was ordered is on record before it is, and stays there until its answers are in the
transcripts. Whatever ends this process, the next one goes on with the same batch.
"""

from __future__ import annotations

from collections import Counter
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from redfirst.envoy import wire
from redfirst.project.batch_records import BatchRecord
from redfirst.project.transcripts import digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from redfirst.project.batch_records import BatchRecords
    from redfirst.project.envoy_process import Envoy
    from redfirst.project.transcripts import Transcripts
    from redfirst.workflow.progress import Progress

    Outcome = wire.Answered | wire.Failed
    Requests = Mapping[str, dict[str, Any]]

# The server said no: nothing was ordered. After anything else it may have taken the order.
_REFUSALS: Final = frozenset(
    {
        "bad_request",
        "credentials",
        "forbidden",
        "too_large",
        "limit",
        "overloaded",
        "no_batches",
    }
)


@dataclass
class BatchPost:
    """`tell` gets sentences for the person. `usage` counts tokens, under the server's names."""

    envoy: Envoy
    records: BatchRecords
    transcripts: Transcripts
    progress: Progress
    tell: Callable[[str], None]
    usage: Counter[str] = field(default_factory=Counter[str])
    _open: dict[str, BatchRecord] = field(default_factory=dict[str, BatchRecord])
    _without_answer: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])

    async def deliver(self, requests: Requests, access: wire.Access) -> Mapping[str, Outcome]:
        """What came of each request, which goes by its hash. Whoever has it keeps it himself.

        `EnvoyFailed` when the envoy dies, `ProjectError` when nothing can be put on record.
        """
        self.settle()
        answers: dict[str, Outcome] = {}
        rest = dict(requests)
        for known in self.records.every():
            names = rest.keys() & set(known.entries)
            if not names or known.server != access.base_url:
                continue
            record = await self._known(known, access)
            if isinstance(record, wire.Failed):
                answers.update(dict.fromkeys(names, record))
            elif record is not None:
                self._open[record.name] = record
            if record is not None:
                rest = {name: one for name, one in rest.items() if name not in names}
        if rest:
            record = await self._ordered(rest, access)
            if isinstance(record, wire.Failed):
                answers.update(dict.fromkeys(rest, record))
            else:
                self._open[record.name] = record
        for record in tuple(self._open.values()):
            wanted = sorted(requests.keys() & set(record.entries))
            answers.update(await self._collected(record, wanted, access))
        return answers

    def settle(self) -> None:
        """Take from the records what the transcripts hold by now, and what had no answer."""
        for record in self.records.every():
            entries = tuple(one for one in record.entries if not self._is_settled(record, one))
            if entries != record.entries:
                self.records.settle(replace(record, entries=entries))
        self._open.clear()

    def _is_settled(self, record: BatchRecord, entry: str) -> bool:
        if (record.batch, entry) in self._without_answer:
            return True
        kept = self.transcripts.find(entry) or {"outcomes": []}
        return any(one.get("batch") == record.batch for one in kept["outcomes"])

    @property
    def waiting_for(self) -> tuple[str, ...]:
        """The batches that are not over."""
        return tuple(record.batch for record in self._open.values())

    async def _known(
        self, record: BatchRecord, access: wire.Access
    ) -> BatchRecord | wire.Failed | None:
        """The record with the name of its batch; `None` when the server never took it."""
        if record.batch:
            self.tell(f"Going on with the batch `{record.batch}`, which was ordered before.")
            return record
        match = await self._match(record, access)
        if isinstance(match, wire.Failed):
            return match
        if match:
            return self._noted(record, match)
        self.records.settle(replace(record, entries=()))
        return None

    async def _match(self, record: BatchRecord, access: wire.Access) -> str | wire.Failed:
        """The batch that became of an order whose answer was lost; "" when there is none."""
        looked = await self._one(wire.Look(access, record.after, list(record.entries)))
        return looked.match if isinstance(looked, wire.Looked) else _failed(looked)

    async def _ordered(self, requests: Requests, access: wire.Access) -> BatchRecord | wire.Failed:
        looked = await self._one(wire.Look(access))
        if not isinstance(looked, wire.Looked):
            return _failed(looked)
        names = tuple(sorted(requests))
        record = BatchRecord(digest_of(names), names, access.base_url, looked.newest)
        self.records.write(record)
        sent = await self._one(wire.Send(access, dict(requests)))
        if isinstance(sent, wire.Sent):
            return self._noted(record, sent.batch)
        failed = _failed(sent)
        if failed.reason in _REFUSALS:
            self.records.settle(replace(record, entries=()))
            return failed
        match = await self._match(record, access)
        return self._noted(record, match) if isinstance(match, str) and match else failed

    def _noted(self, record: BatchRecord, batch: str) -> BatchRecord:
        record = replace(record, batch=batch)
        self.records.write(record)
        number = len(record.entries)
        questions = "1 question" if number == 1 else f"{number} questions"
        self.tell(
            f"The batch `{batch}` holds {questions}, at half the price of ordinary ones. It may "
            "take up to a day. Interrupt the command when you like: the same command goes on "
            "waiting, and pays for nothing twice."
        )
        return record

    async def _collected(
        self, record: BatchRecord, names: Iterable[str], access: wire.Access
    ) -> Mapping[str, Outcome]:
        wanted = list(names)
        answers: dict[str, Outcome] = {}
        label = f"batch {record.batch}"
        total = len(record.entries)
        failure = wire.Failed("unknown")
        self.progress.report(label, 0, total)
        try:
            order = wire.Collect(access, record.batch, wanted)
            async with aclosing(self.envoy.ask(order)) as messages:
                async for message in messages:
                    match message:
                        case wire.Counted():
                            total = message.total
                            self.progress.report(label, min(message.done, total - 1), total)
                        case wire.Answered() | wire.Failed() if message.entry:
                            answers[message.entry] = message
                        case wire.Failed():
                            failure = message
                        case _:
                            pass
        finally:
            self.progress.report(label, total, total)
        for name, answer in answers.items():
            if isinstance(answer, wire.Failed):
                self._without_answer.add((record.batch, name))
            else:
                self.usage.update(answer.usage)
        if len(answers) == len(wanted) or failure.reason == "no_batch":
            del self._open[record.name]
        return {name: answers.get(name, failure) for name in wanted}

    async def _one(self, order: wire.Look | wire.Send) -> wire.Message:
        async with aclosing(self.envoy.ask(order)) as messages:
            async for message in messages:
                return message
        return wire.Failed("unknown")


def _failed(message: wire.Message) -> wire.Failed:
    return message if isinstance(message, wire.Failed) else wire.Failed("unknown")
