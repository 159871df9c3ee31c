"""What is around a spec, with the verdicts that hold for the texts as the person sees them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from redfirst.workflow.case_runs import case_runs

if TYPE_CHECKING:
    from redfirst.lsp.state.view import View
    from redfirst.spec.ide.surroundings import Surroundings
    from redfirst.workflow.neighbours import Neighbours


def surroundings(view: View, neighbours: Neighbours) -> Surroundings:
    """For a view of the spec, or of its test module. Reads files."""
    around = neighbours.surroundings(view.project, view.report)
    run = view.run_report
    return replace(around, outdated=view.outdated, runs=case_runs(run) if run else {})
