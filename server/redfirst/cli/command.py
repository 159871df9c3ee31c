"""What a file in commands/ must offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace


class Subparsers(Protocol):
    """What `ArgumentParser.add_subparsers` returns (its class has no public name)."""

    def add_parser(self, name: str, *, help: str, description: str) -> ArgumentParser:  # noqa: A002  # argparse's word
        """Add a command."""
        ...


class Command(Protocol):
    """A module with these two functions."""

    def add_parser(self, subparsers: Subparsers) -> None:
        """Declare the command's arguments."""
        ...

    def run(self, arguments: Namespace) -> int:
        """Do it; the result is the exit code."""
        ...
