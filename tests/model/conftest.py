"""One server and one envoy for all these tests: starting the SDK takes seconds."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from redfirst.project.envoy_process import Envoy
from tests.model.shop import Shop, make_shop
from tests.support.model_server import ModelServer, model_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def running_server() -> Iterator[ModelServer]:
    with model_server() as server:
        yield server


@pytest.fixture
def server(running_server: ModelServer, monkeypatch: pytest.MonkeyPatch) -> ModelServer:
    """The server, as the environment of a person would name it."""
    running_server.script()
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-canary-of-the-key")
    monkeypatch.setenv("ANTHROPIC_BASE_URL", running_server.url)
    monkeypatch.delenv("REDFIRST_MODEL", raising=False)
    return running_server


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="session")
def envoy(runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Envoy]:
    """It serves every test here, as it serves every round of one command."""
    envoy = Envoy(tmp_path_factory.mktemp("elsewhere"))
    yield envoy
    runner.run(envoy.close())


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return make_shop(tmp_path)
