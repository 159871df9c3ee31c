"""The entry point: which command, and what becomes of what it could not handle."""

from __future__ import annotations

import os
import sys
import traceback
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from importlib import import_module
from typing import TYPE_CHECKING, Final, TextIO, cast

from redfirst import __version__
from redfirst.cli.mistake import Mistake

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redfirst.cli.command import Command

UNUSABLE: Final = 2
INTERRUPTED: Final = 130
_DEBUG: Final = "--debug"

COMMANDS: Final = {
    "init": "set redfirst up in this project",
    "new": "start a spec from a template",
    "validate": "find problems in specs",
    "generate": "write the test module of a spec",
    "skeleton": "start the module of a spec, with nothing in it",
    "verify": "prove that tests fail before the code exists",
    "cover": "run the tests on the implementation: cases, gaps, gate",
    "check": "all of it, for CI: valid, fresh, red verified, green, covered",
    "refactor": "a change to the implementation, kept only if tests and gate hold",
    "audit": "where generated tests come from, and what a model was shown",
    "explain": "what a finding means, with a bad and a good example",
    "doctor": "what was found on this machine",
    "lsp": "the language server, for editors",
    "demo": "watch the whole loop on a worked example",
}

_DESCRIPTION: Final = "Tests written from a spec, proven red before they are trusted."
_EPILOG: Final = """\
a first walk through the loop:
  redfirst init
  redfirst new parse_amount --module shop.money
  redfirst validate
  redfirst generate specs/parse_amount.yml
  redfirst cover specs/parse_amount.yml

exit codes: 0 it holds, 1 there are findings, 2 nothing can be said
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    words = [word for word in given if word != _DEBUG]  # welcome before and behind the command
    _survive_any_encoding(sys.stdout, sys.stderr)
    try:
        return _run(words)
    except BrokenPipeError:
        _forget_output()
        return 1
    except KeyboardInterrupt:
        _say("interrupted")
        return INTERRUPTED
    except Mistake as mistake:
        _say(str(mistake))
        return UNUSABLE
    except Exception as error:  # noqa: BLE001  # the last place that can turn it into words
        return _report_our_fault(error, debug=_DEBUG in given)


def _run(words: list[str]) -> int:
    parser = _parser(words)
    arguments = parser.parse_args(words)
    if arguments.command is None:
        parser.print_help()
        return UNUSABLE
    code = _module(arguments.command).run(arguments)
    sys.stdout.flush()
    return code


def _parser(words: Sequence[str]) -> ArgumentParser:
    """Knows the command that is asked for in full. The others are not imported, and are known by
    name only where they may be told of, so that help is instant, and the language server too.
    """
    parser = ArgumentParser(
        prog="redfirst",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"redfirst {__version__}")
    parser.add_argument(
        _DEBUG, action="store_true", help="show the traceback when redfirst itself fails"
    )
    subparsers = parser.add_subparsers(
        dest="command", title="commands", metavar="COMMAND", prog=parser.prog
    )
    asked = next((word for word in words if not word.startswith("-")), None)
    is_plain = asked in COMMANDS and words[0] == asked
    for name, purpose in COMMANDS.items():
        if name == asked:
            _module(name).add_parser(subparsers)
        elif not is_plain:
            subparsers.add_parser(name, help=purpose)
    return parser


def _module(name: str) -> Command:
    return cast("Command", import_module(f"redfirst.cli.commands.{name}"))


def _report_our_fault(error: Exception, *, debug: bool) -> int:
    if debug:
        traceback.print_exception(error)
    said = " ".join(str(error).split()) or "no message"
    _say(
        f"unexpected {type(error).__name__}: {said}. This is a mistake in redfirst {__version__}: "
        "please report it with the traceback that `redfirst --debug ...` shows."
    )
    return UNUSABLE


def _say(message: str) -> None:
    sys.stderr.write(f"redfirst: {message}\n")


def _survive_any_encoding(*streams: TextIO) -> None:
    """What the terminal's encoding cannot show is printed as an escape instead of failing."""
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _forget_output() -> None:
    """The reader of our pipe has gone; keep Python from complaining about it at exit."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
