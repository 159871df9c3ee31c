"""What the person wants of the language server, as told by the editor."""

from __future__ import annotations

from dataclasses import dataclass, fields
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, cast, get_args

from redfirst.project.settings import EFFORTS, SettingError, address, count, seconds, text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SECTION: Final = "redfirst"

VerifyOn: TypeAlias = Literal["save", "command"]
RunOn: TypeAlias = Literal["save", "change", "off"]
LogLevel: TypeAlias = Literal["error", "warning", "info", "debug"]
Provider: TypeAlias = Literal["examples", "anthropic", "editor"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of the editor, not of the project.

    `trusted`: the files may be run. `yaml_server`: another server speaks of the shape of YAML.
    `verify_on`: what makes tests be verified. `run_on`: what makes them run on the implementation;
    with `"change"` texts that are not saved are run, too. `code_hints`: hints in implementations.
    `unnecessary_tag`: clients that cannot draw coverage fade what no test reaches. `lcov`: the file
    that says it after each run, seen from the project; `None`: there is none. `python` stands for
    the setting of the same name in pyproject.toml, where the person has another interpreter than
    the project says; `None`: it does not. `provider` likewise says who writes tests: examples of
    the spec, a model behind a key, or one that the editor has. So do those behind it, which are
    about a model behind a key.
    """

    trusted: bool = True
    yaml_server: bool = False
    inlay_hints: bool = True
    code_lens: bool = True
    verify_on: VerifyOn = "save"
    run_on: RunOn = "save"
    unnecessary_tag: bool = False
    code_hints: bool = False
    lcov: str | None = None
    log_level: LogLevel = "warning"
    python: str | None = None
    provider: Provider | None = None
    model: str | None = None
    base_url: str | None = None
    effort: str | None = None
    max_tokens: int | None = None
    model_timeout: float | None = None
    budget: int | None = None


def read_settings(base: Settings, told: object) -> tuple[Settings, tuple[str, ...]]:
    """`base` with what the editor told, and a sentence for each value that cannot be used.

    A value that cannot be used, `null`, and a setting that is not told leave what `base` says.
    Settings that we do not know may be the client's own: only a near miss is spoken of. Never
    raises.
    """
    if told is None:
        return base, ()
    if not isinstance(told, dict):
        return base, (f"The settings of redfirst must be an object, not {_shown(told)}.",)
    values: dict[str, Any] = {}
    problems: list[str] = []
    for name, value in cast("dict[str, object]", told).items():
        reader = _READERS.get(name)
        if reader is None:
            problems += _near_miss(name)
        elif value is not None:
            allowed = reader(value)
            if allowed is None:
                values[name] = value
            else:
                problems.append(_refusal(base, name, value, allowed))
    return _replaced(base, values), tuple(problems)


def _boolean(value: object) -> str | None:
    return None if isinstance(value, bool) else "`true` or `false`"


def _as_in_project(
    check: Callable[[object], object], allowed: str
) -> Callable[[object], str | None]:
    """What pyproject.toml may say, and no more."""

    def reader(value: object) -> str | None:
        try:
            check(value)
        except SettingError:
            return allowed
        return None

    return reader


def _one_of(*allowed: str) -> Callable[[object], str | None]:
    words = ", ".join(f'`"{each}"`' for each in allowed[:-1]) + f' or `"{allowed[-1]}"`'
    return lambda value: None if value in allowed else words


_TEXT: Final = _as_in_project(text, "a text with something in it")
_COUNT: Final = _as_in_project(count, "a whole number from 1 on")
# Each says what is allowed when the value is not.
_READERS: Final[Mapping[str, Callable[[object], str | None]]] = {
    "trusted": _boolean,
    "yaml_server": _boolean,
    "inlay_hints": _boolean,
    "code_lens": _boolean,
    "verify_on": _one_of(*get_args(VerifyOn)),
    "unnecessary_tag": _boolean,
    "code_hints": _boolean,
    "lcov": _TEXT,
    "run_on": _one_of(*get_args(RunOn)),
    "log_level": _one_of(*get_args(LogLevel)),
    "python": _TEXT,
    "provider": _one_of(*get_args(Provider)),
    "model": _TEXT,
    "base_url": _as_in_project(address, 'an address like `"https://models.example"`'),
    "effort": _one_of(*EFFORTS),
    "max_tokens": _COUNT,
    "model_timeout": _as_in_project(seconds, "a number of seconds above 0"),
    "budget": _COUNT,
}


def _replaced(base: Settings, values: Mapping[str, Any]) -> Settings:
    kept = {field.name: getattr(base, field.name) for field in fields(Settings)}
    return Settings(**{**kept, **values})


def _refusal(base: Settings, name: str, value: object, allowed: str) -> str:
    stays = getattr(base, name)
    return (
        f"The setting `{SECTION}.{name}` must be {allowed}, not {_shown(value)}. "
        f"It stays {'unset' if stays is None else _shown(stays)}."
    )


def _near_miss(name: str) -> list[str]:
    close = get_close_matches(name.lower(), _READERS, n=1, cutoff=0.8)
    if not close:
        return []
    return [f"redfirst has no setting `{SECTION}.{name}`. Did you mean `{SECTION}.{close[0]}`?"]


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, str):
        return f'`"{value}"`'
    if isinstance(value, dict):
        return "an object"
    return "a list" if isinstance(value, list) else f"`{value}`"
