"""What a person asked for that cannot be done."""

from __future__ import annotations


class Mistake(Exception):  # noqa: N818  # not ours but the caller's, and no failure of the program
    """The message says in one or two plain sentences what is wrong and what to do instead."""
