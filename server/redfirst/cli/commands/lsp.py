"""`redfirst lsp`: the language server."""

from __future__ import annotations

import gc
from argparse import ArgumentTypeError
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from argparse import Namespace

    from redfirst.cli.command import Subparsers

_LAST_PORT: Final = 65535


def add_parser(subparsers: Subparsers) -> None:
    """Declare the command's arguments."""
    parser = subparsers.add_parser(
        "lsp",
        help="the language server, for editors",
        description="Serve one editor on standard input and output. docs/lsp.md says how to "
        "point an editor at it.",
    )
    parser.add_argument(
        "--stdio", action="store_true", help="standard input and output (the default)"
    )
    parser.add_argument(
        "--tcp",
        type=_address,
        metavar="[HOST:]PORT",
        help="for debugging: listen there instead, for one client (default host: 127.0.0.1)",
    )


def run(arguments: Namespace) -> int:
    """Serve until the editor leaves."""
    gc.disable()  # until all is imported: nothing of that is ever garbage
    # The protocol takes its time to import: only the editor that asks for it should pay.
    from redfirst.lsp.leaving import leave  # noqa: PLC0415
    from redfirst.lsp.start import serve  # noqa: PLC0415

    code = serve(arguments.tcp)
    leave(code)
    return code


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not port.isascii() or not port.isdigit() or int(port) > _LAST_PORT:
        raise ArgumentTypeError(f"`{text}` names no port, such as `2087` or `127.0.0.1:2087`")
    return host or "127.0.0.1", int(port)
