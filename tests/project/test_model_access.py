"""Which model is asked, and with which key: what beats what."""

from __future__ import annotations

import pytest

from redfirst.project.configuration import Configuration
from redfirst.project.model_access import model_access

KEY = {"ANTHROPIC_API_KEY": "sk-1"}
ELSEWHERE = {"ANTHROPIC_BASE_URL": "https://models.example"}


@pytest.mark.parametrize(
    ("of_spec", "environment", "model"),
    [
        (None, {}, "of-project"),
        ("of-spec", {}, "of-spec"),
        ("of-spec", {"REDFIRST_MODEL": "of-person"}, "of-person"),
    ],
)
def test_the_environment_beats_the_spec_which_beats_the_project(
    of_spec: str | None, environment: dict[str, str], model: str
) -> None:
    configuration = Configuration(model="of-project", base_url="http://localhost:8000")
    access = model_access(configuration, of_spec, None, {**KEY, **environment})
    assert (access.model, access.base_url) == (model, "http://localhost:8000")
    assert model_access(configuration, None, None, {**KEY, **ELSEWHERE}).base_url == (
        "https://models.example"
    )


def test_no_key_is_shown_by_what_holds_it() -> None:
    assert "sk-1" not in repr(model_access(Configuration(), None, None, KEY))
    assert model_access(Configuration(), None, "sk-2", KEY).key == "sk-2"
