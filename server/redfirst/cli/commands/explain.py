"""`redfirst explain`: the page of a finding."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from rich.markdown import Markdown
from rich.text import Text

from redfirst.cli.console import output, show
from redfirst.cli.mistake import Mistake
from redfirst.project.shipped import shipped
from redfirst.spec.codes import Code

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from redfirst.cli.command import Subparsers

_GROUPS: Final = {
    "RF1": "The spec",
    "RF2": "The static gate",
    "RF3": "Verdicts",
    "RF4": "Runs and coverage",
    "RF5": "Generation and refactoring",
    "RF9": "Environment",
}
_READABLE: Final = 100  # cells; longer lines of prose tire the eye


def add_parser(subparsers: Subparsers) -> None:
    """Declare the command's arguments."""
    parser = subparsers.add_parser(
        "explain",
        help="what a finding means, with a bad and a good example",
        description="Show the page of a finding. Without a code: list all findings.",
    )
    parser.add_argument("code", nargs="?", metavar="CODE", help="such as RF133")


def run(arguments: Namespace) -> int:
    """Print one page, or the list of all."""
    if arguments.code is None:
        show(output(), _catalogue())
        return 0
    page = _page(_find(arguments.code))
    console = output()
    if console.is_terminal:
        console.print(Markdown(page), width=min(console.width, _READABLE))
    else:
        print(page, end="")
    return 0


def _catalogue() -> Iterator[Text]:
    group = ""
    for code in Code:
        if not code.startswith(group) or not group:
            group = code.value[:3]
            yield Text(f"{_GROUPS.get(group, group)}", "bold")
        yield Text.assemble("  ", (code.value, "cyan"), f"  {_heading(code)}")


def _heading(code: Code) -> str:
    """What the page of the finding is called."""
    return _page(code).partition("\n")[0].partition(": ")[2].replace("`", "")


def _find(word: str) -> Code:
    wanted = f"RF{word}" if word.isdigit() else word.upper()
    if wanted in set(Code):
        return Code(wanted)
    begins = [code for code in Code if code.startswith(wanted) and len(wanted) > len("RF")]
    close = begins[:3] or get_close_matches(wanted, list(Code), n=3, cutoff=0.75)
    hint = f" Did you mean {' or '.join(close)}?" if close else ""
    raise Mistake(f"There is no finding `{word}`.{hint} `redfirst explain` lists all.")


def _page(code: Code) -> str:
    return shipped(f"docs/findings/{code.value}.md").read_text("utf-8")
