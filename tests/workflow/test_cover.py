"""Real runs of a small shop's tests on its implementation, in folders made by the tests."""

import asyncio
import hashlib
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

from redfirst.probe import wire
from redfirst.project.project import open_project
from redfirst.spec.codes import Code
from redfirst.spec.problem import Severity
from redfirst.spec.ranges import LineIndex, TextRange
from redfirst.workflow.cover import cover, measure
from redfirst.workflow.implementation_run import ImplementationRun
from redfirst.workflow.lcov_file import write_lcov
from redfirst.workflow.outcomes import TestModule
from redfirst.workflow.progress import Silent
from redfirst.workflow.report import Finding, SpecReport
from redfirst.workflow.run_findings import not_measured
from tests.support.folders import contents

SPEC = """\
function: add
module: pay.add
signature: "add(a: int, b: int) -> int"
behavior: Add two whole numbers; a sum below zero is zero.
edge_cases:
  - {id: EC-zero, case: both zero -> zero, examples: [{call: "add(0, 0)", returns: 0}]}
  - {id: EC-neg, case: negative sum -> zero, examples: [{call: "add(-1, 0)", returns: 0}]}
"""
IMPLEMENTATION = """\
def add(a, b):
    if a + b < 0:
        return 0
    return a + b
"""
TESTS = '''\
from pay.add import add


def test_zero():
    """EC-zero: both zero -> zero"""
    assert add(0, 0) == 0


def test_neg():
    """EC-neg: negative sum -> zero"""
    assert add(-1, 0) == 0
'''


@dataclass(frozen=True)
class Shop:
    root: Path

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def cover(self, fail_under: float | None = None) -> SpecReport:
        project = open_project(self.root)
        spec = self.root / "specs" / "add.yml"
        return asyncio.run(cover(project, spec, Silent(), fail_under=fail_under))

    def text(self, place: TextRange | None, path: str) -> str:
        assert place is not None
        lines = LineIndex((self.root / path).read_text())
        start = lines.line_span(place.start.line).start + place.start.character
        return lines.text[start : lines.line_span(place.end.line).start + place.end.character]


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = Shop(tmp_path)
    shop.write("pyproject.toml", f"[tool.redfirst]\npython = '{sys.executable}'\n")
    shop.write("specs/add.yml", SPEC)
    shop.write("pay/add.py", IMPLEMENTATION)
    shop.write("tests/test_add.py", TESTS)
    return shop


def the_finding(report: SpecReport, code: Code) -> Finding:
    """The one finding with that code; beside it there are gaps and the gate at most."""
    (finding,) = (finding for finding in report.findings if finding.code is code)
    others = {other.code for other in report.findings if other is not finding}
    assert others <= {Code.LINE_GAP, Code.BRANCH_GAP, Code.GATE}
    return finding


def test_green(shop: Shop) -> None:
    report = shop.cover()
    assert report.findings == ()
    assert [(test.case, test.outcome) for test in report.tests] == [
        ("EC-zero", "passed"),
        ("EC-neg", "passed"),
    ]
    assert shop.text(report.tests[1].range, "tests/test_add.py") == "test_neg"
    assert report.coverage is not None
    assert report.coverage.holds
    assert report.coverage.path == "pay/add.py"
    assert report.coverage.lines_by_case == {"EC-zero": (2, 4), "EC-neg": (2, 3)}


def test_what_the_settings_of_coverage_omit_passes_no_gate(shop: Shop) -> None:
    shop.write(".coveragerc", "[run]\nomit = pay/*\n")
    report = shop.cover()
    finding = the_finding(report, Code.NOT_MEASURED)
    assert finding.severity is Severity.ERROR
    assert finding.message == (
        "`pay/add.py` is left out by `omit` in the settings of coverage.py, so the gate of 95 % "
        "cannot be judged. Take it out of `omit`, or set `threshold: 0` in the `settings` of the "
        "spec."
    )
    assert report.coverage is None
    assert [test.outcome for test in report.tests] == ["passed", "passed"]
    assert shop.cover(fail_under=0).ok


