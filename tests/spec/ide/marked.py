"""A spec with a cursor in it, written as `¦`."""

from __future__ import annotations

from redfirst.spec.document import SpecDocument, read_spec

HEAD = """\
function: half
module: maths
signature: "half(number: int) -> int"
behavior: Half of an even number.
"""


def at_cursor(marked: str) -> tuple[SpecDocument, int]:
    """The spec without the mark, and where that stood."""
    offset = marked.index("¦")
    return read_spec(marked.replace("¦", "")), offset
