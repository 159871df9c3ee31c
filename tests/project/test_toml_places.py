"""The scan for keys agrees with `tomllib` on what the keys are, on texts made to confuse it."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from redfirst.project.toml_places import key_places

TEXTS = [
    '# [no.table]\n[a] # [b]\nx = "]" # = y\ny = \'[z]\'\n\n[b.c]\nd.e = 1\n"f g" = 2\n',
    'a = """\n[b]\nc = 1\n"""\nd = \'\'\'\n[e]\n\'\'\'\nf = """""x"""""\ng = 1\n',
    "a = [\n  1, # ]\n  [2, '''\n]\nx = 3\n'''],\n]\nb = 1\n[c]\n\td=2\r\n  e  =  3\r\n",
    'a = "\\"\\\\" # \\\nb = """\\"" c = 1\\\\"""\nc = 1\n',
    "[ a . 'b.c' ]\nd = 1979-05-27T07:32:00Z\n[ a.e ]\n-1_ = nan\n",
    "[[a]]\nb = 1\n[a.c]\nd = 2\n[[a]]\nb = 3\n",
    "",
    "\n# nothing but a comment",
]


@pytest.mark.parametrize("text", TEXTS)
def test_every_key_has_its_place(text: str) -> None:
    places = key_places(text)
    every = set(keys(tomllib.loads(text), ()))
    leaves = {path for path in every if not any(other[:-1] == path for other in every)}
    assert leaves <= set(places)
    for path, span in places.items():
        assert span.of(text).strip("\"'").endswith(path[-1])


@pytest.mark.parametrize("text", TEXTS)
def test_there_are_no_other_keys(text: str) -> None:
    assert set(key_places(text)) <= set(keys(tomllib.loads(text), ()))


def keys(table: dict[str, Any], above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for key, value in table.items():
        yield (*above, key)
        values = value if isinstance(value, list) else [value]
        for each in values:
            if isinstance(each, dict):
                yield from keys(each, (*above, key))


def test_inside_inline_tables_there_are_no_places() -> None:
    assert set(key_places("a = {b = 1, c = {d = 2}}\ne = 1\n")) == {("a",), ("e",)}
