"""RF146: settings of a spec lie in the range in which they mean something."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from redfirst.spec.codes import Code
from redfirst.spec.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.rules.subject import Subject

_MOST_PERCENT = 100


def check(subject: Subject) -> Iterator[Problem]:
    """The settings that are out of range; their types belong to the shape of a spec."""
    for name, setting in subject.settings.items():
        message = _out_of_range(name, setting.value)
        if message is not None:
            yield Problem(Code.SETTING, Severity.ERROR, message, setting.span)


def _out_of_range(name: str, value: Any) -> str | None:  # noqa: ANN401 - whatever YAML gave
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if name in {"threshold", "strength"} and not 0 <= value <= _MOST_PERCENT:
        return f"A {name} is a percentage from 0 to 100, not {value}."
    if name == "timeout" and not (value > 0 and math.isfinite(value)):
        return f"A timeout is a number of seconds above 0, not {value}."
    return None
