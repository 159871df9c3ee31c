"""What to say when a model gave no answer, or none of use: what is wrong, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from redfirst.envoy import wire
from redfirst.project.settings import EDITOR
from redfirst.spec.codes import Code
from redfirst.spec.problem import Severity
from redfirst.workflow.report import Finding

if TYPE_CHECKING:
    from redfirst.project.model_access import ModelAccess

END: Final = "end_turn"

_AGAIN: Final = "Try again later."
_FAILURES: Final = {
    "bad_request": "{server} does not take the request{said}. Look at `model`, `effort` and "
    "`max_tokens` in `[tool.redfirst]`.",
    "credentials": "{server} does not know the key{said}. Set `ANTHROPIC_API_KEY` to one that is "
    "valid there.",
    "forbidden": "{server} refuses the key{said}. Look at its rights, and at the credit of its "
    "account.",
    "not_found": "{server} does not know the model `{model}`{said}. Set `model` in "
    "`[tool.redfirst]`, or `REDFIRST_MODEL`{models}.",
    "too_large": "The request is too large for {server}{said}. Split the spec.",
    "limit": "{server} lets the key ask no more for now{said}. Wait a minute, or work on fewer "
    "specs at once (`jobs` in `[tool.redfirst]`).",
    "overloaded": f"{{server}} is overloaded{{said}}. {_AGAIN}",
    "server": f"{{server}} has a fault of its own{{said}}. {_AGAIN}",
    "unreachable": "{server} cannot be reached{said}. Look at the network, and at `base_url` or "
    "`ANTHROPIC_BASE_URL`.",
    "cut": f"The connection to {{server}} was cut in the middle of the answer{{said}}. {_AGAIN}",
    "stall": "{server} said nothing for {silence:g} s. Try again, or raise `model_timeout` in "
    "`[tool.redfirst]`.",
    "slow": "The answer of {server} was not complete after {timeout:g} s. Raise `model_timeout` in "
    "`[tool.redfirst]`, or split the spec.",
    "unfinished": f"The answer of {{server}} ended in the middle, without a reason. {_AGAIN}",
    "huge": "The answer of {server} was longer than any module, so it was not read to its end. Try "
    "again, or choose another model.",
    "unreadable": "{server} does not answer as a server of `/v1/messages` does{said}. Look at "
    "`base_url` or `ANTHROPIC_BASE_URL`.",
    "no_batches": "{server} takes no batches{said}. Generate without `--batch`.",
    "no_batch": "{server} does not know the batch{said}. If it was ordered with another key, use "
    "that one. Else delete `.redfirst/batches/` and generate again, which asks anew.",
    "canceled": "The batch was canceled before it came to this spec. Generate again, which asks "
    "anew.",
    "expired": "The batch expired before it came to this spec. Generate again, which asks anew, or "
    "without `--batch`.",
    "lost": "{server} has no answer for this spec in the batch, or not any more. Generate again, "
    "which asks anew.",
    "unknown": f"Asking {{server}} failed{{said}}. {_AGAIN}",
}
_OF_EDITOR: Final = {
    "refused": "{server} gave no answer{said}. Look in your editor whether redfirst may use it, or "
    "choose another `provider`.",
    "stopped": f"{{server}} was stopped before its answer was complete. {_AGAIN}",
    "unreadable": "{server} answered with something else than `redfirst/complete` asks for{said}. "
    "That is a mistake of the editor's client: choose another `provider`.",
}
_STOPS: Final = {
    "max_tokens": "The answer was cut off after {max_tokens} tokens. Raise `max_tokens` in "
    "`[tool.redfirst]`, or split the spec.",
    "refusal": "{model} refused to answer. Say in the spec what the function is for in harmless "
    "words, or choose another model.",
    "model_context_window_exceeded": "The request and the answer are more than {model} can hold. "
    "Split the spec.",
    "pause_turn": "{model} paused instead of answering. Try again.",
}
_OTHER_STOP: Final = "The answer of {model} ended for another reason (`{stop}`). Try again."


def failure_finding(failed: wire.Failed, access: ModelAccess, path: str) -> Finding:
    """RF912: there is no answer. `path` is the file that it was about."""
    said = f" ({failed.message.rstrip('.')})" if failed.message else ""
    listed = ", ".join(f"`{name}`" for name in failed.models)
    known = {**_FAILURES, **(_OF_EDITOR if access.provider == EDITOR else {})}
    words = known.get(failed.reason, _FAILURES["unknown"]).format(
        server=server_name(access),
        said=said,
        model=access.model,
        models=f"; it offers {listed}" if listed else "",
        timeout=access.timeout,
        silence=access.timeout / wire.SILENCE,
    )
    return Finding(Code.NO_MODEL, Severity.ERROR, _sentence(words), path)


def stop_finding(answered: wire.Answered, access: ModelAccess, path: str) -> Finding | None:
    """RF507 when the answer did not come to its own end; `None` when it did."""
    if answered.stop_reason == END:
        return None
    words = _STOPS.get(answered.stop_reason, _OTHER_STOP).format(
        model=model_name(access), max_tokens=access.max_tokens, stop=answered.stop_reason
    )
    message = f"{_sentence(words)} Nothing was written."
    return Finding(Code.ANSWER_UNUSABLE, Severity.ERROR, message, path)


def envoy_finding(words: str, path: str) -> Finding:
    """RF912: the process that asks could not be started, or ended."""
    message = f"The process that asks the model failed: {words}. Look at `redfirst doctor`."
    return Finding(Code.NO_MODEL, Severity.ERROR, message, path)


def server_name(access: ModelAccess) -> str:
    """The server as a person knows it."""
    if access.provider == EDITOR:
        return model_name(access)
    return f"`{access.base_url}`" if access.base_url else "The model's server"


def model_name(access: ModelAccess) -> str:
    """The model as a person knows it."""
    return access.title if access.provider == EDITOR else f"`{access.title}`"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
