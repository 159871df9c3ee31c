"""Panic mode: what one fault of YAML's scanner means, and how to read on behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redfirst.spec.yaml.fault_in_flow import in_flow, split_text, split_value
from redfirst.spec.yaml.fault_in_scalar import in_scalar, runaway_quote, tab, unclosed_quote
from redfirst.spec.yaml.fault_of_colon import inner_colon, wordless_line
from redfirst.spec.yaml.fault_of_layout import intruder, marker, misplaced, wrong_root

if TYPE_CHECKING:
    from redfirst.spec.yaml.compose import Composition, Failure
    from redfirst.spec.yaml.repair import Repair


def repair_of(text: str, composition: Composition, failure: Failure) -> Repair:
    """What is wrong where reading `text` failed, and what to mask."""
    split = split_text(text, composition, failure)
    if split is not None:
        return split_value(text, split)
    runaway = runaway_quote(text, composition, failure)
    if runaway is not None:
        return unclosed_quote(text, runaway)
    for explain in (in_scalar, tab, in_flow, wordless_line, marker, intruder, inner_colon):
        if repair := explain(text, failure):
            return repair
    return wrong_root(text, composition, failure) or misplaced(text, failure)
