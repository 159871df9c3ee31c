"""Models wrap code in Markdown; `strip_prose` unwraps it and counts what it took away."""

from __future__ import annotations

import pytest

from redfirst.generation.gate import strip_prose

CODE = "import os\n\n\ndef test_it():\n    assert os\n"
WITH_FENCE_INSIDE = 'def test_it():\n    """\n```\nlike this\n```\n    """\n    assert 1\n'


@pytest.mark.parametrize(
    ("text", "code", "count"),
    [
        pytest.param(CODE, CODE, 0, id="code only"),
        pytest.param("", "", 0, id="empty"),
        pytest.param("I cannot do that.", "I cannot do that.", 0, id="prose only"),
        pytest.param(f"```python\n{CODE}```", CODE, 2, id="fences"),
        pytest.param(f"```\n{CODE}```\n", CODE, 2, id="fences without a language"),
        pytest.param(f"Sure!\r\n\r\n~~~py\r\n{CODE}~~~\r\nBye.", CODE, 2, id="CRLF and tildes"),
        pytest.param(f"{CODE}```\n", CODE, 1, id="closing fence only"),
        pytest.param(f"```python\n{CODE}", CODE, 1, id="opening fence only"),
        pytest.param(
            f"```python\n{WITH_FENCE_INSIDE}```\n", WITH_FENCE_INSIDE, 2, id="fence in a docstring"
        ),
        pytest.param(WITH_FENCE_INSIDE, WITH_FENCE_INSIDE, 0, id="fence in a docstring only"),
        pytest.param(f"Here are the tests:\n\n{CODE}", CODE, 1, id="introduction"),
        pytest.param(f"{CODE}def test_cut(\n", f"{CODE}def test_cut(\n", 0, id="cut off"),
        pytest.param(
            f"```python\n{CODE}def test_cut(\n", f"{CODE}def test_cut(\n", 1, id="cut off in fence"
        ),
    ],
)
def test_strip_prose(text: str, code: str, count: int) -> None:
    assert strip_prose(text) == (code, count)
