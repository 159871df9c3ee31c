"""Nothing that a hostile test tries gets out of the sandbox. Each level is held to what it says."""

from __future__ import annotations

import pytest

from redfirst.project.sandbox import Level
from tests.sandbox.levels import ME, STRANGER, Person, in_the_arena, need

# Landlock knows no such right. docs/sandbox.md says so.
BEYOND_LANDLOCK = {
    "test_rights_of_a_file_of_the_project",
    "test_password_of_the_repository",
    "test_many_files",
}
ROOT_CANNOT_BE_COUNTED = {"test_processes"}


def escapes(level: Level, person: Person) -> set[str]:
    ends = in_the_arena(level, person, "attacks.py")
    assert len(ends) > 50
    return {attack for attack, end in ends.items() if end != "failed"}


@pytest.mark.parametrize("person", [ME, STRANGER], ids=["me", "stranger"])
def test_nothing_escapes_from_bubblewrap(person: Person) -> None:
    need(Level.BUBBLEWRAP)
    assert escapes(Level.BUBBLEWRAP, person) == set()


@pytest.mark.parametrize("person", [ME, STRANGER], ids=["me", "stranger"])
def test_little_escapes_from_landlock(person: Person) -> None:
    need(Level.LANDLOCK)
    assert escapes(Level.LANDLOCK, person) - ROOT_CANNOT_BE_COUNTED == BEYOND_LANDLOCK


def test_the_attacks_are_real() -> None:
    """Without a sandbox most of them succeed; some need rights that not everybody has."""
    assert {
        "test_environment_of_the_client",
        "test_secret_of_the_person",
        "test_secret_through_a_link_in_the_project",
        "test_write_outside",
        "test_write_into_the_project",
        "test_tcp",
        "test_udp",
        "test_unix_socket",
        "test_unix_socket_in_the_project",
        "test_abstract_socket",
        "test_pipe_in_the_project",
        "test_signal_to_the_client",
        "left pwned",
    } <= escapes(Level.NONE, ME)
