"""The static gate: what can be said against a test module before anything of it runs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from redfirst.generation.gate import (
    assertions,
    cases,
    definitions,
    floats,
    futile,
    imports,
    markers,
    ordering,
    patching,
    prose,
    raises,
    skips,
    syntax,
    unread,
)
from redfirst.generation.gate.module_tree import Module
from redfirst.generation.gate.prose import strip_prose
from redfirst.generation.gate.waivers import CHECK_NAMES, is_waived
from redfirst.spec.codes import Code
from redfirst.spec.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.model import Spec

__all__ = ["CHECK_NAMES", "check_module", "is_readable", "strip_prose"]

# What a module that was not written to this spec may do: use a library of the project, compare
# floats that are exact, test other functions too, share its rows, ask for an order of lists.
_ADVICE_WHEN_FOREIGN: Final = frozenset(
    {
        Code.IMPORT_NOT_ALLOWED,
        Code.FLOAT_EQUALITY,
        Code.TARGET_NOT_CALLED,
        Code.EXPECTATION_UNREAD,
        Code.LISTS_ORDERED,
    }
)


def check_module(source: str, spec: Spec, markers: frozenset[str]) -> tuple[Problem, ...]:
    """Everything that speaks against trusting `source` as the test module of `spec`.

    `markers` are the names that the project declares to pytest. Spans are places in `source`, and
    the findings are sorted by them; what a case waives is left out. Nothing is run.

    A module without any link to a case and without redfirst's header counts as foreign: it is
    not asked for a test per case, and what is only our habit is a warning there.
    """
    found = sorted(_found(source, spec, markers), key=lambda problem: (problem.span, problem.code))
    return tuple(problem for problem in found if not is_waived(problem, spec))


def is_readable(source: str) -> bool:
    """Whether `source` is Python, without prose or fences around it, so that it can be run."""
    return not isinstance(syntax.parse(source), Problem)


def _found(source: str, spec: Spec, declared: frozenset[str]) -> Iterator[Problem]:
    tree = syntax.parse(source)
    if isinstance(tree, Problem) and (spans := prose.prose_spans(source)):
        yield from prose.find(spans)
        source = prose.blanked(source, spans)
        tree = syntax.parse(source)
    if isinstance(tree, Problem):
        yield tree
        return
    module = Module(source, tree, spec)
    try:
        found = list(_families(module, declared))
    except RecursionError:
        yield syntax.TOO_DEEP
        return
    yield from found if module.is_linked else map(_for_foreign, found)


def _families(module: Module, declared: frozenset[str]) -> Iterator[Problem]:
    yield from imports.find(module)
    yield from markers.find(module, declared)
    yield from skips.find(module)
    yield from cases.find(module)
    yield from raises.find(module)
    yield from floats.find(module)
    yield from patching.find(module)
    yield from assertions.find(module)
    yield from futile.find(module)
    yield from unread.find(module)
    yield from ordering.find(module)
    yield from definitions.find(module)


def _for_foreign(problem: Problem) -> Problem:
    if problem.code in _ADVICE_WHEN_FOREIGN:
        return replace(problem, severity=Severity.WARNING)
    return problem
