"""Tests that are kept from running, or from counting when they fail."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Final

from redfirst.spec.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.generation.gate.module_tree import Module
    from redfirst.spec.problem import Problem

_SKIPS: Final = frozenset(
    {
        "pytest.mark.skip",
        "pytest.mark.skipif",
        "pytest.mark.xfail",
        "pytest.skip",
        "pytest.xfail",
        "pytest.importorskip",
        "unittest.skip",
        "unittest.skipIf",
        "unittest.skipUnless",
        "unittest.expectedFailure",
        "unittest.SkipTest",
        "self.skipTest",
    }
)


def find(module: Module) -> Iterator[Problem]:
    """RF205 for each place that skips a test or expects it to fail."""
    for node in module.nodes:
        if not isinstance(node, ast.Attribute | ast.Name):
            continue
        path = module.names.path(node)
        if path in _SKIPS and isinstance(node.ctx, ast.Load):
            yield module.problem(
                Code.SKIPPED_TEST,
                f"`{path}` keeps a test from being judged: a test that does not run proves "
                "nothing. Remove it.",
                node,
            )
