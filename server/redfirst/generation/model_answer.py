"""What a model answered: its plan and its module, with everything around the code taken away."""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from redfirst.generation.gate.prose import prose_spans, strip_prose
from redfirst.generation.provenance import body_of
from redfirst.generation.syntax import syntax_tree

if TYPE_CHECKING:
    from redfirst.spec.ranges import Span


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """A module that nobody has judged yet. `planned` are the ids of the cases in the plan.

    `stripped` counts the stretches that were not code: fences, and sentences around them.
    """

    module: str
    planned: tuple[str, ...]
    stripped: int


class NoModuleError(ValueError):
    """The answer holds no module that could be judged; the text says what it holds instead."""


def read_answer(text: str) -> ModelAnswer:
    """The answer in `text`, which should be JSON but need not; `NoModuleError` else."""
    if not text.strip():
        raise NoModuleError("it was empty")
    document = _json(text)
    source = text if document is None else str(document.get("module", ""))
    if document is not None and not source.strip():
        raise NoModuleError("it had no `module`")
    module = _code(source)
    around = 0 if document is None else int(not text.strip().startswith("{"))
    _, stripped = strip_prose(source)
    return ModelAnswer(body_of(module).strip("\n") + "\n", _planned(document), stripped + around)


def _json(text: str) -> dict[str, Any] | None:
    """The JSON object in the text, which may stand between fences or sentences."""
    start, end = text.find("{"), text.rfind("}")
    for candidate in (text, text[start : end + 1]):
        try:
            value: object = json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and "module" in value:
            return cast("dict[str, Any]", value)
    return None


def _planned(document: dict[str, Any] | None) -> tuple[str, ...]:
    plan: object = (document or {}).get("plan")
    entries = cast("list[object]", plan) if isinstance(plan, list) else []
    plans = [cast("dict[str, object]", one) for one in entries if isinstance(one, dict)]
    return tuple(str(one["case"]) for one in plans if "case" in one)


def _code(source: str) -> str:
    blocks = _kept(source)
    if blocks > 1:
        raise NoModuleError(f"it held {blocks} blocks of code instead of one module")
    module, _ = strip_prose(source)
    tree = syntax_tree(module)
    if tree is not None and not any(map(_defines, tree.body)):
        raise NoModuleError("it held no test")
    if tree is None and "def " not in module:
        raise NoModuleError("it held sentences and no code")
    return module


def _kept(source: str) -> int:
    """How many stretches of code there are between those that are not."""
    spans: tuple[Span, ...] = prose_spans(source)
    if not spans:
        return 1
    edges = [0, *(edge for span in spans for edge in (span.start, span.end)), len(source)]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return sum(bool(source[start:end].strip()) for start, end in pairs)


def _defines(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
