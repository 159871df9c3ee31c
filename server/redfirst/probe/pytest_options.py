"""Options of a project that suit a person at a terminal but would falsify what we report.

A project's `addopts` may ask for its own coverage with a threshold, for processes that run tests
elsewhere, for a stop at the first failure, for a selection, or for reports written to files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

_SETTLED: dict[str, object] = {
    # Tests would not be run, or not all of them.
    "maxfail": 0,
    "keyword": "",
    "markexpr": "",
    "deselect": None,
    "ignore": None,
    "ignore_glob": None,
    "lf": False,
    "failedfirst": False,
    "newfirst": False,
    "stepwise": False,
    "stepwise_skip": False,
    "collectonly": False,
    "setuponly": False,
    "setupplan": False,
    # Something else would be run, or be run again.
    "doctestmodules": False,
    "continue_on_collection_errors": False,
    "usepdb": False,
    "trace": False,
    "reruns": 0,
    "count": 1,
    "testmon": False,
    # Tests would run in other processes, out of our sight (pytest-xdist, pytest-forked).
    "forked": False,
    "numprocesses": None,
    "dist": "no",
    "distload": False,
    "tx": [],
    "looponfail": False,
    # Files would be written.
    "xmlpath": None,
    "basetemp": None,
    "htmlpath": None,
    "report_log": None,
    "json_report": False,
    "pastebin": None,
}


def settle(config: pytest.Config) -> None:
    """Before any plugin acts on the options."""
    for name, value in _SETTLED.items():
        if hasattr(config.option, name):
            setattr(config.option, name, value)


def switch_coverage_off(config: pytest.Config, arguments: list[str]) -> None:
    """Before pytest-cov looks at its options: what `--no-cov` does."""
    early = config.known_args_namespace
    if hasattr(early, "no_cov"):
        early.no_cov = True
        arguments.append("--no-cov")
