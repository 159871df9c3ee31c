"""Measures small sources with the real coverage.py, in a process of its own."""

import json
import subprocess
import sys
import textwrap
from pathlib import Path

from redfirst.coverage.measurement import Measurement

_SCRIPT = """
import coverage, json, sys
from contextlib import suppress

def measure(path, calls):
    cov = coverage.Coverage(data_file=None, branch=True, include=[path], config_file=False)
    names = {"__name__": "measured"}
    cov.start()
    exec(compile(open(path).read(), path, "exec"), names)
    for call in calls:
        with suppress(Exception):
            exec(call, names)
    cov.stop()
    lines = cov.analysis2(path)
    found = cov._analyze(path)
    missing = [[line, to] for line, tos in found.missing_branch_arcs().items() for to in tos]
    executed = [[line, to] for line, tos in found.executed_branch_arcs().items() for to in tos]
    return [lines[1], lines[2], lines[3], missing + executed, missing]

print(json.dumps([measure(path, calls) for path, calls in json.loads(sys.argv[1])]))
"""


def measure_all(rows: list[tuple[str, tuple[str, ...]]], folder: Path) -> list[Measurement]:
    """The measurement of each source once its calls have been made."""
    work: list[tuple[str, tuple[str, ...]]] = []
    for number, (source, calls) in enumerate(rows):
        path = folder / f"measured_{number}.py"
        path.write_text(textwrap.dedent(source))
        work.append((str(path), calls))
    command = [sys.executable, "-c", _SCRIPT, json.dumps(work)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return [
        Measurement(
            statements=frozenset(statements),
            excluded=frozenset(excluded),
            missing=frozenset(missing),
            branches=frozenset(map(tuple, branches)),
            missing_branches=frozenset(map(tuple, missing_branches)),
            tests_by_line={},
        )
        for statements, excluded, missing, branches, missing_branches in json.loads(answer.stdout)
    ]
