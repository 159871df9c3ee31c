"""The border between this machine and the tests that run on it."""

from __future__ import annotations

import base64
import os
import platform
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from redfirst.probe import confine
from redfirst.probe.confine import Confinement
from redfirst.project.sandbox import bubblewrap, landlock, seatbelt
from redfirst.project.sandbox.environment import allowed, without_secrets
from redfirst.project.sandbox.installation import installation_of
from redfirst.project.sandbox.level import Level
from redfirst.project.sandbox.limits import Limits
from redfirst.project.sandbox.seccomp import Filter, lone_filter, namespace_filter
from redfirst.project.sandbox.visible import doors, folders_to_show, hidden_folders

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_PROBE: Final = Path(confine.__file__).parent
_NOBODY: Final = 0x60000000  # users from here on exist nowhere: each sandbox of root has its own
_NOBODIES: Final = 0x1000000


@dataclass(frozen=True, slots=True)
class Launch:
    """What to start, and with which environment variables.

    `has_own_processes`: what is started is a wrapper, and the processes in it have numbers of
    their own; the wrapper ends with 128 and the number of the signal that ended its command.
    """

    command: tuple[str, ...]
    environment: Mapping[str, str]
    has_own_processes: bool = False


@dataclass(frozen=True, slots=True)
class Sandbox:
    """How far tests are kept from this machine. Reports name the `level`.

    `folder` is where the tests work, and `root` the project that they belong to; both are shown
    read-only.
    At the level "none" tests can do what the user can do: they are only spared the environment
    variables that look like keys and tokens, and nothing else here counts.
    """

    level: Level = Level.NONE
    folder: Path = field(default_factory=Path)
    root: Path = field(default_factory=Path)
    limits: Limits = field(default_factory=Limits)

    def launch(
        self, command: Sequence[str], scratch: Path, environment: Mapping[str, str]
    ) -> Launch:
        """How to start `command`, an interpreter with a script that knows `--confine`.

        Its temporary files go to the folder `scratch` or to one that only it can see. `OSError`
        when the interpreter does not say what it needs.
        """
        if self.level is Level.NONE:
            return Launch(tuple(command), without_secrets(environment, str(scratch)))
        python, *rest = command
        inner = (str(installation_of(Path(python)).executable), *rest)
        shown = self._shown(Path(python), environment)
        match self.level:
            case Level.BUBBLEWRAP:
                return self._in_bubblewrap(inner, shown, environment)
            case Level.LANDLOCK:
                return self._under_landlock(inner, shown, scratch, environment)
            case Level.SEATBELT:
                return self._in_seatbelt(inner, shown, scratch, environment)

    def outlook(self, python: Path, environment: Mapping[str, str]) -> tuple[tuple[Path, ...], ...]:
        """What is shown inside, and what in it is not: a process that was started when this was
        something else must not be used any more.
        """
        if self.level is Level.NONE:
            return ()
        return self._shown(python, environment), hidden_folders(self.root), doors(self.root)

    def _shown(self, python: Path, environment: Mapping[str, str]) -> tuple[Path, ...]:
        needed = installation_of(python).folders
        own = (self.root, self.folder, _PROBE)
        return folders_to_show((*needed, *own, *_on_path(environment)))

    def _in_bubblewrap(
        self, command: tuple[str, ...], shown: tuple[Path, ...], environment: Mapping[str, str]
    ) -> Launch:
        view = bubblewrap.View(
            system=bubblewrap.system_folders(),
            shown=tuple(one for one in shown if not one.is_relative_to("/usr")),
            hidden=hidden_folders(self.root),
            closed=doors(self.root),
            folder=self.folder,
        )
        as_root = os.geteuid() == 0
        before = bubblewrap.arguments(view, self.limits, as_root=as_root)
        confinement = self._confinement(
            user=_NOBODY + secrets.randbelow(_NOBODIES) if as_root else None,
            filters=_encoded(namespace_filter(platform.machine())),
            swept=[bubblewrap.TEMPORARY, bubblewrap.HOME, bubblewrap.SHARED_MEMORY],
        )
        inside = allowed(environment, bubblewrap.TEMPORARY, bubblewrap.HOME)
        return Launch(
            (*before, *command, "--confine", confinement.encode()), inside, has_own_processes=True
        )

    def _under_landlock(
        self,
        command: tuple[str, ...],
        shown: tuple[Path, ...],
        scratch: Path,
        environment: Mapping[str, str],
    ) -> Launch:
        confinement = self._confinement(
            drop=os.geteuid() == 0,
            paths=landlock.rights_on_paths(shown, scratch),
            rights=landlock.RIGHTS,
            scopes=landlock.SCOPES,
            filters=_encoded(lone_filter(platform.machine())),
            swept=[str(scratch)],
        )
        inside = allowed(environment, str(scratch), str(scratch))
        return Launch((*command, "--confine", confinement.encode()), inside)

    def _in_seatbelt(
        self,
        command: tuple[str, ...],
        shown: tuple[Path, ...],
        scratch: Path,
        environment: Mapping[str, str],
    ) -> Launch:
        own = scratch.resolve()
        limits = {name: bound for name, bound in self._bounds().items() if name != "RLIMIT_AS"}
        inside = allowed(environment, str(own), str(own))
        option = ("--confine", Confinement(limits=limits, swept=[str(own)]).encode())
        return Launch((*seatbelt.arguments(shown, own), *command, *option), inside)

    def _confinement(self, **given_up: object) -> Confinement:
        return Confinement(
            limits=self._bounds(),
            processes=self.limits.processes,
            **given_up,  # pyright: ignore[reportArgumentType]
        )

    def _bounds(self) -> dict[str, int]:
        limits = self.limits
        return {
            "RLIMIT_AS": limits.memory,
            "RLIMIT_FSIZE": limits.file,
            "RLIMIT_CPU": limits.cpu,
            "RLIMIT_NOFILE": limits.open_files,
            "RLIMIT_CORE": 0,
        }


def _encoded(program: Filter) -> list[str]:
    both = (program.first, program.in_session)
    return [base64.b64encode(one).decode() for one in both if one]


def _on_path(environment: Mapping[str, str]) -> list[Path]:
    """PYTHONPATH is given on, so what it names must be visible."""
    entries = environment.get("PYTHONPATH", "").split(os.pathsep)
    return [Path(entry).absolute() for entry in entries if entry]
