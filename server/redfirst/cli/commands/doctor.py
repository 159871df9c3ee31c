"""`redfirst doctor`: what was found on this machine."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.text import Text

from redfirst import __version__
from redfirst.cli.console import glyphs_for, output, show
from redfirst.cli.diagnosis import Check, State, diagnose
from redfirst.cli.formats.text.visible import visible

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from redfirst.cli.command import Subparsers
    from redfirst.cli.formats.text.glyphs import Glyphs

_STYLES: Final = {State.OK: "green", State.WARN: "yellow", State.MISSING: "red"}


def add_parser(subparsers: Subparsers) -> None:
    """Declare the command's arguments."""
    parser = subparsers.add_parser(
        "doctor",
        help="what was found on this machine",
        description="Say which project, interpreter, pytest, coverage, sandbox, specs and provider "
        "are used, and why. With a key in the environment: whether the model can be reached, which "
        "costs nothing. Nothing is changed.",
    )
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help="text for people, or json (schemas/doctor.schema.json) (default: text)",
    )


def run(arguments: Namespace) -> int:
    """Print the diagnosis; 1 when something that the loop needs is missing."""
    checks = tuple(diagnose(Path.cwd()))
    ok = all(check.state is not State.MISSING for check in checks)
    if arguments.format == "json":
        print(_document(checks, ok=ok))
    else:
        console = output()
        show(console, (_line(check, glyphs_for(console)) for check in checks))
    return 0 if ok else 1


def _document(checks: Iterable[Check], *, ok: bool) -> str:
    values = {"redfirst": __version__, "ok": ok, "checks": [asdict(check) for check in checks]}
    return json.dumps(values, indent=2)


def _line(check: Check, glyphs: Glyphs) -> Text:
    mark = {State.OK: glyphs.good, State.WARN: "!", State.MISSING: glyphs.bad}[check.state]
    hint = f"\n{' ' * 25}{visible(check.hint)}" if check.hint else ""
    return Text.assemble(
        (f"{mark} {check.state.value:<8}", _STYLES[check.state]),
        (f" {check.name:<12}", "bold"),
        f"  {visible(check.text)}",
        (hint, "dim"),
    )
