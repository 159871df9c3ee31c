"""What tests are told of the environment that they run in."""

from __future__ import annotations

from pathlib import Path

import pytest

from redfirst.project.sandbox import Level, Sandbox
from redfirst.project.sandbox.environment import allowed

SCRATCH = Path("/scratch")


@pytest.mark.parametrize(
    "name",
    [
        "ANTHROPIC_API_KEY",
        "ANTHROPIC_BASE_URL",
        "OPENAI_API_KEY",
        "APIKEY",
        "GITHUB_TOKEN",
        "TOKEN",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID_SECRET",
        "DB_PASSWORD",
        "my_api_key",
        "GOOGLE_APPLICATION_CREDENTIALS",
        "PYTEST_ADDOPTS",
        "PYTEST_PLUGINS",
        "PYTEST_CURRENT_TEST",
        "PYTEST_XDIST_WORKER",
        "COVERAGE_PROCESS_START",
        "COVERAGE_CORE",
        "COV_CORE_SOURCE",
    ],
)
def test_secrets_and_meddling_variables_are_dropped(name: str) -> None:
    assert name not in launch({name: "value"})


@pytest.mark.parametrize(
    "name", ["PATH", "HOME", "PYTHONPATH", "PYTHONHASHSEED", "TOKENIZERS_PARALLELISM", "KEYBOARD"]
)
def test_the_rest_is_kept(name: str) -> None:
    assert launch({name: "value"})[name] == "value"


def test_temporary_files_go_to_the_scratch_folder() -> None:
    environment = launch({"TMPDIR": "/tmp"})
    assert [environment[name] for name in ("TMPDIR", "TEMP", "TMP")] == [str(SCRATCH)] * 3


@pytest.mark.parametrize(
    "name", ["ANTHROPIC_API_KEY", "SSH_AUTH_SOCK", "DATABASE_URL", "PYTHONSTARTUP", "LD_PRELOAD"]
)
def test_in_a_sandbox_only_what_is_listed_is_kept(name: str) -> None:
    inside = allowed({name: "value", "LC_TIME": "C", "PYTHONHASHSEED": "1"}, "/tmp", "/tmp/home")
    assert name not in inside
    assert (inside["LC_TIME"], inside["PYTHONHASHSEED"]) == ("C", "1")
    assert (inside["HOME"], inside["TMPDIR"]) == ("/tmp/home", "/tmp")


def test_a_sandbox_is_asked_for() -> None:
    assert Sandbox().level is Level.NONE
    assert Sandbox().launch(("python", "x"), SCRATCH, {}).command == ("python", "x")


def launch(environment: dict[str, str]) -> dict[str, str]:
    return dict(Sandbox().launch(("python",), SCRATCH, environment).environment)
