"""A spec's text, everything that was read from it, and everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from redfirst.spec import rules
from redfirst.spec.codes import Code
from redfirst.spec.parse import parse
from redfirst.spec.problem import Problem, Severity
from redfirst.spec.ranges import Span
from redfirst.spec.shape import shape_problems
from redfirst.spec.yaml.nodes import Mapping, Node
from redfirst.spec.yaml.traps import traps
from redfirst.spec.yaml.tree import read_tree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redfirst.spec.model import Case, Spec


@dataclass(frozen=True, slots=True)
class SpecDocument:
    """What a text says as a spec.

    `spec` is `None` when a required key is missing or unusable; `cases` are there all the same.
    `tree` holds the text's nodes as YAML, `None` for a text with nothing in it. `problems` are
    sorted by place.
    """

    text: str
    spec: Spec | None
    cases: tuple[Case, ...]
    tree: Node | None
    problems: tuple[Problem, ...]


def read_spec(text: str) -> SpecDocument:
    """Read a spec from any text. Never raises."""
    tree = read_tree(text)
    if not isinstance(tree.root, Mapping):
        problems = tree.problems or (_not_a_spec(text, tree.root),)
        return SpecDocument(text, None, (), tree.root, _sorted(problems))
    parsed = parse(text, tree.root)
    problems = (
        *tree.problems,
        *shape_problems(text, tree.root),
        *traps(tree.root),
        *parsed.problems,
        *rules.check(parsed.subject),
    )
    return SpecDocument(text, parsed.spec, parsed.subject.cases, tree.root, _sorted(problems))


def _not_a_spec(text: str, root: Node | None) -> Problem:
    if root is None:
        message = "There is nothing in this file. A spec begins with `function:` and `module:`."
        return Problem(Code.NOT_A_SPEC, Severity.ERROR, message, Span(0, len(text)))
    message = "A spec is a mapping of keys to values, such as `function: reconcile_batch`."
    return Problem(Code.NOT_A_SPEC, Severity.ERROR, message, root.span)


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """In the order of the text; of equal findings at one place only the first."""
    unique = {(problem.span, problem.code): problem for problem in reversed(tuple(problems))}
    return tuple(unique[place] for place in sorted(unique))
