"""The shape of a spec: `schemas/spec.schema.json`, and our words for what does not fit it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.spec.problem import Problem
    from redfirst.spec.yaml_nodes import Mapping


def shape_problems(text: str, root: Mapping) -> Iterator[Problem]:
    """What does not fit the schema, at its place in `text`. Never raises."""
    yield from ()
