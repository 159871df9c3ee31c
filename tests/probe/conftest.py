from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.environments import NEW, OLD, python_with
from tests.support.temporary import temporary

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["python", "temporary"]


@pytest.fixture(params=[OLD, NEW], ids=["pytest8", "pytest9"])
def python(request: pytest.FixtureRequest) -> Path:
    """A project's interpreter, with the oldest and the newest pytest that we promise to run on."""
    return python_with(request.param)
