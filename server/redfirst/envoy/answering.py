"""What of an answer is told to redfirst."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import wire

if TYPE_CHECKING:
    import anthropic


def answered(message: anthropic.types.Message, attempts: int) -> wire.Answered:
    """The message's text, its tokens, and how it ended."""
    text = "".join(block.text for block in message.content if block.type == "text")
    usage = message.usage.model_dump()
    counts = {name: value for name, value in usage.items() if type(value) is int}
    return wire.Answered(text, str(message.stop_reason), counts, message.model, attempts)
