"""The messages between redfirst and the envoy, the process that asks a model.

Standard library only, nothing of ours: both sides load this file. One message is one line of JSON
with its type's name under "is".
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Final, get_args

SILENCE: Final = 5  # a stall is this part of the time for the whole answer
LARGEST: Final = 512 * 1024  # characters of an answer: no test module is longer


@dataclass(frozen=True)
class Access:
    """How to reach the model. The key travels on standard input and nowhere else.

    `base_url` is `None` for the provider's own address. `timeout` is in seconds, for one answer;
    silence for a fifth of it counts as a stall. `retries` is how often to try again where that
    can help.
    """

    key: str = field(repr=False)
    base_url: str | None = None
    timeout: float = 300.0
    retries: int = 2


@dataclass(frozen=True)
class Ask:
    """Ask for one answer; `request` is what `POST /v1/messages` is given, word for word."""

    access: Access
    request: dict[str, Any]


@dataclass(frozen=True)
class Reach:
    """Ask whether the server knows the model, which costs nothing."""

    access: Access
    model: str


@dataclass(frozen=True)
class Look:
    """Ask which batches are newer than `after` and may be the one with the entries `names`.

    An order that was lost on its way may have been taken: that is found out before it is paid for
    again. `after` is the newest batch that there was before it, "" for none.
    """

    access: Access
    after: str = ""
    names: list[str] = field(default_factory=list[str])


@dataclass(frozen=True)
class Send:
    """Order a batch: a request for each name, as `POST /v1/messages` is given it."""

    access: Access
    requests: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Collect:
    """Wait until a batch is over, and fetch the answers to the entries `names`."""

    access: Access
    batch: str
    names: list[str]


@dataclass(frozen=True)
class Cancel:
    """Ask that nothing more of a batch be answered. What was answered by then is paid for."""

    access: Access
    batch: str


@dataclass(frozen=True)
class Written:
    """So many characters of the answer have come in; none yet when the server began to answer."""

    characters: int


@dataclass(frozen=True)
class Answered:
    """The whole answer, which may still be no good: `stop_reason` says how it ended.

    `usage` counts tokens, under the server's names. `model` is the one that the server names.
    `batch` and `entry` are set where it is one answer of a batch.
    """

    text: str
    stop_reason: str
    usage: dict[str, int]
    model: str
    attempts: int = 1
    batch: str = ""
    entry: str = ""


@dataclass(frozen=True)
class Failed:
    """There is no answer. `reason` is a word of `FAILURES`, `message` what the server said.

    `models` are those that the server offers, where it does not know the one that was named.
    `entry` is set where it is about one entry of a batch only.
    """

    reason: str
    message: str = ""
    attempts: int = 1
    models: list[str] = field(default_factory=list[str])
    entry: str = ""


@dataclass(frozen=True)
class Reached:
    """The server is there and lets us in; `listed` says whether it also named the model."""

    listed: bool


@dataclass(frozen=True)
class Looked:
    """`newest` is the newest batch of all, `match` the one that was looked for, "" for none."""

    newest: str
    match: str


@dataclass(frozen=True)
class Sent:
    """The server has taken the batch, under this name."""

    batch: str


@dataclass(frozen=True)
class Canceled:
    """The server ends the batch."""

    batch: str


@dataclass(frozen=True)
class Counted:
    """So many entries of a batch are over."""

    done: int
    total: int


@dataclass(frozen=True)
class Collected:
    """Every answer of the batch was told."""

    batch: str


# Why there may be no answer. Each has a sentence for the person in `workflow/model_faults.py`.
FAILURES = (
    "bad_request",
    "credentials",
    "forbidden",
    "not_found",
    "too_large",
    "limit",
    "overloaded",
    "server",
    "unreachable",
    "cut",
    "stall",
    "slow",
    "unfinished",
    "huge",
    "unreadable",
    "no_batches",
    "no_batch",
    "canceled",
    "expired",
    "lost",
    "unknown",
)

Order = Ask | Reach | Look | Send | Collect | Cancel
Message = (
    Order | Written | Answered | Failed | Reached | Looked | Sent | Counted | Collected | Canceled
)
_KINDS: dict[str, Any] = {kind.__name__: kind for kind in get_args(Message)}


def is_last(message: Message) -> bool:
    """Nothing more is said about the order."""
    match message:
        case Written() | Counted():
            return False
        case Answered() | Failed():
            return not message.entry
        case _:
            return True


def encode(message: Message) -> bytes:
    """One line of JSON, line feed included."""
    return json.dumps({"is": type(message).__name__, **asdict(message)}).encode() + b"\n"


def decode(line: bytes) -> Message:
    """The message of one line; `ValueError` when it is none of ours."""
    try:
        values = json.loads(line)
        kind = _KINDS[values.pop("is")]
        if "access" in values:
            values["access"] = Access(**values["access"])
        message: Message = kind(**values)
    except (KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
        raise ValueError("not a message of the envoy") from error
    return message
