"""What a model is asked about an implementation: it is shown the spec and the code, and no test."""

from __future__ import annotations

from typing import Any, Final

_TEXT: Final = {"type": "string"}
_ANSWER: Final = {
    "type": "object",
    "additionalProperties": False,
    "required": ["reasons", "module"],
    "properties": {"reasons": {"type": "array", "items": _TEXT}, "module": _TEXT},
}


def request_for(spec_text: str, implementation: str, instructions: str) -> dict[str, Any]:
    """The words of a request to `/v1/messages`."""
    spec = f"<specification>\n{spec_text.strip()}\n</specification>"
    source = f"<implementation>\n{implementation.rstrip()}\n</implementation>"
    content = [{"type": "text", "text": spec}, {"type": "text", "text": source}]
    return {
        "system": [{"type": "text", "text": instructions}],
        "messages": [{"role": "user", "content": content}],
        "output_config": {"format": {"type": "json_schema", "schema": _ANSWER}},
    }