def test_nothing_of_the_project_is_touched(shop: Shop) -> None:
    """Not even when the project measures coverage itself, with a gate of its own."""
    shop.write(
        "pytest.ini", "[pytest]\naddopts = --cov=pay --cov-report=xml --cov-fail-under=100\n"
    )
    shop.write(".coverage", "mine")
    shop.write("coverage.xml", "mine")
    shop.write("tests/test_add.py", TESTS.partition("\n\n\ndef test_neg")[0] + "\n")
    before = contents(shop.root)
    report = shop.cover(fail_under=50)
    assert report.ok
    assert contents(shop.root) == before


def test_a_red_case(shop: Shop) -> None:
    """It is told where the test fails and with which words, and the gate is not judged."""
    shop.write("pay/add.py", IMPLEMENTATION.replace("return a + b", "return a + b + 7"))
    report = shop.cover()
    finding = the_finding(report, Code.CASE_RED)
    assert finding.message.splitlines()[0] == "`test_zero` fails: assert 7 == 0"
    assert finding.message.splitlines()[-1] == "The case: both zero -> zero"
    assert (finding.path, finding.case) == ("tests/test_add.py", "EC-zero")
    assert shop.text(finding.range, finding.path) == "assert add(0, 0) == 0"
    assert [test.outcome for test in report.tests] == ["failed", "passed"]
    assert report.tests[0].reason == finding.message
    assert report.coverage is not None
    assert report.coverage.reaches_threshold
    assert not report.coverage.holds


def test_an_exception_of_the_implementation(shop: Shop) -> None:
    shop.write("pay/add.py", IMPLEMENTATION.replace("return 0", "raise LookupError('no zero')"))
    finding = the_finding(shop.cover(), Code.CASE_RED)
    assert finding.message.startswith("`test_neg` fails: LookupError: no zero\n")
    assert shop.text(finding.range, finding.path) == "assert add(-1, 0) == 0"


def test_gaps_and_the_gate(shop: Shop) -> None:
    shop.write("tests/test_add.py", TESTS.partition("\n\n\ndef test_neg")[0] + "\n")
    report = shop.cover()
    gap = the_finding(report, Code.LINE_GAP)
    assert gap.severity is Severity.INFORMATION
    assert gap.message.startswith("Line 3 never runs: `if` of line 2 never true. Add a case")
    assert (gap.path, shop.text(gap.range, gap.path)) == ("pay/add.py", "return 0")
    gate = the_finding(report, Code.GATE)
    assert gate.severity is Severity.ERROR
    assert "75 % (3 of 4) of the lines and 50 % (1 of 2) of the branches" in gate.message
    assert not report.ok


def test_a_branch_without_lines(shop: Shop) -> None:
    shop.write("pay/add.py", "def add(a, b):\n    if a == 9: return 9\n    return max(a + b, 0)\n")
    gap = the_finding(shop.cover(fail_under=50), Code.BRANCH_GAP)
    assert gap.message.startswith("`if` of line 2 never true. Add a case")
    assert shop.text(gap.range, gap.path) == "if a == 9: return 9"


@pytest.mark.parametrize(
    ("project", "spec", "fail_under", "threshold"),
    [(60, None, None, 60), (60, 70, None, 70), (60, 70, 50, 50)],
)
def test_whose_threshold(
    shop: Shop, project: int, spec: int | None, fail_under: float | None, threshold: float
) -> None:
    settings = f"[tool.redfirst]\npython = '{sys.executable}'\nthreshold = {project}\n"
    shop.write("pyproject.toml", settings)
    if spec is not None:
        shop.write("specs/add.yml", f"{SPEC}settings: {{threshold: {spec}}}\n")
    report = shop.cover(fail_under)
    assert report.coverage is not None
    assert report.coverage.threshold == threshold


