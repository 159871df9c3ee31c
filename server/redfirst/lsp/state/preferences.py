"""Who told which settings, and which of them hold where."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from redfirst.lsp.state.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_DEFAULTS: Final = Settings()


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the client says of the workspace, and what the person set.

    `initial` came with the first message, `general` holds where no folder of `folders` has its
    own. `client_trusts` is the client's own word, which no setting can make up for: settings may
    stand in a folder that wants to be trusted.
    """

    initial: Settings = _DEFAULTS
    general: Settings = _DEFAULTS
    folders: Mapping[Path, Settings] = field(default_factory=dict["Path", Settings])
    client_trusts: bool = True

    @property
    def settings(self) -> Settings:
        """What holds for the workspace as a whole. Distrust in one folder is distrust in all."""
        return replace(self.general, trusted=self._trusted)

    def settings_of(self, path: Path) -> Settings:
        """What holds for a file: the settings of the innermost folder that it lies in."""
        around = (folder for folder in self.folders if path.is_relative_to(folder))
        nearest = max(around, key=lambda folder: len(folder.parts), default=None)
        settings = self.general if nearest is None else self.folders[nearest]
        trusted = self._trusted
        return settings if settings.trusted is trusted else replace(settings, trusted=trusted)

    @property
    def _trusted(self) -> bool:
        told = (self.general, *self.folders.values())
        return self.client_trusts and all(settings.trusted for settings in told)
