"""A problem's prompt becomes a spec; its tests are not looked at."""

from __future__ import annotations

import ast
import doctest
import inspect
from typing import TYPE_CHECKING

import yaml

from benchmarks.human_eval.problems import function_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.human_eval.problems import HumanEvalProblem


def spec_text(problem: HumanEvalProblem) -> str:
    """Signature and imports as the prompt has them, the docstring as behaviour.

    Of its doctest examples, those become examples of the spec that call the function and show
    a literal.
    """
    prompt = ast.parse(problem.prompt)
    function = function_in(prompt, problem.entry_point)
    docstring = _docstring(function)
    returns = f" -> {ast.unparse(function.returns)}" if function.returns else ""
    imports = [
        ast.unparse(node) for node in prompt.body if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    content = {
        "function": problem.entry_point,
        "module": problem.module,
        "signature": f"{problem.entry_point}({ast.unparse(function.args)}){returns}",
        "behavior": docstring,
        "imports": imports,
        "examples": list(_examples(docstring, problem.entry_point)),
    }
    written = {key: value for key, value in content.items() if value}
    return yaml.dump(written, Dumper=_Readable, sort_keys=False, allow_unicode=True)


def _docstring(function: ast.FunctionDef) -> str:
    """The first text in the function: one prompt has an import before its docstring."""
    text = next(
        statement.value.value
        for statement in function.body
        if isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )
    return "\n".join(line.rstrip() for line in inspect.cleandoc(text).splitlines())


def _examples(docstring: str, function: str) -> Iterator[dict[str, str]]:
    try:
        written = doctest.DocTestParser().get_examples(docstring)
    except ValueError:  # not what doctest understands: prose that looks like a prompt
        return
    for example in written:
        call, returns = example.source.strip(), example.want.strip()
        if _is_call_of(call, function) and _is_literal(returns):
            yield {"call": call, "returns": returns}


def _is_call_of(source: str, function: str) -> bool:
    match _expression(source):
        case ast.Call(func=ast.Name(id=name)):
            return name == function
        case _:
            return False


def _is_literal(source: str) -> bool:
    node = _expression(source)
    return node is not None and not any(
        isinstance(part, (ast.Name, ast.Call)) for part in ast.walk(node)
    )


def _expression(source: str) -> ast.expr | None:
    try:
        return ast.parse(source, mode="eval").body
    except SyntaxError:
        return None


class _Readable(yaml.SafeDumper):
    """Writes text of several lines as a block, the way a person would."""


def _represent_text(_dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, style=style)


_Readable.add_representer(str, _represent_text)
