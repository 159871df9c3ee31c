"""A prepared process does what it is told, in whatever way the orders reach it."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
from typing import TYPE_CHECKING

import pytest

from redfirst.probe import wire
from redfirst.probe.background import OPTION
from redfirst.project import template_process
from redfirst.project.template_process import TemplateProcess
from tests.support.environments import NEW, python_with
from tests.support.processes import descendants

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from redfirst.project.probe_process import ProbeProcess

STEPS = 10  # more than it takes to send an order
PATIENCE = 60.0  # seconds; only a test that fails ever waits that long


@pytest.fixture
def started() -> Callable[[], int]:
    """Tells which process was started since; others may be there for the tests of other files."""
    before = {pid for pid, _ in descendants(os.getpid())}

    def since() -> int:
        (process,) = {pid for pid, _ in descendants(os.getpid())} - before
        return process

    return since


async def asked_in_vain(
    template: TemplateProcess, process: int, folder: Path
) -> asyncio.Task[ProbeProcess]:
    """The template, which is that process, is stopped: it does not hear that it is to fork."""
    os.kill(process, signal.SIGSTOP)
    forking = asyncio.create_task(template.fork(folder))
    for _ in range(STEPS):
        await asyncio.sleep(0)
    return forking


def test_orders_that_come_together(tmp_path: Path, started: Callable[[], int]) -> None:
    """The streams that come with an order to fork are not taken for those of the one before."""

    async def greeting() -> wire.Message | None:
        template = await TemplateProcess.start(python_with(NEW), tmp_path)
        try:
            assert await template.is_prepared()
            process = started()
            os.kill(process, signal.SIGSTOP)
            template.preload(["colorsys"])
            forking = asyncio.create_task(template.fork(tmp_path))
            for _ in range(STEPS):
                await asyncio.sleep(0)
            os.kill(process, signal.SIGCONT)
            fork = await forking
            try:
                return await fork.greet(PATIENCE)
            finally:
                await fork.close()
        finally:
            await template.close()

    assert isinstance(asyncio.run(greeting()), wire.Ready)


def test_whoever_leaves_while_it_forks_leaves_nothing(tmp_path: Path, temporary: Path) -> None:
    """At whatever step: while it forks, and while its streams are connected."""

    async def leave() -> None:
        template = await TemplateProcess.start(python_with(NEW), tmp_path)
        try:
            assert await template.is_prepared()
            for steps in range(STEPS):
                forking = asyncio.create_task(template.fork(tmp_path))
                while not (template._forks or forking.done()):  # noqa: ASYNC110
                    await asyncio.sleep(0)
                for _ in range(steps):
                    await asyncio.sleep(0)
                if forking.cancel():
                    with pytest.raises(asyncio.CancelledError):
                        await forking
                else:
                    await forking.result().close()
                async with asyncio.timeout(PATIENCE):
                    await template.idle()
        finally:
            await template.close()

    asyncio.run(leave())
    assert not list(temporary.iterdir())


def test_nobody_is_told_of_a_loss_after_leaving(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, started: Callable[[], int]
) -> None:
    async def leave() -> None:
        template = await TemplateProcess.start(python_with(NEW), tmp_path)
        assert await template.is_prepared()
        process = started()
        forking = await asked_in_vain(template, process, tmp_path)
        forking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await forking
        os.kill(process, signal.SIGKILL)
        await template.close()

    asyncio.run(leave())
    gc.collect()
    assert not [said for said in caplog.messages if "_ask" in said]


def test_a_fork_that_is_lost_at_once_is_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = tmp_path / "site-packages"
    installed.mkdir()
    lose = "import os\nos.register_at_fork(after_in_child=lambda: os._exit(3))\n"
    (installed / "sitecustomize.py").write_text(lose)
    monkeypatch.setenv("PYTHONPATH", str(installed))

    async def fork() -> None:
        template = await TemplateProcess.start(python_with(NEW), tmp_path)
        try:
            assert await template.is_prepared()
            async with asyncio.timeout(PATIENCE):
                with pytest.raises(ConnectionError):
                    await template.fork(tmp_path)
        finally:
            await template.close()

    asyncio.run(fork())


def test_nobody_waits_for_one_that_is_given_up(
    tmp_path: Path,
    temporary: Path,
    monkeypatch: pytest.MonkeyPatch,
    started: Callable[[], int],
) -> None:
    """It is stopped, so that it hears of nothing: neither of the order nor of the farewell."""
    monkeypatch.setattr(template_process, "_GRACE", 0.1)

    async def give_up() -> None:
        template = await TemplateProcess.start(python_with(NEW), tmp_path)
        assert await template.is_prepared()
        forking = await asked_in_vain(template, started(), tmp_path)
        await template.close()
        async with asyncio.timeout(PATIENCE):
            with pytest.raises(ConnectionError):
                await forking

    asyncio.run(give_up())
    assert not list(temporary.iterdir())


def test_it_stands_back_when_it_is_told_to(tmp_path: Path, started: Callable[[], int]) -> None:
    async def priority() -> int:
        template = await TemplateProcess.start(python_with(NEW), tmp_path, OPTION)
        try:
            assert await template.is_prepared()
            return os.getpriority(os.PRIO_PROCESS, started())
        finally:
            await template.close()

    ours = os.getpriority(os.PRIO_PROCESS, 0)
    assert asyncio.run(priority()) == min(ours + 5, 19)
