"""What a model said is kept, and read again only as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from redfirst.project.transcripts import Transcripts

if TYPE_CHECKING:
    from pathlib import Path

REQUEST = {"model": "m", "messages": ["What is 1 + 1?"]}
ANSWER = {"answer": "2", "model": "m"}


def test_the_newest_answer_to_a_question_is_recalled(tmp_path: Path) -> None:
    transcripts = Transcripts(tmp_path)
    for outcome in (ANSWER | {"answer": "3"}, ANSWER, {"failed": "cut"}):
        digest = transcripts.keep(REQUEST, outcome)
    assert transcripts.recall("sum") is None
    transcripts.remember("sum", digest)
    assert transcripts.recall("sum") == (digest, ANSWER)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"request": 1}',
        '{"request": REQUEST}',
        '{"request": REQUEST, "outcomes": [1]}',
    ],
)
def test_one_that_was_spoilt_is_as_if_it_had_never_been(tmp_path: Path, text: str) -> None:
    transcripts = Transcripts(tmp_path)
    digest = transcripts.keep(REQUEST, ANSWER)
    transcripts.remember("sum", digest)
    (file,) = (tmp_path / ".redfirst/transcripts").iterdir()
    whole = '{"model": "m", "messages": ["What is 1 + 1?"]}'
    file.write_text(text.replace("REQUEST", whole))
    assert transcripts.find(digest) is None
    assert transcripts.recall("sum") is None
    assert transcripts.keep(REQUEST, ANSWER) == digest
    assert transcripts.recall("sum") == (digest, ANSWER)
