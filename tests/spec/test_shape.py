"""What does not fit the schema is said in our words; the schema itself fits the model."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from redfirst.spec.model import Example, Settings
from redfirst.spec.parse_cases import LISTS
from redfirst.spec.schema import FILE_NAME, schema
from tests.spec.marked import CASES, HEAD, check, mend, unmarked

ROOT = Path(__file__).parents[2]
FREE = "examples:\n  - {call: 'split_bill(0, 1)', returns: '[0]'"


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        (CASES + "⟦edge_case⟧:\n  - a -> b\n", "RF102"),
        (CASES + "⟦settigs⟧: {timeout: 1}\n", "RF102"),
        (CASES + "settings: {⟦time_out⟧: 1}\n", "RF102"),
        (CASES + FREE + ", ⟦expected⟧: 1}\n", "RF102"),
        ("edge_cases:\n  - {case: a -> b, ⟦exmples⟧: []}\n", "RF102"),
        (CASES + "  - ⟦examples⟧: []\n", "RF103"),
        (CASES + "examples:\n  - {⟦returns⟧: 1}\n", "RF103"),
        (CASES + "errors: ⟦none⟧\n", "RF104"),
        (CASES + "errors:⟦⟧\n", "RF104"),
        (CASES + "  -⟦⟧\n", "RF104"),
        (CASES + "  - ⟦- a -> b⟧\n", "RF104"),
        (CASES + "examples:\n  - ⟦split_bill(0, 1)⟧\n", "RF104"),
        (CASES + "types: ⟦Bill⟧\n", "RF104"),
        (CASES + "  - {case: a -> b, id: ⟦12⟧}\n", "RF105"),
        (CASES + "examples:\n  - {call: 'split_bill(0, 1)', returns: ⟦[0]⟧}\n", "RF109"),
        (CASES + "types:\n  Bill:⟦⟧\n", "RF125"),
        (CASES + "types:\n  Bill:\n    total:⟦⟧\n", "RF125"),
        (CASES + "imports:\n  - ⟦''⟧\n", "RF126"),
        (CASES + "settings:\n  timeout: ⟦soon⟧\n", "RF146"),
        (CASES + "  - {case: a -> b, waive: {weak: ⟦''⟧}}\n", "RF145"),
    ],
)
def test_a_wrong_shape_is_marked_where_it_stands(rest: str, code: str) -> None:
    check(HEAD + rest, code)


@pytest.mark.parametrize("key", ["function", "module", "signature", "behavior"])
def test_each_required_key_is_missed_by_name(key: str) -> None:
    lines = [line for line in HEAD.splitlines() if not line.startswith(f"{key}:")]
    first = lines[0].partition(":")[0]
    marked = "\n".join(lines).replace(first, f"⟦{first}⟧", 1) + "\n" + CASES
    (problem,) = check(marked, "RF103")
    assert problem.message.startswith(f"`{key}` is missing.")


@pytest.mark.parametrize(
    ("rest", "mended"),
    [
        ("settigs:\n  timeout: 1\n", "settings:\n  timeout: 1\n"),
        ("Types:\n  Cents: int\n", "types:\n  Cents: int\n"),
        ("errors: a -> raise KeyError('b')\n", "errors:\n  - a -> raise KeyError('b')\n"),
    ],
)
def test_a_fix_makes_the_shape_right(rest: str, mended: str) -> None:
    assert mend(HEAD + CASES + rest) == HEAD + CASES + mended
    check(HEAD + CASES + mended)


def test_a_key_that_resembles_nothing_lists_what_is_known() -> None:
    (problem,) = check(HEAD + CASES + "settings: {⟦qqq⟧: 1}\n", "RF102")
    assert problem.fix is None
    assert "`threshold`, `strength`, `timeout`, `model`" in problem.message


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n", "word\n", "'text'\n", "\ufeff"])
def test_what_is_no_mapping_is_no_spec(text: str) -> None:
    from redfirst.spec.document import read_spec  # noqa: PLC0415 - reads best beside its use

    document = read_spec(text)
    assert document.spec is None
    assert [problem.code.value for problem in document.problems] == ["RF113"]


def test_no_message_is_in_the_words_of_a_library() -> None:
    text, _ = unmarked(HEAD + "edge_cases: {a: 1}\nerrors: [1, [2]]\ntypes: 3\nqqq: 1\n")
    from redfirst.spec.document import read_spec  # noqa: PLC0415

    for problem in read_spec(text).problems:
        assert "is not of type" not in problem.message
        assert "Additional properties" not in problem.message


def test_the_schema_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(schema())


def test_the_schema_knows_the_keys_that_the_model_holds() -> None:
    defined: dict[str, Any] = schema()["$defs"]
    example_keys = {field.name for field in fields(Example)} - {"span"}
    assert set(defined["example"]["properties"]) == example_keys
    assert set(defined["freeExample"]["properties"]) == example_keys | {"case", "id", "waive"}
    top: dict[str, Any] = schema()["properties"]
    assert set(top["settings"]["properties"]) == {field.name for field in fields(Settings)}
    assert set(LISTS) <= set(top)
    assert set(schema()["required"]) == {"function", "module", "signature", "behavior"}


def test_every_part_of_the_schema_explains_itself() -> None:
    def parts(part: Any) -> list[dict[str, Any]]:
        children = [*part.get("properties", {}).values(), *part.get("$defs", {}).values()]
        nested = [part[name] for name in ("items", "additionalProperties") if part.get(name)]
        return [part, *(one for child in [*children, *nested] for one in parts(child))]

    for part in parts(schema()):
        assert "$ref" in part or {"title", "description", "markdownDescription"} <= set(part)


def test_the_examples_of_the_schema_fit_it() -> None:
    document = schema()
    for name, part in document["$defs"].items():
        validator = Draft202012Validator({**document, "$ref": f"#/$defs/{name}", "required": [],
            "type": ["string", "object", "array", "number", "boolean", "null"],
            "additionalProperties": True, "properties": {}})  # fmt: skip
        for example in part.get("examples", ()):
            assert not list(validator.iter_errors(example)), (name, example)


def test_other_tools_accept_the_schema_and_the_example_specs() -> None:
    specs = [str(path) for path in (ROOT / "specs").glob("*.yml")]
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile"]
    done = subprocess.run(
        [*command, str(ROOT / "schemas" / FILE_NAME), *specs],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_importing_the_reader_does_not_import_jsonschema() -> None:
    code = "import sys, redfirst.spec.document; sys.exit('jsonschema' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
