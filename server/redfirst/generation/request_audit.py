"""What a model was shown, looked at again: the spec must be in it, and other sources must not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from redfirst.generation.model_request import SPEC_BEGINS, SPEC_ENDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SHORTEST: Final = 12  # characters: `return None` and the like stand in many texts


def words_of(request: Mapping[str, Any]) -> str:
    """All that the model could read: every text of the request."""
    return "\n".join(_texts(request))


def spec_in(request: Mapping[str, Any]) -> str | None:
    """The text of the spec that the request shows; `None` when it shows none."""
    for text in _texts(request):
        if text.startswith(SPEC_BEGINS) and text.endswith(SPEC_ENDS):
            return text[len(SPEC_BEGINS) : -len(SPEC_ENDS)]
    return None


def leaked_lines(request: Mapping[str, Any], source: str, allowed: str) -> tuple[str, ...]:
    """The lines of `source` that stand in the request and not in `allowed`.

    Lines that are too short to say anything are passed over.
    """
    words = words_of(request)
    lines = dict.fromkeys(line.strip() for line in source.splitlines())
    return tuple(
        line for line in lines if len(line) >= _SHORTEST and line in words and line not in allowed
    )


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():  # pyright: ignore[reportUnknownVariableType]
            yield from _texts(each)  # pyright: ignore[reportUnknownArgumentType]
    elif isinstance(value, list):
        for each in value:  # pyright: ignore[reportUnknownVariableType]
            yield from _texts(each)  # pyright: ignore[reportUnknownArgumentType]