def test_no_implementation(shop: Shop) -> None:
    (shop.root / "pay" / "add.py").unlink()
    finding = the_finding(shop.cover(), Code.NO_IMPLEMENTATION)
    assert finding.message == (
        "There is no `pay/add.py`. Create it and write `add` by hand: "
        "`redfirst generate` never writes it."
    )
    assert shop.text(finding.range, finding.path) == "pay.add"


def test_an_implementation_without_the_function(shop: Shop) -> None:
    shop.write("pay/add.py", "def subtract(a, b):\n    return a - b\n")
    finding = the_finding(shop.cover(), Code.NO_IMPLEMENTATION)
    assert finding.message.startswith("`pay.add` does not define `add` yet.")
    assert shop.text(finding.range, finding.path) == "from pay.add import add"


def test_no_tests_file(shop: Shop) -> None:
    (shop.root / "tests" / "test_add.py").unlink()
    assert the_finding(shop.cover(), Code.TEST_MISSING)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("pay/add.py", "def add(:\n", "The tests cannot be imported: SyntaxError: "),
        ("pay/add.py", "import nothing_like_it\n", "ModuleNotFoundError: No module named"),
        ("tests/test_add.py", "from pay.add import add\n", "`tests/test_add.py` has no tests"),
        ("tests/test_add.py", "import os\nos._exit(3)\n", "ended while the tests were imported"),
    ],
)
def test_a_run_that_does_not_begin(shop: Shop, name: str, text: str, words: str) -> None:
    shop.write(name, text)
    report = shop.cover()
    assert words in the_finding(report, Code.RUN_UNFINISHED).message
    assert report.coverage is None


def test_a_test_that_takes_its_process_with_it(shop: Shop) -> None:
    shop.write(
        "tests/test_add.py", TESTS + "\n\ndef test_exit():\n    import os\n    os._exit(0)\n"
    )
    report = shop.cover()
    assert "`test_exit` took its process with it" in the_finding(report, Code.CASE_RED).message
    assert report.coverage is None or not report.coverage.holds


def test_a_session_that_is_declared_a_failure(shop: Shop) -> None:
    """A conftest may say so although every test passed: then the run proves nothing."""
    hook = "def pytest_sessionfinish(session):\n    session.exitstatus = 9\n"
    shop.write("tests/conftest.py", hook)
    report = shop.cover()
    message = the_finding(report, Code.RUN_UNFINISHED).message
    assert message.startswith("No test failed, but pytest ended with code 9")
    assert report.coverage is not None
    assert not report.coverage.holds


def test_a_skipped_test_is_a_warning(shop: Shop) -> None:
    skipped = '\n\ndef test_skip():\n    """EC-zero: x"""\n    pytest.skip("not today")\n'
    shop.write("tests/test_add.py", "import pytest\n" + TESTS + skipped)
    report = shop.cover()
    finding = the_finding(report, Code.CASE_RED)
    assert finding.severity is Severity.WARNING
    assert "was skipped, so nothing says whether its case holds. not today" in finding.message
    assert report.ok


def test_only_skipped_tests_prove_nothing(shop: Shop) -> None:
    test = "import pytest, pay.add\n\ndef test_skip():\n    pytest.skip('not today')\n"
    shop.write("tests/test_add.py", test)
    report = shop.cover(fail_under=0)
    assert report.coverage is not None
    assert not report.coverage.holds


def test_an_implementation_that_is_never_imported(shop: Shop) -> None:
    shop.write("tests/test_add.py", "def test_nothing():\n    assert 1 + 1 == 2\n")
    finding = the_finding(shop.cover(), Code.NOT_MEASURED)
    assert (finding.path, finding.message.partition(":")[0]) == (
        "pay/add.py",
        "No line of `pay/add.py` ran",
    )


