"""Which folders a test can see."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from redfirst.project.sandbox.seccomp import lone_filter, namespace_filter
from redfirst.project.sandbox.visible import doors, folders_to_show, hidden_folders


def test_the_outer_of_two_folders_is_enough(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert folders_to_show([tmp_path / "a" / "b", tmp_path / "a"]) == (tmp_path / "a",)


def test_a_link_is_shown_under_both_names(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "name").symlink_to("real")
    assert folders_to_show([tmp_path / "name"]) == (tmp_path / "name", tmp_path / "real")


def test_nobody_means_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "people" / "me"))
    wide = [Path("/"), tmp_path / "people" / "me", tmp_path / "people", tmp_path / "nowhere"]
    (tmp_path / "people" / "me").mkdir(parents=True)
    assert folders_to_show(wide) == ()


def test_what_is_hidden_and_what_is_closed(tmp_path: Path) -> None:
    for name in (".git", "deep", "node_modules"):
        (tmp_path / name).mkdir()
    os.mkfifo(tmp_path / "deep" / "pipe")
    os.mkfifo(tmp_path / ".git" / "pipe")
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(tmp_path / "deep" / "s"))
        assert set(doors(tmp_path)) == {tmp_path / "deep" / "pipe", tmp_path / "deep" / "s"}
    assert hidden_folders(tmp_path) == (tmp_path / ".git", tmp_path / "node_modules")


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_a_filter_for_each_machine(machine: str) -> None:
    """The kernel takes whole instructions of eight bytes, 4096 at most; the last one allows."""
    for program in (namespace_filter(machine).first, lone_filter(machine).in_session):
        assert 0 < len(program) // 8 <= 4096
        assert len(program) % 8 == 0
        assert program[-4:] == (0x7FFF0000).to_bytes(4, "little")
