"""Coverage of one file, through the public interface of coverage.py."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import coverage

from . import wire

if TYPE_CHECKING:
    from collections.abc import Generator

    from .wire import Measure

_GLOB_CHARACTERS = re.compile(r"[*?!\[\]{}]")

# The user's configuration counts for what is code and what is excluded, not for these. (What it
# omits is measured as well, and then not told.)
_OURS: dict[str, Any] = {
    "run:branch": True,
    "run:source": None,
    "run:source_pkgs": [],
    "run:omit": None,
    "run:parallel": False,
    "run:context": None,
    "run:dynamic_context": None,
    "run:relative_files": False,
    "run:sigterm": False,
    "run:patch": [],
    "run:debug": [],
    "report:omit": None,
    "report:fail_under": 0,
}
_OTHER_PROCESSES = "multiprocessing"


class Measurer:
    """Measures from `start` to `finish`. Raises what coverage.py raises on a bad configuration."""

    _measure: Measure
    _sha256: str

    def __init__(self, target: str) -> None:
        os.environ["COVERAGE_CORE"] = "ctrace"  # the one core that can switch contexts everywhere
        self.target = target
        self._target = str(Path(target).resolve())
        pattern = _GLOB_CHARACTERS.sub("?", self._target)
        self._coverage = coverage.Coverage(data_file=None, include=[pattern], messages=False)
        self._omit = [*self._patterns("run:omit"), *self._patterns("report:omit")]
        self._take_over(pattern)

    def _take_over(self, pattern: str) -> None:
        for name, value in {**_OURS, "report:include": [pattern]}.items():
            if self._knows(name):
                self._coverage.set_option(name, value)
        kinds: Any = self._coverage.get_option("run:concurrency") or []
        self._coverage.set_option(
            "run:concurrency", [kind for kind in kinds if kind != _OTHER_PROCESSES]
        )

    def _patterns(self, option: str) -> list[str]:
        """Of the user; they are relative to where a test may not be any more at its end."""
        wanted: Any = self._coverage.get_option(option) or []
        return [each if each.startswith(("*", "?")) else os.path.abspath(each) for each in wanted]  # noqa: PTH100

    def _knows(self, option: str) -> bool:
        """Older versions have fewer options."""
        try:
            self._coverage.get_option(option)
        except coverage.CoverageException:
            return False
        return True

    @contextmanager
    def practising(self) -> Generator[None]:
        """Coverage.py looks once at each file that it meets, and nothing here is to be measured."""
        self._coverage.start()
        try:
            yield
        finally:
            self._coverage.stop()

    def start(self, measure: Measure) -> None:
        """Before anything of the project is imported."""
        self._measure = measure
        self._sha256 = hashlib.sha256(Path(self._target).read_bytes()).hexdigest()
        self._coverage.start()

    def enter_test(self, test: str) -> None:
        """What runs from here on belongs to `test`."""
        if self._measure.contexts:
            self._coverage.switch_context(test)

    def leave_test(self) -> None:
        """What runs from here on belongs to no test."""
        if self._measure.contexts:
            self._coverage.switch_context("")

    def finish(self, run: str) -> wire.Measured:
        """Stop, and say what was measured."""
        self._coverage.stop()
        folder = self._measure.data_folder or tempfile.gettempdir()
        file = Path(folder) / f"coverage-{os.getpid()}.json"
        if self._is_omitted(file):
            return wire.Measured(
                run, self._measure.target, self._sha256, [], [], [], [], [], {}, omitted=True
            )
        if self._measure.html_folder is not None:
            self._coverage.html_report([self._target], directory=self._measure.html_folder)
        report = json.loads(file.read_text(encoding="utf-8"))
        (measured,) = report["files"].values()
        return self._measured(run, measured)

    def _is_omitted(self, file: Path) -> bool:
        """Writes the report to `file`, unless the user's settings leave the target out."""
        report = partial(self._coverage.json_report, [self._target], outfile=str(file))
        try:
            report(omit=self._omit)
        except coverage.CoverageException:
            report(omit=[])  # raises too if that was not why
            return True
        return False

    def _tests_by_line(self) -> dict[str, list[str]]:
        """Not from the report, which says the same once more for each function and class."""
        if not self._measure.contexts:
            return {}
        contexts = self._coverage.get_data().contexts_by_lineno(self._target)
        return {str(line): sorted(filter(None, tests)) for line, tests in contexts.items()}

    def _measured(self, run: str, file: dict[str, Any]) -> wire.Measured:
        return wire.Measured(
            run=run,
            target=self._measure.target,
            sha256=self._sha256,
            statements=sorted(file["executed_lines"] + file["missing_lines"]),
            excluded=file["excluded_lines"],
            missing=file["missing_lines"],
            branches=sorted(file["executed_branches"] + file["missing_branches"]),
            missing_branches=file["missing_branches"],
            contexts={line: tests for line, tests in self._tests_by_line().items() if tests},
        )
