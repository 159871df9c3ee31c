"""The entry point: help, exit codes, and what becomes of what went wrong."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from redfirst import __version__
from redfirst.cli import main as main_module
from redfirst.cli.main import COMMANDS, main
from redfirst.cli.mistake import Mistake
from tests.cli.project import redfirst

if TYPE_CHECKING:
    from pathlib import Path


def test_version_and_help(tmp_path: Path) -> None:
    assert redfirst(tmp_path, "--version").out == f"redfirst {__version__}\n"
    said = redfirst(tmp_path, "--help")
    assert said.code == 0
    assert all(f"    {command} " in said.out for command in COMMANDS)


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from redfirst.cli.main import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'rich', 'yaml', 'jsonschema', 'asyncio', 'pytest'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    assert f"usage: redfirst {command}" in capsys.readouterr().out
    assert callable(import_module(f"redfirst.cli.commands.{command}").run)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["verfy"], "invalid choice: 'verfy'"),
        (["verify"], "required: SPEC"),
        (["validate", "--format", "xml"], "invalid choice: 'xml'"),
        (["cover", "a.yml", "--fail-under", "101"], "`101` is no percentage from 0 to 100"),
        (["check", "--shard", "3/2"], "`3/2` is no shard; write 2/5"),
    ],
)
def test_a_wrong_command_line_ends_with_2(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


def test_no_command_shows_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "usage: redfirst" in capsys.readouterr().out


def test_an_unexpected_exception_is_one_line(command: type[Command]) -> None:
    code, err = command(ZeroDivisionError("division\nby zero")).run("fail")
    assert code == 2
    assert err == (
        "redfirst: unexpected ZeroDivisionError: division by zero. This is a mistake in redfirst "
        f"{__version__}: please report it with the traceback that `redfirst --debug ...` shows.\n"
    )


@pytest.mark.parametrize("words", [("--debug", "fail"), ("fail", "--debug")])
def test_debug_shows_the_traceback(command: type[Command], words: tuple[str, ...]) -> None:
    code, err = command(ZeroDivisionError("x")).run(*words)
    assert code == 2
    assert err.startswith("Traceback")


def test_a_mistake_of_the_caller_is_no_failure(command: type[Command]) -> None:
    assert command(Mistake("No.")).run("fail", "--debug") == (2, "redfirst: No.\n")


def test_interrupted(command: type[Command]) -> None:
    assert command(KeyboardInterrupt()).run("fail") == (130, "redfirst: interrupted\n")


def test_a_reader_that_goes_away_is_no_failure(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "redfirst", "explain"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


class Command:
    """The command `fail`, which ends with an exception."""

    capture: pytest.CaptureFixture[str]

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def run(self, *words: str) -> tuple[int, str]:
        module = ModuleType("fail")
        module.add_parser = lambda subparsers: subparsers.add_parser("fail")  # type: ignore[attr-defined]
        module.run = self._fail  # type: ignore[attr-defined]
        sys.modules["redfirst.cli.commands.fail"] = module
        return main(words), self.capture.readouterr().err

    def _fail(self, _: object) -> int:
        raise self._error


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> type[Command]:
    monkeypatch.setitem(main_module.COMMANDS, "fail", "")
    monkeypatch.setitem(sys.modules, "redfirst.cli.commands.fail", ModuleType("fail"))
    monkeypatch.setattr(Command, "capture", capsys, raising=False)
    return Command
