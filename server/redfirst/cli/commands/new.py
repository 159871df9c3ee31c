"""`redfirst new`: start a spec."""

from __future__ import annotations

import json
import os
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

from redfirst.cli.mistake import Mistake
from redfirst.cli.schema_copy import SCHEMA_NAME, put_schema
from redfirst.project.fault import ProjectError
from redfirst.project.files import replace_file
from redfirst.project.layout import snake_case
from redfirst.project.project import Project, open_project
from redfirst.spec.rules.function import is_name
from redfirst.spec.signature import SignatureFault, parse_signature

if TYPE_CHECKING:
    from argparse import Namespace

    from redfirst.cli.command import Subparsers

_MOST_PARTS: Final = 2  # of `Class.method`
_TEMPLATE: Final = Template("""\
# yaml-language-server: $$schema=$schema
function: $function
module: $module
signature: $signature

# What $name does, in plain sentences. Tests are written from this file alone, so say what decides
# a result: order, ties, rounding, limits, what happens to the arguments.
behavior: >
  Say here what $name does, in a few sentences.

# The data types that the signature names, when no module of Python has them:
# types:
#   Entry:
#     id: str
#     amount_cents: int

# One line for each: condition -> outcome. Each becomes one test. With worked examples the tests
# can be written without a model; all values are Python expressions.
edge_cases:
  - empty input -> empty result
#  - case: one item -> that item
#    examples:
#      - call: $call(["a"])
#        returns: '["a"]'

# condition -> raise Exception("message")
# errors:
#   - negative total -> raise ValueError("negative total")
""")


def add_parser(subparsers: Subparsers) -> None:
    """Declare the command's arguments."""
    parser = subparsers.add_parser(
        "new",
        help="start a spec from a template",
        description="Write a spec to fill in. An existing file is never replaced.",
    )
    parser.add_argument("name", metavar="NAME", help="the function, or Class.method")
    parser.add_argument(
        "--module", required=True, metavar="MODULE", help="its module, such as shop.money"
    )
    parser.add_argument(
        "--signature", metavar="TEXT", help='such as "(text: str) -> int" (default: to fill in)'
    )


def run(arguments: Namespace) -> int:
    """Write the spec, and say what to do next."""
    function, module = arguments.name, arguments.module
    if function.count(".") >= _MOST_PARTS or not _is_dotted_name(function):
        raise Mistake(f"`{function}` is not a function's name, such as parse_amount or Basket.add.")
    if not _is_dotted_name(module):
        raise Mistake(f"`{module}` is not a module's name, such as shop.money.")
    signature = _signature(arguments.signature, function)
    try:
        project = open_project(Path.cwd())
        path = _write(project, function, module, signature)
    except ProjectError as error:
        raise Mistake(error.fault.message) from error
    shown = Path(os.path.relpath(path)).as_posix()
    print(f"Wrote {shown}.\n\nNext: fill it in, then: redfirst validate {shown}")
    return 0


def _is_dotted_name(text: str) -> bool:
    return all(map(is_name, text.split(".")))


def _signature(text: str | None, function: str) -> str:
    if text is None:
        name = function.rpartition(".")[2]
        return (
            f"{name}(self, items: list[str]) -> list[str]"
            if "." in function
            else (f"{name}(items: list[str]) -> list[str]")
        )
    signature = parse_signature(text, function)
    if isinstance(signature, SignatureFault):
        raise Mistake(f"`{text}` is not a signature of `{function}`: {signature.message}")
    return text


def _write(project: Project, function: str, module: str, signature: str) -> Path:
    folder = project.root / project.configuration.specs[0]
    path = folder / f"{snake_case(function)}.yml"
    if path.exists():
        raise Mistake(f"{project.relative(path)} exists already and was left as it is.")
    text = _TEMPLATE.substitute(
        schema=SCHEMA_NAME,
        function=function,
        module=module,
        name=function.rpartition(".")[2],
        call=function.replace(".", "()."),
        signature=json.dumps(signature, ensure_ascii=False),
    )
    replace_file(path, text, expected=None, shown=project.relative(path))
    put_schema(folder)
    return path
