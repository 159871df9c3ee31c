"""The header says where a module came from; edits show, a formatter's work does not."""

from __future__ import annotations

import pytest

from redfirst.generation.checksum import checksum
from redfirst.generation.provenance import (
    Provenance,
    body_of,
    has_drifted,
    is_current,
    read_provenance,
    stale_cases,
    write_header,
)
from redfirst.spec.model import Fingerprints

BODY = '''"""Tests of lib.f."""

from lib import f


def test_one() -> None:
    """EC-one: one -> "1"

    More words.
    """
    assert f(1, ["x"]) == {"a": 1_000}  # a comment
'''

PROVENANCE = Provenance(
    spec_path="specs/f.yml",
    fingerprint="f" * 16,
    cases={"EC-one": "1" * 16, "EC-two": "2" * 16},
    provider="anthropic",
    model="some-model",
    checksum=checksum(BODY),
)
MODULE = write_header(PROVENANCE) + BODY


def test_what_is_written_is_read() -> None:
    assert read_provenance(MODULE) == PROVENANCE
    assert body_of(MODULE) == BODY
    assert not has_drifted(MODULE)


def test_the_header_is_comments_that_fit_on_a_line() -> None:
    lines = write_header(PROVENANCE).splitlines()
    assert all(line.startswith("# ") and len(line) <= 88 for line in lines)
    assert "specs/f.yml" in lines[0]


@pytest.mark.parametrize(
    "path",
    [
        "specs/a b.yml",
        "specs/ä漢.yml",
        "specs/x\nimport os.yml",
        "50%.yml",
        "a%41.yml",
        "a=b.yml",
        "\udc80",
    ],
)
def test_any_path_survives_and_stays_in_its_comment(path: str) -> None:
    header = write_header(Provenance(path, "f", {}, "examples", None, "c"))
    read = read_provenance(header)
    assert read is not None
    assert (read.spec_path, read.model, read.damage) == (path, None, None)
    assert all(line.startswith("#") for line in header.splitlines())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x = 1\n",
        "# Copyright\n\nimport lib\n",
        "'''# redfirst: spec=a'''",
        "\0",
        "def (",
        "# redfirst is nice",
    ],
)
def test_a_module_written_by_hand_has_no_provenance(text: str) -> None:
    assert read_provenance(text) is None
    assert not has_drifted(text)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("# redfirst: fingerprint=ffffffffffffffff\n", "", "lacks `fingerprint`"),
        ("# redfirst: body=", "# redfirst: bodi=", "does not know `bodi`"),
        ("# redfirst: provider=anthropic", "# redfirst: provider=", "lacks `provider`"),
        ("# redfirst: model", "# redfirst: model=x\n# redfirst: model", "says `model` twice"),
        ("# redfirst: spec=specs/f.yml", "<<<<<<< HEAD", "lacks `spec`"),
    ],
)
def test_a_damaged_header_is_told_from_none(old: str, new: str, says: str) -> None:
    assert old in MODULE
    text = MODULE.replace(old, new)
    provenance = read_provenance(text)
    assert provenance is not None
    assert says in (provenance.damage or "")
    assert has_drifted(text)


@pytest.mark.parametrize("length", range(0, len(MODULE), 7))
def test_no_prefix_of_a_module_raises_and_none_passes_for_whole(length: int) -> None:
    text = MODULE[:length]
    assert has_drifted(text) or read_provenance(text) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n", "\r\n"),
        ("\n", "\r"),
        ('"""Tests', '\ufeff"""Tests'[1:]),
        ('["x"]', "['x']"),
        ('["x"]', '[\n        "x",\n    ]'),
        ("assert f(1", "assert f( 1"),
        ('f(1, ["x"]) ==', '(f(1, ["x"])) =='),
        ('"a"', "'a'"),
        ("1_000}", "1000}"),
        ("  # a comment", " #a comment   "),
        ("    More words.\n", "    More words.   \n\n"),
        ("from lib import f\n", "from lib import (\n    f,\n)\n"),
        ("\n\n\ndef", "\ndef"),
    ],
)
def test_formatting_is_no_drift(old: str, new: str) -> None:
    header, body = MODULE[: -len(BODY)], BODY
    assert old in body
    assert not has_drifted(header + body.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("f(1,", "f(2,"),
        ("==", "!="),
        ('["x"]', '("x",)'),
        ("1_000", "1_000.0"),
        ("# a comment", "# noqa"),
        ("# a comment", ""),
        ("EC-one", "EC-two"),
        ("More words", "Less words"),
        ("assert f", "assert not f"),
        ('"1"', "'1'"),
        ("-> None", ""),
        ("from lib import f", "from lib import g as f"),
        ("assert", "assert ("),
        ('"x"', '"x "'),
    ],
)
def test_an_edit_is_drift(old: str, new: str) -> None:
    assert old in BODY
    assert has_drifted(MODULE.replace(BODY, BODY.replace(old, new)))


def test_a_comment_above_the_header_is_an_edit() -> None:
    assert not has_drifted("\ufeff\n" + MODULE)
    assert has_drifted("# mine\n" + MODULE)


@pytest.mark.parametrize("body", ["x = (", "\0", "(" * 5000, "x = 0x" + "f" * 5000, "x = '\\d'\n"])
def test_any_body_has_a_checksum(body: str) -> None:
    assert checksum(body) == checksum(body + "\r\n")
    assert checksum(body) != checksum(body + "\ny = 1\n")


def test_only_what_changed_is_stale() -> None:
    now = Fingerprints("e" * 16, {"EC-one": "1" * 16, "EC-two": "3" * 16, "EC-three": "4" * 16})
    assert stale_cases(PROVENANCE, now) == {"EC-two", "EC-three"}
    removed = Fingerprints("e" * 16, {"EC-one": "1" * 16})
    assert stale_cases(PROVENANCE, removed) == {"EC-two"}


def test_current_means_same_spec_same_meaning_no_edit() -> None:
    same = Fingerprints(PROVENANCE.fingerprint, PROVENANCE.cases)
    assert is_current(MODULE, "specs/f.yml", same)
    assert not is_current(MODULE, "specs/g.yml", same)
    assert not is_current(MODULE + "x = 1\n", "specs/f.yml", same)
    assert not is_current(BODY, "specs/f.yml", same)
    assert not is_current(MODULE, "specs/f.yml", Fingerprints("e" * 16, PROVENANCE.cases))
