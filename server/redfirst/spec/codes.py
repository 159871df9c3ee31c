"""Every finding that the product can report: one stable code, one documentation page each."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Code(StrEnum):
    """The catalogue. A code is never reused for another meaning.

    `RF1xx` the spec, `RF2xx` the static gate, `RF3xx` verdicts, `RF4xx` runs and coverage,
    `RF5xx` generation and refactoring, `RF9xx` environment.
    """

    # The spec: YAML.
    YAML_SYNTAX = "RF100"
    DUPLICATE_KEY = "RF101"
    UNKNOWN_KEY = "RF102"
    MISSING_KEY = "RF103"
    WRONG_SHAPE = "RF104"
    YAML_RETYPED = "RF105"
    BECAME_MAPPING = "RF106"
    TAB_INDENT = "RF107"
    UNCLOSED_QUOTE = "RF108"
    RESERVED_START = "RF109"
    CUT_BY_COMMENT = "RF110"
    TOO_LARGE = "RF111"
    YAML_FEATURE_REFUSED = "RF112"
    NOT_A_SPEC = "RF113"
    # The spec: function, signature, types.
    SIGNATURE_SYNTAX = "RF120"
    SIGNATURE_NAME = "RF121"
    MODULE_NAME = "RF122"
    FUNCTION_NAME = "RF123"
    UNKNOWN_TYPE = "RF124"
    TYPE_DEFINITION = "RF125"
    IMPORT_STATEMENT = "RF126"
    # The spec: cases.
    ERROR_LINE = "RF130"
    UNKNOWN_EXCEPTION = "RF131"
    NO_ARROW = "RF132"
    DUPLICATE_CASE = "RF133"
    CONTRADICTORY_CASES = "RF134"
    CASE_ID = "RF135"
    THIN_BEHAVIOR = "RF136"
    FLOAT_MONEY = "RF137"
    NO_CASES = "RF138"
    EMPTY_HALF = "RF139"
    EXPRESSION_SYNTAX = "RF140"
    UNKNOWN_NAME = "RF141"
    EXAMPLE_OUTCOME = "RF142"
    EXAMPLE_CALL = "RF143"
    EXAMPLE_DISAGREES = "RF144"
    WAIVER = "RF145"
    SETTING = "RF146"
    # The static gate.
    TEST_SYNTAX = "RF200"
    PROSE_AROUND_CODE = "RF201"
    IMPORT_NOT_ALLOWED = "RF202"
    MODULE_DENIED = "RF203"
    UNDECLARED_MARKER = "RF204"
    SKIPPED_TEST = "RF205"
    CASE_WITHOUT_TEST = "RF206"
    TEST_WITHOUT_CASE = "RF207"
    ERROR_WITHOUT_RAISES = "RF208"
    RAISES_WITHOUT_MATCH = "RF209"
    RAISES_WRONG_TYPE = "RF210"
    MATCH_MISSES_MESSAGE = "RF211"
    FLOAT_EQUALITY = "RF212"
    PATCHED_TARGET = "RF213"
    NO_ASSERTION = "RF214"
    IMPLEMENTATION_IN_TEST = "RF215"
    SHADOWED_TEST = "RF216"
    TARGET_NOT_CALLED = "RF217"
    ASSERTION_CANNOT_FAIL = "RF218"
    EXPECTATION_UNREAD = "RF219"
    LISTS_ORDERED = "RF220"
    # Verdicts.
    VACUOUS = "RF301"
    WEAK = "RF302"
    BROKEN = "RF303"
    CONTRADICTORY = "RF304"
    INCONCLUSIVE = "RF305"
    UNSTABLE = "RF306"
    MODULE_BROKEN = "RF307"
    NO_TESTS = "RF308"
    # Runs and coverage.
    CASE_RED = "RF401"
    LINE_GAP = "RF402"
    BRANCH_GAP = "RF403"
    GATE = "RF404"
    NO_IMPLEMENTATION = "RF405"
    NOT_MEASURED = "RF406"
    RUN_UNFINISHED = "RF407"
    SURVIVOR = "RF408"
    STRENGTH = "RF409"
    UNUSED_WAIVER = "RF410"
    # Generation and refactoring.
    NEEDS_EXAMPLE = "RF501"
    STALE = "RF502"
    DRIFT = "RF503"
    TEST_MISSING = "RF504"
    NOT_OURS = "RF505"
    DRAFT_REFUSED = "RF506"
    ANSWER_UNUSABLE = "RF507"
    PROVENANCE = "RF508"
    TRANSCRIPT_MISSING = "RF509"
    CHANGE_REFUSED = "RF510"
    # Environment.
    NO_INTERPRETER = "RF901"
    NO_PYTEST = "RF902"
    NO_COVERAGE = "RF903"
    CONFIGURATION = "RF904"
    PYTEST_UNUSABLE = "RF905"
    UNREADABLE_FILE = "RF906"
    TEST_PATH_SHARED = "RF907"
    RUNNER_DIED = "RF908"
    SANDBOX_MISSING = "RF909"
    NO_SPECS = "RF910"
    DENIED = "RF911"
    NO_MODEL = "RF912"


# What a server for YAML says too, when it knows the schema of specs.
SHAPE: Final = frozenset(
    {Code.YAML_SYNTAX, Code.DUPLICATE_KEY, Code.UNKNOWN_KEY, Code.MISSING_KEY, Code.WRONG_SHAPE}
)
