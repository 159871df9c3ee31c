"""Markers that the project does not declare: pytest refuses them under `--strict-markers`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from redfirst.spec.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.generation.gate.module_tree import Module
    from redfirst.spec.problem import Problem

_OF_PYTEST: Final = frozenset(
    {
        "parametrize",
        "skip",
        "skipif",
        "xfail",
        "usefixtures",
        "filterwarnings",
        "tryfirst",
        "trylast",
    }
)
# Plugins that run async tests declare these as they load, in no file of the project.
_OF_ASYNC_PLUGINS: Final = frozenset({"asyncio", "anyio", "trio"})
_PREFIX: Final = "pytest.mark."


def find(module: Module, declared: frozenset[str]) -> Iterator[Problem]:
    """RF204 for each use of a marker that nobody declared."""
    known = declared | _OF_PYTEST | _OF_ASYNC_PLUGINS
    for node in module.nodes:
        path = module.names.path(node) if isinstance(node, ast.Attribute) else None
        if path is None or not path.startswith(_PREFIX):
            continue
        name = path.removeprefix(_PREFIX)
        if "." not in name and name not in known:
            yield module.problem(
                Code.UNDECLARED_MARKER,
                f"The project does not declare the marker `{name}`. Declare it under `markers` "
                "in the pytest configuration, or generate the test again without it.",
                node,
            )
