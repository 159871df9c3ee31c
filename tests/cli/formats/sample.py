"""A report with something of everything, for the tests of all formats."""

from __future__ import annotations

from redfirst.coverage.measurement import CoverageResult, Gap, GapKind, Share
from redfirst.coverage.mutation.mutant import Mutant
from redfirst.coverage.mutation.strength import Fate, StrengthResult, Tried
from redfirst.spec.codes import Code
from redfirst.spec.problem import Severity, TextEdit
from redfirst.spec.ranges import LineIndex, Position, Span, TextRange
from redfirst.verification.verdict import Verdict
from redfirst.workflow.report import Finding, Report, SpecReport, TestReport

SPEC_PATH = "specs/pay ment.yml"
SPEC_TEXT = "function: pay\nbehavior: 😀 pays tuice\n"
TEST_PATH = "tests/test_pay.py"
CODE_PATH = "payments/pay.py"
SOURCES = {SPEC_PATH: SPEC_TEXT}

_TYPO = Span(SPEC_TEXT.index("tuice"), SPEC_TEXT.index("tuice") + 5)
_TEST_NAME = TextRange(Position(11, 4), Position(11, 18))

TYPO = Finding(
    Code.THIN_BEHAVIOR,
    Severity.WARNING,
    "100% unclear: say more,\nplease.",
    SPEC_PATH,
    LineIndex(SPEC_TEXT).range(_TYPO),
    case="EC-twice",
    fix="Write `twice`",
    edits=(TextEdit(_TYPO, "twice"),),
)
VACUOUS = Finding(
    Code.VACUOUS,
    Severity.ERROR,
    "It passes although pay raises: it asserts nothing.",
    TEST_PATH,
    _TEST_NAME,
    case="EC-twice",
)
NO_PYTEST = Finding(Code.NO_PYTEST, Severity.ERROR, "pytest is missing.", "")
GATE = Finding(Code.GATE, Severity.ERROR, "The gate fails.", CODE_PATH)

RED = TestReport(
    f"{TEST_PATH}::test_once",
    "EC-once",
    Verdict.RED,
    "It fails on all stubs.",
    {"absent": "failed", "unwritten": "failed", "witness": "passed"},
    proven=True,
    range=TextRange(Position(5, 4), Position(5, 13)),
)
WORTHLESS = TestReport(
    f"{TEST_PATH}::test_pays_twice",
    "EC-twice",
    Verdict.VACUOUS,
    VACUOUS.message,
    {"absent": "error", "unwritten": "passed", "slow": "timeout"},
    range=_TEST_NAME,
)
COVERAGE = CoverageResult(
    CODE_PATH,
    Share(94, 99),
    Share(4, 6),
    95.0,
    (
        Gap(GapKind.BRANCH, 69, 69, "`else` of line 69 never taken"),
        Gap(GapKind.LINES, 71, 73, "lines 71-73 never run"),
    ),
    {"EC-once": (60, 61)},
)
GREEN = TestReport(f"{TEST_PATH}::test_once", "EC-once", outcome="passed")
FAILED = TestReport(
    f"{TEST_PATH}::test_pays_twice", "EC-twice", outcome="failed", reason="assert 1 == 2"
)

VERIFIED = Report(
    "verify",
    (SpecReport(SPEC_PATH, "pay", True, (TYPO, VACUOUS), (RED, WORTHLESS), test_path=TEST_PATH),),
)
COVERED = Report(
    "cover",
    (SpecReport(SPEC_PATH, "pay", False, (GATE,), (GREEN, FAILED), COVERAGE, TEST_PATH),),
)
BOUNDARY = Mutant(
    id="0a1b2c3d4e",
    line=69,
    line_text="if total < limit:",
    range=TextRange(Position(68, 13), Position(68, 14)),
    span=Span(0, 1),
    before="<",
    after="<=",
    change="`<` changed to `<=`",
    tests=frozenset({GREEN.id}),
)
SURVIVOR = Finding(
    Code.SURVIVOR, Severity.WARNING, "Nobody noticed.", CODE_PATH, range=BOUNDARY.range
)
WEAK = Finding(Code.STRENGTH, Severity.ERROR, "The strength gate fails.", CODE_PATH)
STRENGTH = StrengthResult(
    CODE_PATH,
    90.0,
    (
        Tried(BOUNDARY, Fate.SURVIVED),
        Tried(BOUNDARY, Fate.NOTICED, GREEN.id),
        Tried(BOUNDARY, Fate.TIMED_OUT, GREEN.id),
        Tried(BOUNDARY, Fate.WAIVED, reason="so it is"),
        Tried(BOUNDARY, Fate.NOT_RUN, reason="no luck"),
    ),
    "a" * 64,
    "b" * 64,
)
STRENGTHENED = Report(
    "cover",
    (
        SpecReport(
            SPEC_PATH,
            "pay",
            findings=(SURVIVOR, WEAK),
            tests=(GREEN,),
            test_path=TEST_PATH,
            strength=STRENGTH,
        ),
    ),
)
UNUSABLE = Report("check", (), (NO_PYTEST,))
FINE = Report("validate", (SpecReport(SPEC_PATH, "pay"), SpecReport("specs/b.yml", "b")))
EVERY_REPORT = (VERIFIED, COVERED, STRENGTHENED, UNUSABLE, FINE)
