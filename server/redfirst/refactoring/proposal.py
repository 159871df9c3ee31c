"""What a model proposes for an implementation, and whether it stays what callers know."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from redfirst.spec.python_source import UNREADABLE, read_module

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_FENCED: Final = re.compile(r"\s*```\w*\n(?P<inside>.*)\n```\s*", re.DOTALL)


class NoProposalError(ValueError):
    """There is nothing that could be tried; the text continues a sentence about the proposal."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A module's new source, and why the model would have it so."""

    module: str
    reasons: tuple[str, ...]


def read_proposal(text: str, before: str) -> Proposal:
    """The proposal in a model's answer; `NoProposalError` when it cannot stand for `before`."""
    fenced = _FENCED.fullmatch(text)
    try:
        value: object = json.loads(fenced["inside"] if fenced else text, strict=False)
    except (ValueError, RecursionError) as error:
        raise NoProposalError("is not the JSON object that was asked for") from error
    document = cast("dict[str, object]", value) if isinstance(value, dict) else {}
    module, reasons = document.get("module"), document.get("reasons")
    if not isinstance(module, str) or not module.strip():
        raise NoProposalError("holds no module")
    listed = cast("list[object]", reasons) if isinstance(reasons, list) else []
    source = _as_written(module, before)
    changed = changed_name(before, source)
    if changed is not None:
        raise NoProposalError(f"changes what callers know of the module: `{changed}`")
    return Proposal(source, tuple(map(str, listed)))


def changed_name(before: str, after: str) -> str | None:
    """A public name that is not what it was: gone, new, or with another signature.

    `NoProposalError` when Python cannot read `after`.
    """
    old, new = _surface(before), _surface(after)
    if new is None:
        raise NoProposalError("is not valid Python")
    known = old or {}
    every = dict.fromkeys((*known, *new))
    return next((name for name in every if known.get(name) != new.get(name)), None)


def _as_written(module: str, before: str) -> str:
    """With the line breaks of the file, and one at its end."""
    text = module.strip("\n").replace("\r\n", "\n") + "\n"
    return text.replace("\n", "\r\n") if "\r\n" in before else text


def _surface(source: str) -> Mapping[str, str] | None:
    try:
        tree = read_module(source)
    except UNREADABLE:
        return None
    return dict(_names(tree.body, ""))


def _names(body: list[ast.stmt], prefix: str) -> Iterator[tuple[str, str]]:
    for node in body:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() if _is_public(node.name):
                yield prefix + node.name, _signature(node)
            case ast.ClassDef() if _is_public(node.name):
                heads = [*node.bases, *node.keywords, *node.decorator_list]
                yield prefix + node.name, "class " + " ".join(map(ast.unparse, heads))
                yield from _names(node.body, f"{prefix}{node.name}.")
            case ast.Assign(targets=targets):
                yield from ((prefix + name, "name") for name in _assigned(targets))
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation) if _is_public(name):
                yield prefix + name, ast.unparse(annotation) if prefix else "name"
            case _:
                pass


def _signature(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    returns = "" if node.returns is None else ast.unparse(node.returns)
    decorators = " ".join(map(ast.unparse, node.decorator_list))
    return f"{type(node).__name__} {decorators} ({ast.unparse(node.args)}) -> {returns}"


def _assigned(targets: list[ast.expr]) -> Iterator[str]:
    for target in targets:
        for part in ast.walk(target):
            if isinstance(part, ast.Name) and _is_public(part.id):
                yield part.id


def _is_public(name: str) -> bool:
    """Methods like `__init__` are called by everybody."""
    return not name.startswith("_") or (name.startswith("__") and name.endswith("__"))
