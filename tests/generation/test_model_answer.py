"""Whatever a model sends: a module without anything around it, or a word on why there is none."""

from __future__ import annotations

import json

import pytest

from redfirst.generation.model_answer import NoModuleError, read_answer

CODE = 'def test_one():\n    """EC-one: one -> 1"""\n    assert f(1) == 1\n'
FENCED = f"```python\n{CODE}```\n"
JSON = json.dumps({"plan": [{"case": "EC-one"}], "module": CODE})

MODULES = [
    ("as it should be", JSON, 0),
    ("the module fenced", json.dumps({"plan": [], "module": FENCED}), 2),
    ("sentences in the module", json.dumps({"module": f"Here you are:\n\n{CODE}"}), 1),
    ("JSON in a fence", f"```json\n{JSON}\n```", 1),
    ("JSON after a sentence", f"Here you are: {JSON}", 1),
    ("code alone", CODE, 0),
    ("code in a fence", f"Here:\n{FENCED}Bye.", 2),
    ("a header of ours", f"# redfirst: provider=examples\n{CODE}", 0),
]
NO_MODULES = [
    ("", "it was empty"),
    (" \n", "it was empty"),
    ('{"plan": [], "module": ""}', "it had no `module`"),
    ("I would rather not.", "no code"),
    ("x = 1\n", "no test"),
    (f"One:\n{FENCED}Two:\n{FENCED}", "2 blocks of code"),
]


@pytest.mark.parametrize(("name", "text", "around"), MODULES, ids=[row[0] for row in MODULES])
def test_only_the_code_is_kept(name: str, text: str, around: int) -> None:
    answer = read_answer(text)
    assert (answer.module, answer.stripped > 0) == (CODE, around > 0), name


@pytest.mark.parametrize(("text", "words"), NO_MODULES)
def test_what_holds_no_module_is_told(text: str, words: str) -> None:
    with pytest.raises(NoModuleError, match=words):
        read_answer(text)


def test_the_plan_names_the_cases() -> None:
    assert read_answer(JSON).planned == ("EC-one",)
