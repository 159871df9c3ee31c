"""What the client is asked to tell us beside what it tells anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lsprotocol import types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redfirst.lsp.connection.client import Client

# Specs; tests, conftest.py and implementations; what configures redfirst and pytest.
_PATTERNS: Final = (
    "**/*.{yml,yaml}",
    "**/*.py",
    "**/{pyproject,pytest,.pytest}.toml",
    "**/{pytest,.pytest,tox}.ini",
    "**/setup.cfg",
)


def registrations(client: Client) -> Iterator[types.Registration]:
    """News of files that change outside of the editor, and of settings, where it can tell them."""
    if client.registers_watchers:
        watchers = [types.FileSystemWatcher(pattern) for pattern in _PATTERNS]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        method = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        yield types.Registration("redfirst-files", method, options)
    if client.registers_configuration:
        yield types.Registration(
            "redfirst-settings",
            types.WORKSPACE_DID_CHANGE_CONFIGURATION,
            types.DidChangeConfigurationRegistrationOptions("redfirst"),
        )
