"""Our words for what does not fit the shape of a spec, each at its place and with its remedy."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from redfirst.spec.codes import Code
from redfirst.spec.problem import Fix, Problem, Severity, TextEdit
from redfirst.spec.ranges import Span
from redfirst.spec.schema import Violation, violations, violations_of_item
from redfirst.spec.yaml.nodes import Alias, Mapping, Node, Scalar, Sequence, is_empty
from redfirst.spec.yaml.traps import became_collection, retyped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# By the title of the schema's part: what belongs there.
_WANTED: Final = {
    "function": "`function` is the function's name, such as `reconcile_batch` or `Basket.add`.",
    "module": "`module` is the dotted name of a module, such as `payments.reconcile`.",
    "signature": 'Write it between quotes: `signature: "name(total: int) -> str"`.',
    "behavior": "`behavior` says in sentences what the function does.",
    "edge_cases": "`edge_cases` is a list: each case on a line of its own, behind a dash.",
    "errors": "`errors` is a list: each error on a line of its own, behind a dash.",
    "examples": "`examples` is a list: each example behind a dash, with `call:` and `returns:`.",
    "types": "`types` is a mapping: the name of each type, and under it its fields.",
    "imports": "`imports` is a list: each import statement on a line of its own, behind a dash.",
    "settings": "`settings` is a mapping with `threshold`, `strength`, `timeout` and `model`.",
    "waive_mutants": "`waive_mutants` is a list of mappings with `code`, `change` and `reason`.",
    "mutant waiver": "A waived mutant is a mapping with `code`, `change` and `reason`.",
    "code": "`code` is the text of the line that is changed, as it stands in the implementation.",
    "change": "`change` says what is done to the line, in the words in which it was reported.",
    "case": "A case is one line, `condition -> outcome`, or a mapping with `case:`.",
    "line": "`case` is one line, `condition -> outcome`.",
    "id": "`id` is a short name for the case, such as `EC-greedy`.",
    "waive": "`waive` is a mapping: the name of a check, and the reason why it does not hold.",
    "reason": "A waiver needs a reason: why the check does not hold for this case.",
    "case examples": "`examples` is a list: each example behind a dash, with `call:`.",
    "example": "An example is a mapping with `call:` and `returns:` or `raises:`.",
    "free example": "An example is a mapping with `call:` and `returns:` or `raises:`.",
    "call": "`call` is the call as a Python expression, such as `add(1, 2)`.",
    "raises": '`raises` is an exception with its message, such as `ValueError("negative total")`.',
    "given": "`given` is a mapping: names, each with the Python expression that it is bound to.",
    "after": "`after` is a mapping: names of `given`, each with what it must equal afterwards.",
    "expression": "A Python expression in one line belongs here.",
    "type": "A type is a mapping of fields, a list of members, another type, or `exception`.",
    "field": 'A field has a type in one line, such as `int` or `str = ""`.',
    "record": "`record` is a mapping of fields to their types.",
    "enum": "`enum` is a list of members, or a mapping of members to their values.",
    "member": "A member of an enum is a name.",
    "member value": "The value of a member is a text or a number.",
    "frozen": "`frozen` is `true` or `false`.",
    "import": "An import is one statement, such as `from datetime import date`.",
    "threshold": "`threshold` is a number of percent, such as `95`.",
    "strength": "`strength` is a number of percent, such as `90`.",
    "timeout": "`timeout` is a number of seconds, such as `10`.",
    "model": "`model` is the name of a model.",
}
_CODES: Final = {
    **dict.fromkeys(
        ("type", "field", "record", "enum", "member", "member value", "frozen"),
        Code.TYPE_DEFINITION,
    ),
    **dict.fromkeys(
        ("waive", "reason", "waive_mutants", "mutant waiver", "code", "change"), Code.WAIVER
    ),
    **dict.fromkeys(("threshold", "strength", "timeout", "model"), Code.SETTING),
    "import": Code.IMPORT_STATEMENT,
}
_PLACES: Final = {
    "spec": "a spec",
    "case": "a case",
    "example": "an example",
    "free example": "an example",
    "settings": "`settings`",
    "mutant waiver": "a waived mutant",
}
_MEANT: Final = {
    "name": "function",
    "func": "function",
    "description": "behavior",
    "behaviour": "behavior",
    "cases": "edge_cases",
    "exceptions": "errors",
    "raise": "raises",
    "return": "returns",
    "result": "returns",
    "expect": "returns",
    "expected": "returns",
    "args": "given",
    "text": "case",
}


def shape_problems(text: str, root: Mapping) -> Iterator[Problem]:
    """What does not fit the schema, at its place in `text`. Never raises."""
    return _explained(text, violations(root))


def item_shape_problems(text: str, name: str, item: Node) -> Iterator[Problem]:
    """As `shape_problems`, in one item of the list under the top-level key `name`."""
    return _explained(text, violations_of_item(name, item))


def _explained(text: str, found: Iterable[Violation]) -> Iterator[Problem]:
    for violation in found:
        node = violation.node
        # What YAML could not read, or what we refuse of it, has its problem already.
        if isinstance(node, Alias) or (isinstance(node, Scalar) and node.repaired):
            continue
        if violation.rule == "additionalProperties" and isinstance(node, Mapping):
            yield from _unknown_keys(node, violation)
        elif violation.rule == "required" and isinstance(node, Mapping):
            yield from _missing_keys(text, node, violation)
        elif violation.rule in ("type", "minLength"):
            yield _wrong_type(text, node, violation)


def _fell_apart(node: Mapping, violation: Violation) -> bool:
    """A case in one line that holds a `: `: a mapping without any key of a case."""
    return violation.title == "case" and not any(
        key.text in violation.known or key.text in _MEANT for key, _ in node.named()
    )


def _unknown_keys(node: Mapping, violation: Violation) -> Iterator[Problem]:
    if _fell_apart(node, violation):
        return
    present = {key.text for key, _ in node.named()}
    free = [name for name in violation.known if name not in present]
    for key, _ in node.named():
        if key.text not in violation.known and key.text != "<<":
            yield _unknown_key(key, violation, free)


def _unknown_key(key: Scalar, violation: Violation, free: list[str]) -> Problem:
    place = _PLACES.get(violation.title, "this")
    meant = _meant(key.text, free)
    if meant is None:
        known = ", ".join(f"`{name}`" for name in violation.known)
        message = f"`{key.text}` is no key of {place}. These are known: {known}."
        return _error(Code.UNKNOWN_KEY, message, key.span)
    message = f"`{key.text}` is no key of {place}. Did you mean `{meant}`?"
    fix = Fix(f"Write `{meant}`", (TextEdit(key.span, meant),))
    return _error(Code.UNKNOWN_KEY, message, key.span, fix)


def _meant(word: str, free: list[str]) -> str | None:
    lowered = word.strip().lower().replace("-", "_").replace(" ", "_")
    if _MEANT.get(lowered) in free:
        return _MEANT[lowered]
    return next(iter(difflib.get_close_matches(lowered, free, n=1, cutoff=0.7)), None)


def _missing_keys(text: str, node: Mapping, violation: Violation) -> Iterator[Problem]:
    if _fell_apart(node, violation) and (problem := became_collection(text, node)):
        yield problem
        return
    for name in violation.missing:
        message = f"`{name}` is missing. {_WANTED['line' if name == 'case' else name]}"
        yield _error(Code.MISSING_KEY, message, _first_key(node))


def _first_key(node: Mapping) -> Span:
    return node.pairs[0].key.span if node.pairs else node.span


def _wrong_type(text: str, node: Node, violation: Violation) -> Problem:
    wants_text = "string" in violation.wanted
    if wants_text and isinstance(node, Mapping | Sequence):
        problem = became_collection(text, node)
        if problem is not None:
            return problem
    if wants_text and isinstance(node, Scalar) and node.text and not is_empty(node):
        return retyped(node)
    code = _CODES.get(violation.title, Code.WRONG_SHAPE)
    wanted = _WANTED.get(violation.title, "")
    empty = isinstance(node, Scalar) and not node.text.strip()
    message = f"Nothing is written here. {wanted}" if empty else wanted
    return _error(code, message, node.span, _listed(text, node, violation))


def _listed(text: str, node: Node, violation: Violation) -> Fix | None:
    """One text where a list is wanted becomes the list's first item."""
    if violation.wanted != ("array",) or not isinstance(node, Scalar) or is_empty(node):
        return None
    if "\n" in node.span.of(text):
        return None
    start = len(text[: node.span.start].rstrip(" "))
    edit = TextEdit(Span(start, node.span.end), f"\n  - {node.span.of(text)}")
    return Fix("Make it an item of a list", (edit,))


def _error(code: Code, message: str, span: Span, fix: Fix | None = None) -> Problem:
    return Problem(code, Severity.ERROR, message, span, fix)