def test_a_conftest_that_raises(shop: Shop) -> None:
    shop.write("tests/conftest.py", "raise RuntimeError('broken conftest')\n")
    assert "broken conftest" in the_finding(shop.cover(), Code.PYTEST_UNUSABLE).message


def test_an_interpreter_without_pytest(shop: Shop) -> None:
    venv.create(shop.root / "bare", with_pip=False)
    shop.write("pyproject.toml", "[tool.redfirst]\npython = 'bare'\n")
    message = the_finding(shop.cover(), Code.NO_PYTEST).message
    assert "No module named 'pytest'" in message
    assert "-m pip install pytest`" in message


def test_an_interpreter_that_is_too_old(shop: Shop) -> None:
    """It says so in the place of a traceback; here one that only believes to be old."""
    venv.create(shop.root / "aged", with_pip=False, symlinks=True)
    (packages,) = shop.root.glob("aged/lib/*/site-packages")
    old = "import sys; sys.hexversion, sys.version_info = 0x03080000, (3, 8, 0)"
    (packages / "aged.pth").write_text(old + "\n")
    shop.write("pyproject.toml", "[tool.redfirst]\npython = 'aged'\n")
    message = the_finding(shop.cover(), Code.RUNNER_DIED).message
    assert message.endswith(
        "Python 3.10 or newer is needed to run tests, and this is 3.8: "
        "name another interpreter with `python` in `[tool.redfirst]`."
    )


def test_an_interpreter_that_is_no_python(shop: Shop) -> None:
    shop.write("false", "#!/bin/sh\nexit 1\n")
    (shop.root / "false").chmod(0o755)
    shop.write("pyproject.toml", "[tool.redfirst]\npython = 'false'\n")
    assert "ended with code 1" in the_finding(shop.cover(), Code.RUNNER_DIED).message


def test_a_spec_that_cannot_be_used(shop: Shop) -> None:
    shop.write("specs/add.yml", "function: add\n")
    report = shop.cover()
    assert {finding.code for finding in report.findings} >= {Code.MISSING_KEY}
    assert report.tests == ()


def test_an_implementation_that_changes_meanwhile(shop: Shop) -> None:
    measured = wire.Measured("r", "pay/add.py", "0" * 64, [1], [], [], [], [], {})
    said = ImplementationRun(measured=measured)
    module = TestModule("tests/test_add.py", LineIndex(TESTS), {})
    project = open_project(shop.root)
    finding = not_measured(project, module, "pay/add.py", b"", said)
    assert finding is not None
    assert finding.code is Code.NOT_MEASURED
    assert "changed during the run" in finding.message
    same = wire.Measured("r", "x", hashlib.sha256(b"").hexdigest(), [1], [], [], [], [], {})
    assert not_measured(project, module, "x", b"", ImplementationRun(measured=same)) is None


def test_lcov(shop: Shop, tmp_path: Path) -> None:
    """Two specs of one module share its record: what either reaches is reached."""
    other = SPEC.replace("function: add", "function: neg").replace('"add(a', '"neg(a')
    shop.write("specs/neg.yml", other)
    first, second = TESTS.split("\n\n\ndef test_neg")
    shop.write("tests/test_add.py", first + "\n")
    head = first.partition("\n")[0]
    shop.write("tests/test_neg.py", f"{head}\n\n\ndef test_neg{second}")
    project = open_project(shop.root)
    specs = [shop.root / "specs" / name for name in ("add.yml", "neg.yml")]
    covered = [asyncio.run(measure(project, spec, Silent())) for spec in specs]
    target = tmp_path / "out" / "lcov.info"
    for each, hit in ((covered[:1], "DA:3,0"), (covered, "DA:3,1")):
        write_lcov(each, target)
        lines = target.read_text().splitlines()
        assert hit in lines
        assert [line for line in lines if line.startswith("SF:")] == ["SF:pay/add.py"]
    assert "BRH:2" in lines
