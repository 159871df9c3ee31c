"""RF120-RF123, RF136: the function, its module, its signature and its behaviour."""

from __future__ import annotations

import keyword
import re
from typing import TYPE_CHECKING, Final

from redfirst.spec.codes import Code
from redfirst.spec.problem import Fix, Problem, Severity, TextEdit
from redfirst.spec.ranges import Span
from redfirst.spec.signature import SignatureFault, parse_signature

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.model import Located
    from redfirst.spec.rules.subject import Subject

_MOST_PARTS: Final = 2
_WORD: Final = re.compile(r"\w+")


def check(subject: Subject) -> Iterator[Problem]:
    """The problems of the spec's head."""
    if subject.module is not None:
        yield from _module(subject, subject.module)
    if subject.function is not None:
        yield from _function(subject, subject.function)
    if subject.signature is not None:
        yield from _signature(subject, subject.signature)
    if subject.behavior is not None:
        yield from _behavior(subject.behavior)


def is_name(text: str) -> bool:
    """Whether `text` may name a variable, a function or a class."""
    return text.isidentifier() and not keyword.iskeyword(text)


def _module(subject: Subject, module: Located[str]) -> Iterator[Problem]:
    if all(map(is_name, module.value.split("."))) and not module.value.endswith(".py"):
        return
    path = module.value.strip().removesuffix(".py").replace("\\", "/").strip("/")
    meant = path.replace("/", ".").strip(".")
    fits = meant != module.value and all(map(is_name, meant.split(".")))
    yield Problem(
        Code.MODULE_NAME,
        Severity.ERROR,
        f"`{module.value}` cannot be imported as a module. Write the dotted name that an import "
        "uses, such as `payments.reconcile`.",
        module.span,
        _replace(subject, module, meant) if fits else None,
    )


def _function(subject: Subject, function: Located[str]) -> Iterator[Problem]:
    parts = function.value.split(".")
    within_module = subject.module is not None and _repeats_module(parts, subject.module.value)
    if len(parts) <= _MOST_PARTS and all(map(is_name, parts)) and not within_module:
        return
    bare = function.value.strip().removeprefix("def ").partition("(")[0].strip()
    meant = bare
    if subject.module is not None and _repeats_module(bare.split("."), subject.module.value):
        meant = bare.rpartition(".")[2]
    fits = meant != function.value and all(map(is_name, meant.split(".")))
    yield Problem(
        Code.FUNCTION_NAME,
        Severity.ERROR,
        f"`{function.value}` does not name a function. Write `name` or `Class.method`; the module "
        "stands under `module`.",
        function.span,
        _replace(subject, function, meant) if fits else None,
    )


def _repeats_module(parts: list[str], module: str) -> bool:
    """Whether what stands before the function's name is the end of the module's name."""
    prefix = ".".join(parts[:-1])
    return prefix == module or (prefix.islower() and f".{module}".endswith(f".{prefix}"))


def _signature(subject: Subject, written: Located[str]) -> Iterator[Problem]:
    function = subject.function.value if subject.function else ""
    signature = parse_signature(written.value, function)
    if isinstance(signature, SignatureFault):
        place = subject.place(written, signature.offset, len(written.value.rstrip()))
        yield Problem(Code.SIGNATURE_SYNTAX, Severity.ERROR, signature.message, place)
        return
    name = function.rpartition(".")[2]
    if signature.name == name or not is_name(name):
        return
    found = re.search(rf"\b{re.escape(signature.name)}\b", written.value)
    place = subject.place(written, found.start(), found.end()) if found else written.span
    fix = Fix(f"Rename it to `{name}`", (TextEdit(place, name),))
    yield Problem(
        Code.SIGNATURE_NAME,
        Severity.ERROR,
        f"The signature is that of `{signature.name}`, but the spec is about `{function}`. Give "
        "both the same name.",
        place,
        fix if place != written.span else None,
    )


def _behavior(behavior: Located[str]) -> Iterator[Problem]:
    # Only in ASCII is a word a run of letters: a sentence in Chinese has no spaces.
    if not behavior.value.isascii() or len(_WORD.findall(behavior.value)) > 1:
        return
    yield Problem(
        Code.THIN_BEHAVIOR,
        Severity.WARNING,
        "The behaviour says next to nothing. Describe in a sentence or two what the function "
        "returns or changes, and by which rule.",
        behavior.span,
    )


def _replace(subject: Subject, value: Located[str], meant: str) -> Fix:
    place = subject.place(value, 0, len(value.value))
    return Fix(f"Write `{meant}`", (TextEdit(Span(place.start, place.end), meant),))
