"""Weakened copies of the tests of an honest module, beside the tests or in their place."""

from __future__ import annotations

import ast
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from benchmarks.false_red.rewrites import REWRITES
from redfirst.generation.links import linked_tests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from benchmarks.false_red.rewrites import Rewrite

Function = ast.FunctionDef | ast.AsyncFunctionDef

_MARKS = ("pytest.mark.skip", "pytest.mark.xfail")
_MARK = "__m"


@dataclass(frozen=True)
class Mutant:
    """A weakened test: `kind` says how, `source` is the function's text under the old name."""

    original: str
    kind: str
    source: str


def mutants(module: str, subject: str) -> tuple[Mutant, ...]:
    """Every weakened copy of the tests in `module`, in order; `subject` is the function's name."""
    found = (mutant for test in _tests(ast.parse(module)) for mutant in _of(test, subject))
    return tuple({(one.original, one.source): one for one in found}.values())


def module_with(module: str, chosen: Iterable[Mutant]) -> tuple[str, dict[str, Mutant]]:
    """The module with its tests and, after each, its chosen mutants; the mutants by their names."""
    groups: dict[str, list[Function]] = {}
    names: dict[str, Mutant] = {}
    for number, mutant in enumerate(chosen):
        node = _function(mutant)
        node.name = f"{mutant.original}{_MARK}{number}"
        groups.setdefault(mutant.original, []).append(node)
        names[node.name] = mutant
    return _rebuilt(module, lambda test: [test, *groups.get(test.name, [])]), names


def modules_with(module: str, chosen: Iterable[Mutant]) -> Iterator[tuple[str, tuple[Mutant, ...]]]:
    """The module with mutants in the place of their tests, as often as it takes to have each once.

    No two mutants of one module belong to one case, so that each stands beside the honest tests of
    its case.
    """
    cases = {link.name.rpartition("::")[2]: link.case for link in linked_tests(module)}
    waiting: dict[str | None, list[Mutant]] = {}
    for mutant in chosen:
        waiting.setdefault(cases[mutant.original] or mutant.original, []).append(mutant)
    while waiting:
        group = {one.original: one for one in (rest.pop() for rest in waiting.values())}
        waiting = {case: rest for case, rest in waiting.items() if rest}
        yield _rebuilt(module, partial(_replaced, group)), tuple(group.values())


def _replaced(group: Mapping[str, Mutant], test: Function) -> list[Function]:
    return [_function(group[test.name]) if test.name in group else test]


def _function(mutant: Mutant) -> Function:
    node = ast.parse(mutant.source).body[0]
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    return node


def _rebuilt(module: str, instead: Callable[[Function], list[Function]]) -> str:
    tree = ast.parse(module)
    for block in _blocks(tree):
        for test in [one for one in block if isinstance(one, Function)]:
            place = block.index(test)
            block[place : place + 1] = instead(test)
    return f"import contextlib\n{ast.unparse(ast.fix_missing_locations(tree))}\n"


def _tests(tree: ast.Module) -> Iterator[Function]:
    for node in ast.walk(tree):
        if isinstance(node, Function) and node.name.startswith("test_"):
            yield node


def _of(test: Function, subject: str) -> Iterator[Mutant]:
    for mark in _MARKS:
        copy = deepcopy(test)
        copy.decorator_list.insert(0, ast.parse(mark, mode="eval").body)
        yield Mutant(test.name, f"{mark.rpartition('.')[2]} added", ast.unparse(copy))
    for source in _patched(test, subject):
        yield Mutant(test.name, "patched target", source)
    for kind, rewrite in REWRITES.items():
        for source in _rewritten(test, rewrite, subject):
            yield Mutant(test.name, kind, source)


def _rewritten(test: Function, rewrite: Rewrite, subject: str) -> Iterator[str]:
    for index in range(sum(len(block) for block in _blocks(test))):
        copy = deepcopy(test)
        places = [(block, place) for block in _blocks(copy) for place in range(len(block))]
        block, place = places[index]
        with suppress(SyntaxError):
            text = rewrite(block[place], subject)
            if text is not None:
                block[place : place + 1] = ast.parse(text).body
                source = ast.unparse(copy)
                compile(source, "mutant", "exec")
                yield source


def _patched(test: Function, subject: str) -> Iterator[str]:
    """The function under test is a local one that knows the expected value of one assertion."""
    for node in ast.walk(test):
        match node:
            case ast.Assert(
                test=ast.Compare(left=ast.Call(func=ast.Name(id=name)), comparators=[right])
            ) if name == subject:
                copy = deepcopy(test)
                double = f"{subject} = lambda *_, **__: {ast.unparse(right)}"
                copy.body[1:1] = ast.parse(double).body
                yield ast.unparse(copy)
            case _:
                pass


def _blocks(node: ast.AST) -> list[list[ast.stmt]]:
    """Every list of statements inside, outermost first."""
    found: list[list[ast.stmt]] = []
    for one in ast.walk(node):
        for part in ("body", "orelse", "finalbody"):
            block = getattr(one, part, None)
            if isinstance(block, list) and block:
                found.append(block)  # pyright: ignore[reportUnknownArgumentType]
    return found
