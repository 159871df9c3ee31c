"""A spec's text, everything that was read from it, and everything that is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

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


class Contents(Protocol):
    """What there is in a text, good or bad."""

    @property
    def spec(self) -> Spec | None:
        """The spec, unless a required key is missing or unusable."""
        ...

    @property
    def head(self) -> Spec | None:
        """The spec for all but its cases: they may be missing from it."""
        ...

    @property
    def cases(self) -> tuple[Case, ...]:
        """The cases, which are there all the same."""
        ...

    @property
    def tree(self) -> Node | None:
        """The text's nodes as YAML, `None` for a text with nothing in it."""
        ...


@dataclass(frozen=True, slots=True)
class WholeContents:
    """The contents of a text that was read as a whole."""

    spec: Spec | None
    cases: tuple[Case, ...]
    tree: Node | None

    @property
    def head(self) -> Spec | None:
        """The spec for all but its cases."""
        return self.spec


@dataclass(frozen=True, slots=True)
class SpecDocument:
    """What a text says as a spec.

    `problems` are sorted by place. They are there at once; what else there is may be made when it
    is asked for.
    """

    text: str
    contents: Contents
    problems: tuple[Problem, ...]

    @property
    def spec(self) -> Spec | None:
        """The spec, unless a required key is missing or unusable."""
        return self.contents.spec

    @property
    def head(self) -> Spec | None:
        """The spec for all but its cases, which may be missing: it is there at once."""
        return self.contents.head

    @property
    def cases(self) -> tuple[Case, ...]:
        """The cases, which are there all the same."""
        return self.contents.cases

    @property
    def tree(self) -> Node | None:
        """The text's nodes as YAML, `None` for a text with nothing in it."""
        return self.contents.tree


@lru_cache(maxsize=8)  # an editor asks for one thing after the other of the same spec
def read_spec(text: str) -> SpecDocument:
    """Read a spec from any text. Never raises."""
    tree = read_tree(text)
    if not isinstance(tree.root, Mapping):
        problems = tree.problems or (_not_a_spec(text, tree.root),)
        return SpecDocument(text, WholeContents(None, (), tree.root), in_order(problems))
    parsed = parse(text, tree.root)
    problems = (
        *tree.problems,
        *shape_problems(text, tree.root),
        *traps(tree.root),
        *parsed.problems,
        *rules.check(parsed.subject),
    )
    contents = WholeContents(parsed.spec, parsed.subject.cases, tree.root)
    return SpecDocument(text, contents, in_order(problems))


def _not_a_spec(text: str, root: Node | None) -> Problem:
    if root is None:
        message = "There is nothing in this file. A spec begins with `function:` and `module:`."
        return Problem(Code.NOT_A_SPEC, Severity.ERROR, message, Span(0, len(text)))
    message = "A spec is a mapping of keys to values, such as `function: reconcile_batch`."
    return Problem(Code.NOT_A_SPEC, Severity.ERROR, message, root.span)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """In the order of the text; of equal findings at one place only the first."""
    unique = {(problem.span, problem.code): problem for problem in reversed(tuple(problems))}
    return tuple(unique[place] for place in sorted(unique))
