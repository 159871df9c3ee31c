"""The messages between the server and the probe in the project's interpreter.

Standard library only, Python 3.10 and newer, nothing of ours: this file is loaded by both sides,
and one of them is an interpreter that redfirst was never installed in. One message is one line of
JSON with its type's name under "is".
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, get_args


@dataclass(frozen=True)
class Measure:
    """Ask for line and branch coverage of the module `module`, whose source is the file `target`.

    `contexts` asks which test reached which line. `data_folder` is an existing folder for files
    that coverage.py must write (empty: the temporary one); nothing is written into the project.
    """

    module: str
    target: str
    contexts: bool
    data_folder: str
    html_folder: str | None = None


@dataclass(frozen=True)
class Run:
    """One run of pytest on one file.

    `run` names the run in every event. `test_file` is relative to the working directory.
    `modules` maps dotted names to sources served instead of what is on disk; the names in
    `absent` cannot be imported at all. `texts` maps paths of Python files to what is loaded as if
    it stood there; `stand_ins` maps them to files that are loaded, and measured, in their place;
    their names must be others, or coverage.py takes one for the other. `only` and `skip` hold
    node ids; `only` empty means all.
    `stub` chooses what the served module does; a process that was given a run with a stub is given
    only runs of the same file and modules from then on. `stubs` maps node ids of tests that meet
    another stub than the rest of the run to its name. `repeatable`: its tests leave nothing behind
    that the next run in the same process could notice. `backwards`: the last test goes first.
    `until_failure`: no other test follows the first one that does not pass.
    `timeout` is in seconds and holds for each test and, with a few seconds of grace for pytest
    itself, for everything before the first test.
    """

    run: str
    test_file: str
    modules: dict[str, str] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    stand_ins: dict[str, str] = field(default_factory=dict)
    stub: str = ""
    stubs: dict[str, str] = field(default_factory=dict)
    repeatable: bool = False
    backwards: bool = False
    until_failure: bool = False
    only: list[str] = field(default_factory=list)
    skip: list[str] = field(default_factory=list)
    timeout: float = 10.0
    measure: Measure | None = None


@dataclass(frozen=True)
class Ready:
    """The probe's first words: what it runs on.

    `installed` are the folders of installed packages; only a template looks for them.
    """

    python: str
    pytest: str
    coverage: str | None
    installed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Unavailable:
    """The probe cannot work here: `what` is "pytest" or "coverage", `message` the import error.

    `what` is "template" when a process cannot be prepared; others can do its work.
    """

    what: str
    message: str


@dataclass(frozen=True)
class Spawned:
    """A process serves the run; `group` is its process group, for the client to end.

    Only between probe and client: the client does not pass it on.
    """

    run: str
    group: int


@dataclass(frozen=True)
class Enter:
    """Ask a prepared process to serve in `folder`, with temporary files in the folder `scratch`.

    A template forks for it; the streams of the fork come beside the message.
    """

    folder: str
    scratch: str


@dataclass(frozen=True)
class Preload:
    """Ask a prepared process to import installed modules, as far as that has no other effect."""

    modules: list[str]


@dataclass(frozen=True)
class Prepare:
    """Ask a process to do for `test_file` all that pytest does before it collects.

    Only runs of that file may follow; they may measure the file `target`, as in `Measure`.
    """

    test_file: str
    target: str | None = None


@dataclass(frozen=True)
class Prepared:
    """The answer: runs are awaited; or why they would not be what they are in a new process."""

    obstacle: str | None


@dataclass(frozen=True)
class Forked:
    """A template has forked; the fork leads the session and group `process`."""

    process: int


@dataclass(frozen=True)
class Gone:
    """A fork of a template is over, and so is what it left behind. `code` as Python gives it."""

    process: int
    code: int


@dataclass(frozen=True)
class Learned:
    """A run imported these installed modules, of which a prepared process could have had them."""

    modules: list[str]


@dataclass(frozen=True)
class Collected:
    """The node ids that will be run, in order, and the markers that the project declares."""

    run: str
    tests: list[str]
    markers: list[str]


@dataclass(frozen=True)
class CollectionFailed:
    """The test module could not be imported or collected. `line` is in the test file, from 1."""

    run: str
    exception: str
    message: str
    line: int | None


@dataclass(frozen=True)
class Started:
    """A test begins."""

    run: str
    test: str


@dataclass(frozen=True)
class Finished:
    """A test ended.

    `outcome` is "passed", "failed" (in the call), "error" (in setup or teardown), "skipped",
    "xfailed" or "xpassed"; for a test that never reported, the client that watched its process
    says "timeout" (cut at the limit) or "lost" (the process ended inside the test); a test that
    outlived the process that runs it is "lost", too. `calls` counts
    the calls of the function under test with arguments that its signature takes (0: the test never
    reached it). `misfit`: it was called with arguments that it does not take, in Python's words.
    `unanswered`: a witness was asked something that no example answers; `lies` are what it answered
    wrongly on purpose, in words.
    `exception` is the dotted type of what ended the test, `message` its text, `line` the line of
    the test file (from 1) that it passed through last, `seconds` how long the test took.
    `in_test`: the exception was raised by code of the test file itself, not deeper.
    `refused`: the number of the operating system's error that it came of, if it came of one.
    """

    run: str
    test: str
    outcome: str
    calls: int
    misfit: str | None
    unanswered: bool
    lies: list[str]
    exception: str | None
    message: str
    line: int | None
    in_test: bool
    seconds: float
    refused: int | None = None


@dataclass(frozen=True)
class Measured:
    """What coverage.py says of one file, in its own words; lines count from 1.

    A branch is `[from, to]`; `to` is negative when it leaves the code object. `contexts` maps a
    line to the node ids of the tests that ran it. `sha256` is of the file's bytes before the run.
    Of a file that is `omitted` in the user's settings nothing else is said.
    """

    run: str
    target: str
    sha256: str
    statements: list[int]
    excluded: list[int]
    missing: list[int]
    branches: list[list[int]]
    missing_branches: list[list[int]]
    contexts: dict[str, list[str]]
    omitted: bool = False


@dataclass(frozen=True)
class Ended:
    """A run is over.

    `exit_code` is pytest's, or `None` when the process that ran it was lost: killed by `signal`,
    cut at the time limit (`timed_out`), or gone with code `lost_with` before it had reported.
    `output` is the tail of what it wrote to its standard output and error.
    """

    run: str
    exit_code: int | None
    signal: int | None = None
    timed_out: bool = False
    lost_with: int | None = None
    output: str = ""


OUTPUT_MARK = b"\x00redfirst: output ends here\x00"  # on standard error, after each run

Message = (
    Run
    | Ready
    | Unavailable
    | Spawned
    | Enter
    | Preload
    | Prepare
    | Prepared
    | Forked
    | Gone
    | Learned
    | Collected
    | CollectionFailed
    | Started
    | Finished
    | Measured
    | Ended
)


_KINDS: dict[str, Any] = {kind.__name__: kind for kind in get_args(Message)}


def encode(message: Message) -> bytes:
    """One line of JSON, line feed included."""
    values = asdict(message) if isinstance(message, Run) else vars(message)  # asdict is slow
    return json.dumps({"is": type(message).__name__, **values}).encode() + b"\n"


def decode(line: bytes) -> Message:
    """The message of one line; `ValueError` when it is none of ours."""
    try:
        values = json.loads(line)
        kind = _KINDS[values.pop("is")]
        if kind is Run and values.get("measure") is not None:
            values["measure"] = Measure(**values["measure"])
        message: Message = kind(**values)
    except (KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
        raise ValueError(f"not a message of the probe: {line[:200]!r}") from error
    return message
