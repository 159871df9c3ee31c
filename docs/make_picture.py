"""Draw docs/images/verify.svg: what `redfirst verify --table` shows, with one vacuous test in it.

Run it in a checkout: `.venv/bin/python docs/make_picture.py`. The tests really meet their stubs;
only the list of tests above the table is left out, so that the picture fits above a README.
"""  # noqa: INP001 - a script beside the pages, no package

from __future__ import annotations

import asyncio
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from redfirst.cli.demo.changes import HONEST, HURRIED, SPEC, TESTS, VACUOUS
from redfirst.cli.formats.text.findings import finding_block
from redfirst.cli.formats.text.glyphs import UNICODE
from redfirst.cli.formats.text.stub_table import legend, stub_table
from redfirst.project.project import project_at
from redfirst.spec.document import read_spec
from redfirst.workflow.progress import Silent
from redfirst.workflow.verify import verify_source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redfirst.workflow.report import Finding
    from redfirst.workflow.verify import Verification

ROOT: Final = Path(__file__).parents[1]
PICTURE: Final = ROOT / "docs" / "images" / "verify.svg"

WIDTH: Final = 92
THEME: Final = TerminalTheme(
    background=(22, 27, 34),
    foreground=(230, 237, 243),
    normal=[
        (72, 79, 88),
        (255, 123, 114),
        (86, 211, 100),
        (227, 179, 65),
        (121, 192, 255),
        (210, 168, 255),
        (86, 212, 221),
        (230, 237, 243),
    ],
)
# No font is fetched from anywhere; the dark panel and its edge stand out on white and on black.
SVG: Final = """\
<svg viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<title>The table tests x stubs of redfirst verify</title>
<style>
.{unique_id}-matrix {{
    font-family: "Fira Code", ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono",
        monospace;
    font-size: {char_height}px;
    line-height: {line_height}px;
}}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def main() -> None:
    """Verify, and write what was seen as a picture."""
    honest = (ROOT / TESTS).read_text("utf-8")
    source = honest.replace(HONEST, VACUOUS)
    if source == honest:
        raise SystemExit(f"{TESTS} has no longer the line that this script makes vacuous.")
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(draw(asyncio.run(verified(source)), source), "utf-8")


async def verified(source: str) -> Verification:
    """The verdicts on the tests of `source`."""
    document = read_spec((ROOT / SPEC).read_text("utf-8"))
    if document.spec is None:
        raise SystemExit(f"{SPEC} is not a usable spec.")
    return await verify_source(project_at(ROOT), document.spec, HURRIED, source, Silent())


def draw(seen: Verification, source: str) -> str:
    """The picture as SVG."""
    console = Console(
        file=StringIO(), record=True, width=WIDTH, force_terminal=True, color_system="truecolor"
    )
    console.print(f"[bold]$[/] redfirst verify {SPEC} --test {HURRIED} --table", style="none")
    console.print()
    console.print(stub_table(seen.tests, seen.findings, UNICODE))
    console.print(Text(legend(seen.tests, UNICODE).plain))
    console.print()
    for finding in told(seen):
        console.print(finding_block(finding, {HURRIED: source}, UNICODE))
    return console.export_svg(
        title="redfirst verify", theme=THEME, code_format=SVG, unique_id="redfirst"
    )


def told(seen: Verification) -> Sequence[Finding]:
    """The findings that are about a verdict."""
    return [one for one in seen.findings if one.code.startswith("RF3")]


if __name__ == "__main__":
    main()
