"""Files are read as an editor shows them, and replaced whole or not at all."""

import os
import stat
from pathlib import Path

import pytest

from redfirst.project.fault import Fault, ProjectError
from redfirst.project.files import read_source, read_text, replace_file
from redfirst.spec.codes import Code
from redfirst.spec.ranges import Position


def fault_of(read: object, path: Path) -> Fault:
    with pytest.raises(ProjectError) as caught:
        read(path, "x.yml")  # type: ignore[operator]
    assert caught.value.fault.code is Code.UNREADABLE_FILE
    assert caught.value.fault.path == "x.yml"
    return caught.value.fault


def test_text_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "x.yml"
    path.write_bytes(b"\xef\xbb\xbfa: \xf0\x9f\x98\x80\r\nb\xe2\x80\xa8\n")
    read = read_text(path)
    assert read.text == "a: 😀\r\nb\u2028\n"
    assert read.data == path.read_bytes()


@pytest.mark.parametrize("data", [b"a: 1\r\nb: \xff\n", b"\xef\xbb\xbfa: 1\nb: \xff\n"])
@pytest.mark.parametrize("read", [read_text, read_source])
def test_not_utf8(tmp_path: Path, data: bytes, read: object) -> None:
    (tmp_path / "x.yml").write_bytes(data)
    fault = fault_of(read, tmp_path / "x.yml")
    assert fault.message == (
        "`x.yml` is not UTF-8: line 2 holds the byte 0xFF. Save the file as UTF-8."
    )
    assert fault.range is not None
    assert fault.range.start == Position(1, 3)


def test_missing(tmp_path: Path) -> None:
    assert fault_of(read_text, tmp_path / "x.yml").message == "There is no file `x.yml`."


@pytest.mark.skipif(os.name == "nt", reason="Windows says `permission denied` here")
def test_a_folder(tmp_path: Path) -> None:
    assert fault_of(read_text, tmp_path).message == "`x.yml` cannot be read: is a directory."


def test_a_name_that_no_file_can_have() -> None:
    assert "cannot be read" in fault_of(read_text, Path("\0")).message


def test_source_in_its_own_encoding(tmp_path: Path) -> None:
    (tmp_path / "x.py").write_bytes("# coding: latin-1\nx = 'ä'\n".encode("latin-1"))
    assert read_source(tmp_path / "x.py").text == "# coding: latin-1\nx = 'ä'\n"
    (tmp_path / "x.py").write_bytes(b"# coding: nonsense\nx = 1\n")
    assert read_source(tmp_path / "x.py").text == "# coding: nonsense\nx = 1\n"


def test_a_new_file_in_a_new_folder(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "x.py"
    replace_file(path, "ä\r\nb\n", expected=None)
    assert path.read_bytes() == b"\xc3\xa4\r\nb\n"
    assert [each.name for each in path.parent.iterdir()] == ["x.py"]


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX")
def test_modes(tmp_path: Path) -> None:
    """The old mode is kept; a new file has what any new file has here."""
    path, other = tmp_path / "x.py", tmp_path / "other.py"
    other.touch()
    replace_file(path, "1", expected=None)
    assert path.stat().st_mode == other.stat().st_mode
    path.chmod(0o754)
    replace_file(path, "2", expected=b"1")
    assert stat.S_IMODE(path.stat().st_mode) == 0o754


@pytest.mark.parametrize(
    ("there", "expected"), [(b"mine", b"yours"), (b"mine", None), (None, b"yours")]
)
def test_not_what_was_expected(tmp_path: Path, there: bytes | None, expected: bytes | None) -> None:
    path = tmp_path / "x.py"
    if there is not None:
        path.write_bytes(there)
    with pytest.raises(ProjectError, match="changed meanwhile"):
        replace_file(path, "new", expected=expected)
    assert (path.read_bytes() if path.exists() else None) == there
    assert [each.name for each in tmp_path.iterdir()] == (["x.py"] if there else [])


def test_a_link_keeps_pointing(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "x.py").write_text("old")
    (tmp_path / "x.py").symlink_to(Path("real") / "x.py")
    replace_file(tmp_path / "x.py", "new", expected=b"old")
    assert (tmp_path / "x.py").is_symlink()
    assert (tmp_path / "real" / "x.py").read_text() == "new"


def test_a_reader_never_sees_a_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A write that breaks off leaves the old file, and nothing beside it."""
    path = tmp_path / "x.py"
    path.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ProjectError, match="cannot be written: no space left on device"):
        replace_file(path, "new", expected=b"old")
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["x.py"]


def test_text_that_cannot_be_encoded(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="cannot be written"):
        replace_file(tmp_path / "x.py", "\ud800", expected=None)
    assert list(tmp_path.iterdir()) == []
