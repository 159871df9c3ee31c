"""One question to a model: from memory, or through the envoy, with a transcript of both sides."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Protocol

from redfirst.envoy import wire
from redfirst.project.envoy_process import EnvoyFailed
from redfirst.project.settings import EDITOR
from redfirst.project.transcripts import digest_of
from redfirst.spec.codes import Code
from redfirst.spec.problem import Severity
from redfirst.workflow.model_faults import envoy_finding, failure_finding, stop_finding
from redfirst.workflow.report import Finding
from redfirst.workflow.spending import BudgetExceededError, batch_cost, cost

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping

    from redfirst.project.configuration import Configuration
    from redfirst.project.model_access import ModelAccess
    from redfirst.project.transcripts import Transcripts
    from redfirst.workflow.progress import Progress
    from redfirst.workflow.spending import Spending

_PER_TOKEN: Final = 4  # characters, roughly: for the progress that is shown


class Answers(StrEnum):
    """Whether an answer that was paid for already is used again."""

    KEPT = "kept"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Step:
    """What a question is about: a file, and words for the progress."""

    path: str
    words: str


@dataclass(frozen=True, slots=True)
class Said:
    """An answer that came to its end; `request` is the hash of what was asked.

    `model` is the one that answered, as it was asked for, or as the editor calls its own.
    """

    text: str
    request: str
    model: str


class Carrier(Protocol):
    """Takes a question to a model and brings what comes back: the envoy alone, or in a batch."""

    def ask(self, order: wire.Ask) -> AsyncGenerator[wire.Message]:
        """How the answer grows, and in the end `Answered` or `Failed`; `EnvoyFailed` else."""
        ...


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Asks one model on behalf of one project."""

    carrier: Carrier
    access: ModelAccess
    configuration: Configuration
    transcripts: Transcripts
    spending: Spending
    answers: Answers = Answers.KEPT

    def addressed(self, words: Mapping[str, Any]) -> dict[str, Any]:
        """The whole request: the words, and how the model is to answer them."""
        access = self.access
        effort = {} if access.effort is None else {"effort": access.effort}
        return {
            "model": access.model,
            "max_tokens": access.max_tokens,
            **words,
            "output_config": {**effort, **words["output_config"]},
        }

    async def ask(
        self, request: Mapping[str, Any], meaning: Mapping[str, Any], step: Step, progress: Progress
    ) -> Said | Finding:
        """The answer to `request`, or the finding that says why there is none.

        `meaning` is all that the answer rests on: the same is not asked twice. `ProjectError` when
        the transcript cannot be written.
        """
        access = self.access
        who = {"server": access.base_url, "model": access.model, "effort": access.effort}
        question = digest_of({**meaning, **who})
        known = self.transcripts.recall(question) if self.answers is Answers.KEPT else None
        if known is not None:
            return Said(known[1]["answer"], known[0], self._named(known[1]["model"]))
        try:
            with self.spending.reserve(self.access.max_tokens):
                outcome = await self._send(request, step, progress)
        except BudgetExceededError:
            return self._over_budget(step)
        except EnvoyFailed as error:
            return envoy_finding(str(error), step.path)
        if isinstance(outcome, wire.Failed):
            self.transcripts.keep(request, _failed(outcome))
            return failure_finding(outcome, self.access, step.path)
        digest = self.transcripts.keep(request, self._answered(outcome))
        finding = stop_finding(outcome, self.access, step.path)
        if finding is not None:
            return finding
        self.transcripts.remember(question, digest)
        return Said(outcome.text, digest, self._named(outcome.model))

    def _named(self, told: str) -> str:
        """The model that answers: only an editor's is not known by the name that it is asked by."""
        return told if self.access.provider == EDITOR else self.access.model

    async def _send(
        self, request: Mapping[str, Any], step: Step, progress: Progress
    ) -> wire.Answered | wire.Failed:
        access = self.access
        order = wire.Ask(wire.Access(access.key, access.base_url, access.timeout), dict(request))
        total = access.max_tokens
        label = f"{step.words}, tokens of {access.title}"
        progress.report(label, 0, total)
        try:
            async with aclosing(self.carrier.ask(order)) as messages:
                async for message in messages:
                    if isinstance(message, wire.Written):
                        done = min(message.characters // _PER_TOKEN, total - 1)
                        progress.report(label, done, total)
                    elif isinstance(message, wire.Answered):
                        self.spending.spend(message.usage)
                        return message
                    elif isinstance(message, wire.Failed):
                        return message
        finally:
            progress.report(label, total, total)
        return wire.Failed("unknown")

    def _answered(self, answered: wire.Answered) -> dict[str, Any]:
        stopped = answered.stop_reason
        price = batch_cost if answered.batch else cost
        return {
            # What did not come to its end is no answer, and never taken for one.
            ("answer" if stopped == "end_turn" else "part"): answered.text,
            "stop_reason": stopped,
            "model": answered.model,
            "usage": answered.usage,
            "dollars": price(answered.usage, self.configuration),
            "attempts": answered.attempts,
            **({"batch": answered.batch} if answered.batch else {}),
        }

    def _over_budget(self, step: Step) -> Finding:
        spending = self.spending
        message = (
            f"{spending.used} tokens were used, answers that are waited for may take "
            f"{spending.reserved}, and another one {self.access.max_tokens}: that is beyond the "
            f"budget of {spending.budget}. Raise `budget` in `[tool.redfirst]`, or lower "
            "`max_tokens`."
        )
        return Finding(Code.NO_MODEL, Severity.ERROR, message, step.path)


def _failed(failed: wire.Failed) -> dict[str, Any]:
    return {"failed": failed.reason, "message": failed.message, "attempts": failed.attempts}
