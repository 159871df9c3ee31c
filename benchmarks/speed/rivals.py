"""The plain ways: a new process of pytest for everything."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from benchmarks.speed.environments import clean_environment

if TYPE_CHECKING:
    from benchmarks.speed.sample import Sample


async def cold_pytest(sample: Sample, *options: str) -> None:
    """`python -m pytest` on the test module, which must be green."""
    process = await asyncio.create_subprocess_exec(
        str(sample.python),
        *("-m", "pytest", "-q", *options, str(sample.tests.relative_to(sample.project.root))),
        cwd=sample.project.root,
        env=clean_environment(),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    if await process.wait():
        raise RuntimeError("the rival's tests are not green")


async def cold_coverage(sample: Sample) -> None:
    """The same with lines and branches of the edited file's package, reported on the terminal."""
    package = f"--cov={sample.code.parent.name}"
    await cold_pytest(sample, package, "--cov-branch", "--cov-report=term-missing")
