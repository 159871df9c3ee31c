"""What a killed process has left is removed by a later one, and nothing else is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from redfirst.project.temporary import remove_orphans, temporary_folder

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody says who lives")

MAKE = """\
from redfirst.project.temporary import temporary_folder
folder = temporary_folder("view")
(folder / "kept").write_text("")
print(folder, flush=True)
input()
"""


def test_only_what_the_dead_have_left_is_removed(tmp_path: Path, temporary: Path) -> None:
    own = temporary_folder("view")
    with subprocess.Popen(
        [sys.executable, "-c", MAKE],
        env={"TMPDIR": str(temporary)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        folder = Path(other.stdout.readline().strip())
        remove_orphans()
        assert sorted(temporary.iterdir()) == sorted([own, folder])
        other.kill()
    elsewhere = temporary / folder.name.replace(folder.name.split("-")[2], "00000000")
    elsewhere.mkdir()
    link = temporary / f"{folder.name}x"
    link.symlink_to(tmp_path)
    stranger = temporary / "redfirst-tests"
    stranger.mkdir()
    remove_orphans()
    assert sorted(temporary.iterdir()) == sorted([own, elsewhere, link, stranger])


def test_a_number_that_is_given_again_is_another_process(temporary: Path) -> None:
    folder = temporary_folder("view")
    began = folder.name.split("-")[4]
    old = folder.rename(temporary / folder.name.replace(began, "1"))
    remove_orphans()
    assert not old.exists()
