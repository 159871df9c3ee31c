"""`[tool.redfirst]` of pyproject.toml as a frozen value, and what is wrong with it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, cast

from redfirst.project.settings import SETTINGS, SettingError
from redfirst.project.toml_places import key_places
from redfirst.spec.codes import Code
from redfirst.spec.problem import Fix, Problem, Severity, TextEdit
from redfirst.spec.ranges import LineIndex, Span

if TYPE_CHECKING:
    from collections.abc import Mapping

_TABLE: Final = ("tool", "redfirst")
_PLACE: Final = re.compile(
    r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)"
)


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the project asks for. All paths are relative to the project's root.

    `specs` are folders. `test_name` may hold `{function}`, `{spec}` and `{module}`. `threshold`
    is a percentage of lines and of branches; `strength` one of the changes that tests notice,
    `None`: they are not asked. `timeout` is in seconds, for each test. `python` is
    the interpreter that runs the tests, `None`: find one. `jobs` is how many specs are worked on
    at once, `None`: as many as there are processors.

    The rest is for the provider `anthropic`. `base_url` is the address of the server, `None`: the
    provider's own. `effort` is how hard the model thinks, `None`: as it likes. `max_tokens` bounds
    one answer, and `budget` all tokens of one command. `model_timeout` is in seconds, for one
    answer. `rounds` is how often the model is asked about one spec. The prices are in dollars for a
    million tokens, `None`: no cost is estimated.
    """

    specs: tuple[str, ...] = ("specs",)
    tests: str = "tests"
    test_name: str = "test_{function}.py"
    threshold: float = 95.0
    strength: float | None = None
    timeout: float = 10.0
    python: str | None = None
    provider: str = "examples"
    model: str = "claude-sonnet-5-5"
    base_url: str | None = None
    effort: str | None = None
    max_tokens: int = 16_000
    model_timeout: float = 300.0
    rounds: int = 3
    budget: int = 200_000
    input_price: float | None = None
    output_price: float | None = None
    jobs: int | None = None


def read_configuration(pyproject: str) -> tuple[Configuration, tuple[Problem, ...]]:
    """The configuration in the text of a pyproject.toml, and its problems (all RF904).

    A setting that cannot be used keeps its default, and there is a problem for it. Never raises.
    """
    try:
        document = tomllib.loads(pyproject)
    except tomllib.TOMLDecodeError as error:
        return Configuration(), (_syntax_problem(pyproject, str(error)),)
    except RecursionError:
        return Configuration(), (_syntax_problem(pyproject, "nested too deeply"),)
    return _configuration(pyproject, document)


def has_table(pyproject: str) -> bool:
    """Whether the text configures redfirst. A text with broken syntax does when it seems to."""
    try:
        document = tomllib.loads(pyproject)
    except (tomllib.TOMLDecodeError, RecursionError):
        return re.search(r"^\s*\[\s*tool\s*\.\s*redfirst\b", pyproject, re.MULTILINE) is not None
    tool = document.get("tool")
    return isinstance(tool, dict) and "redfirst" in tool


def _configuration(
    text: str, document: Mapping[str, Any]
) -> tuple[Configuration, tuple[Problem, ...]]:
    tool: object = document.get("tool")
    if not isinstance(tool, dict) or "redfirst" not in tool:
        return Configuration(), ()
    places = key_places(text)
    table: object = cast("dict[str, object]", tool)["redfirst"]
    if not isinstance(table, dict):
        message = "`tool.redfirst` must be a table. Write its settings below `[tool.redfirst]`."
        return Configuration(), (_problem(message, _place(places, ())),)
    return _settings(text, places, cast("dict[str, object]", table))


def _settings(
    text: str, places: Mapping[tuple[str, ...], Span], table: Mapping[str, object]
) -> tuple[Configuration, tuple[Problem, ...]]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, value in table.items():
        span = _place(places, (key,))
        if key not in SETTINGS:
            problems.append(_unknown_key(key, span, written=span.of(text).endswith(key)))
            continue
        try:
            values[key] = SETTINGS[key](value)
        except SettingError as error:
            problems.append(_problem(f"`{key}` {error}", span))
    return Configuration(**values), tuple(sorted(problems, key=lambda problem: problem.span))


def _place(places: Mapping[tuple[str, ...], Span], below: tuple[str, ...]) -> Span:
    """Of the key, or of the nearest table around it that has a place."""
    path = (*_TABLE, *below)
    return next(
        (places[path[:length]] for length in range(len(path), 0, -1) if path[:length] in places),
        Span(0, 0),
    )


def _unknown_key(key: str, span: Span, *, written: bool) -> Problem:
    known = [field.name for field in fields(Configuration)]
    close = get_close_matches(key.replace("-", "_"), known, n=1)
    if not close:
        return _problem(f"redfirst has no setting `{key}`. It knows {', '.join(known)}.", span)
    fix = None
    if written:
        last = Span(span.end - len(key), span.end)
        fix = Fix(f"Change to `{close[0]}`", (TextEdit(last, close[0]),))
    message = f"redfirst has no setting `{key}`. Did you mean `{close[0]}`?"
    return _problem(message, span, fix)


def _syntax_problem(text: str, words: str) -> Problem:
    match = _PLACE.search(words)
    said = words[: match.start()] if match else words
    return _problem(f"pyproject.toml is not valid TOML: {said}.", _error_span(text, match))


def _error_span(text: str, match: re.Match[str] | None) -> Span:
    lines = LineIndex(text)
    if match is None:
        return Span(0, 0)
    if match["line"] is None:
        return Span(len(text), len(text))
    line = lines.line_span(min(int(match["line"]), lines.line_count) - 1)
    start = min(line.start + int(match["column"]) - 1, line.end)
    return Span(start, max(start, line.end))


def _problem(message: str, span: Span, fix: Fix | None = None) -> Problem:
    return Problem(Code.CONFIGURATION, Severity.ERROR, message, span, fix)
