"""Honest tests do not notice the sandbox."""

from __future__ import annotations

import pytest

from redfirst.project.sandbox import Level
from tests.sandbox.levels import ME, STRANGER, Person, in_the_arena, need

# Landlock lets no connection through, of whatever kind; semaphores are files in /dev/shm.
NOT_UNDER_LANDLOCK = {
    "test_manager",
    "test_processes",
    "test_queue_and_lock",
    "test_server_of_its_own",
}


def failures(level: Level, person: Person) -> set[str]:
    ends = in_the_arena(level, person, "ordinary.py")
    own = {test: end for test, end in ends.items() if test.startswith("test_")}
    assert len(own) > 20
    return {test for test, end in own.items() if end != "passed"}


@pytest.mark.parametrize("person", [ME, STRANGER], ids=["me", "stranger"])
def test_in_bubblewrap(person: Person) -> None:
    need(Level.BUBBLEWRAP)
    assert failures(Level.BUBBLEWRAP, person) == set()


def test_under_landlock() -> None:
    need(Level.LANDLOCK)
    assert failures(Level.LANDLOCK, ME) == NOT_UNDER_LANDLOCK


def test_without() -> None:
    assert failures(Level.NONE, ME) == set()
