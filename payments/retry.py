"""Plan the retry of a batch that failed in parts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Outcome(Enum):
    """How one item of a batch ended."""

    DONE = "DONE"
    TRANSIENT = "TRANSIENT"
    PERMANENT = "PERMANENT"


@dataclass(frozen=True)
class ItemResult:
    """How the item ended, and how long the other side asks us to wait before we try it again."""

    item: str
    outcome: Outcome
    retry_after_ms: int = 0


@dataclass(frozen=True)
class RetryPolicy:
    """How often and how patiently a batch is tried."""

    max_attempts: int
    base_delay_ms: int
    max_delay_ms: int


@dataclass(frozen=True)
class RetryPlan:
    """Which items to send again after `delay_ms`, and which are lost."""

    retry: tuple[str, ...] = ()
    given_up: tuple[str, ...] = ()
    delay_ms: int = 0


def plan_retry(results: list[ItemResult], attempt: int, policy: RetryPolicy) -> RetryPlan:
    """Decide what happens after attempt number `attempt` (from 1), without sending or waiting."""
    if attempt < 1:
        raise ValueError("attempt counts from 1")
    if len({result.item for result in results}) < len(results):
        raise ValueError("item reported twice")

    failed = [result for result in results if result.outcome is not Outcome.DONE]
    retried: list[ItemResult] = []
    if attempt < policy.max_attempts:
        retried = [result for result in failed if result.outcome is Outcome.TRANSIENT]
    given_up = [result for result in failed if result not in retried]
    return RetryPlan(
        retry=tuple(result.item for result in retried),
        given_up=tuple(result.item for result in given_up),
        delay_ms=_delay_ms(retried, attempt, policy),
    )


def _delay_ms(retried: list[ItemResult], attempt: int, policy: RetryPolicy) -> int:
    if not retried:
        return 0
    backoff = min(policy.base_delay_ms * 2 ** (attempt - 1), policy.max_delay_ms)
    return max(backoff, *(result.retry_after_ms for result in retried))
