"""Why a run on the implementation proves nothing: what was missing, or what it broke off at."""

from __future__ import annotations

import ast
import hashlib
from typing import TYPE_CHECKING, Final

from redfirst.spec.codes import Code
from redfirst.spec.problem import Severity
from redfirst.spec.python_source import UNREADABLE, read_module
from redfirst.workflow.environment import pytest_unusable, quoted_tail, unavailable
from redfirst.workflow.report import Finding

if TYPE_CHECKING:
    from redfirst.probe import wire
    from redfirst.project.project import Project
    from redfirst.spec.model import Spec
    from redfirst.workflow.implementation_run import ImplementationRun
    from redfirst.workflow.outcomes import TestModule
    from redfirst.workflow.spec_file import SpecFile

_NO_TESTS: Final = 5  # pytest's exit code


def no_implementation(file: SpecFile, spec: Spec, shown: str) -> Finding:
    """RF405: there is no file at `shown` yet."""
    message = (
        f"There is no `{shown}`. Create it and write `{spec.function.value}` by hand: "
        "`redfirst generate` never writes it."
    )
    place = file.lines.range(spec.module.span)
    return Finding(Code.NO_IMPLEMENTATION, Severity.ERROR, message, file.path, place)


def run_failure(
    project: Project, spec: Spec, module: TestModule, source: str, said: ImplementationRun
) -> Finding | None:
    """Why no test could be run; `None` when tests were. `source` is the implementation."""
    gave_up = pytest_unusable(said.ended, module.path) if said.ended else None
    if gave_up is not None:
        return gave_up
    if said.refusal is not None:
        return _refused(spec, module, source, said.refusal)
    if said.unavailable is not None and not said.finished:
        return unavailable(said.unavailable, project.interpreter.path, project.root, module.path)
    if said.tests:
        return None
    return _nothing_ran(module.path, said.ended)


def unfinished(module: TestModule, said: ImplementationRun) -> Finding | None:
    """RF407: every test passed, and yet pytest did not end with success."""
    ended = said.ended
    passed = all(one.outcome in ("passed", "skipped") for one in said.finished.values())
    if not passed or ended is None or ended.exit_code == 0:
        return None
    code = "nothing" if ended.exit_code is None else f"code {ended.exit_code}"
    return _unfinished(
        module.path,
        f"No test failed, but pytest ended with {code}, so the run proves nothing"
        f"{quoted_tail(ended.output)}",
    )


def omitted(target: str, threshold: float, said: ImplementationRun) -> Finding | None:
    """RF406: the user's own settings of coverage.py leave the implementation at `target` out. That
    fails no gate of zero percent.
    """
    if said.measured is None or not said.measured.omitted:
        return None
    judged = (
        f"so the gate of {threshold:g} % cannot be judged. Take it out of `omit`, or set "
        "`threshold: 0` in the `settings` of the spec."
        if threshold
        else "so nothing is shown of it."
    )
    message = f"`{target}` is left out by `omit` in the settings of coverage.py, {judged}"
    severity = Severity.ERROR if threshold else Severity.INFORMATION
    return Finding(Code.NOT_MEASURED, severity, message, target)


def not_measured(
    project: Project, module: TestModule, target: str, data: bytes, said: ImplementationRun
) -> Finding | None:
    """RF903 or RF406: tests were run, but nothing is known of the implementation at `target`.

    `data` are the bytes that the implementation had before the run.
    """
    measured = said.measured
    if measured is None:
        if said.unavailable is not None:
            python = project.interpreter.path
            return unavailable(said.unavailable, python, project.root, module.path)
        return _unmeasured(target, "The run ended before coverage could be written.")
    if measured.sha256 != hashlib.sha256(data).hexdigest():
        return _unmeasured(target, f"`{target}` was changed during the run. Run again.")
    if measured.statements and len(measured.missing) == len(measured.statements):
        return _unmeasured(
            target,
            f"No line of `{target}` ran: the tests import another module of that name, or none. "
            "Check `pythonpath` in pytest's configuration, and what the tests import.",
        )
    return None


def _refused(
    spec: Spec, module: TestModule, source: str, refusal: wire.CollectionFailed
) -> Finding:
    kind = refusal.exception.rpartition(".")[2]
    name = spec.import_name
    if kind == "ImportError" and name not in _bound_names(source):
        message = (
            f"`{spec.module.value}` does not define `{name}` yet. Write it by hand: "
            "`redfirst generate` never writes it."
        )
        place = module.line_range(refusal.line)
        return Finding(Code.NO_IMPLEMENTATION, Severity.ERROR, message, module.path, place)
    words = (refusal.message.strip().splitlines() or [""])[0].removeprefix(f"{kind}: ")
    message = f"The tests cannot be imported: {kind}: {words}. Nothing was run."
    place = module.line_range(refusal.line)
    return Finding(Code.RUN_UNFINISHED, Severity.ERROR, message, module.path, place)


def _nothing_ran(path: str, ended: wire.Ended | None) -> Finding:
    if ended is None:
        return _unfinished(path, "The run ended without a word.")
    if ended.exit_code == _NO_TESTS:
        return _unfinished(path, f"`{path}` has no tests, so nothing was run.")
    if ended.timed_out:
        return _unfinished(path, "Importing the tests took longer than the time limit.")
    tail = quoted_tail(ended.output)
    return _unfinished(path, f"The run ended while the tests were imported{tail}")


def _unfinished(path: str, message: str) -> Finding:
    return Finding(Code.RUN_UNFINISHED, Severity.ERROR, message, path)


def _unmeasured(target: str, message: str) -> Finding:
    return Finding(Code.NOT_MEASURED, Severity.ERROR, message, target)


def _bound_names(source: str) -> frozenset[str]:
    """Names that the source binds somewhere, or `import *` could: then nothing is claimed."""
    try:
        tree = read_module(source)
    except UNREADABLE:
        return frozenset()
    names: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                names.add(node.name)
            case ast.Name(ctx=ast.Store()):
                names.add(node.id)
            case ast.alias():
                names.add((node.asname or node.name).partition(".")[0])
            case _:
                pass
    return frozenset(names)
