"""Whether a session of pytest that was set up once serves for runs as a new one would.

Setting up loads the project's configuration, its conftest.py and all plugins. Each of them could
do more than to define things; what is not known to be harmless is done anew for every run.
"""

from __future__ import annotations

import inspect
import os
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from . import preload
from .quiet import is_quiet

if TYPE_CHECKING:
    from typing import TypeGuard

# These were seen to do nothing at a session's start that a fork of it would lack.
_HARMLESS = frozenset(
    {
        "_hypothesis_pytestplugin",
        "_pytest",
        "anyio",
        "hypothesis",
        "pytest_asyncio",
        "pytest_cov",
        "pytest_mock",
        "pytest_subtests",
        "pytest_timeout",
        "xdist",
    }
)
_CONFTEST = "conftest.py"
_HOOKS_AFTER_SETTING_UP = (
    "pytest_assertrepr_compare",
    "pytest_collect",
    "pytest_deselected",
    "pytest_exception_interact",
    "pytest_fixture",
    "pytest_generate_tests",
    "pytest_ignore_collect",
    "pytest_itemcollected",
    "pytest_make",
    "pytest_markeval_namespace",
    "pytest_pycollect",
    "pytest_pyfunc_call",
    "pytest_report_teststatus",
    "pytest_runtest",
    "pytest_terminal_summary",
    "pytest_warning_recorded",
)
_NOT_HOOKS = ("pytest_plugins",)


def obstacle(config: pytest.Config) -> str | None:
    """Why this session must not be forked for its runs; `None` when it may be."""
    if config.option.inifilename or "COVERAGE_RCFILE" in os.environ:
        return "the configuration has an unusual name"  # nobody would see it change
    for name, plugin in config.pluginmanager.list_name_plugin():
        if plugin is None or _is_ours(plugin):
            continue
        if _is_conftest(plugin):
            if (hook := _early_hook(plugin)) is not None:
                return f"{_CONFTEST} has the hook {hook}"
            if not is_quiet(str(plugin.__file__)):
                return f"{_CONFTEST} does more than to define things"
        elif _package(plugin) not in _HARMLESS:
            return f"it is not known what the plugin {name} does"
    return preload.obstacle(_CONFTEST)


def is_repeatable(session: pytest.Session) -> bool:
    """Whether nothing but the test module itself could keep something from one run to the next."""
    named = session.config.pluginmanager.list_name_plugin()
    plugins = [plugin for _, plugin in named if plugin is not None and not _is_ours(plugin)]
    return all(_is_harmless(plugin) for plugin in plugins) and all(
        type(item) is pytest.Function  # a doctest may be anything
        for item in session.items
    )


def _is_harmless(plugin: object) -> bool:
    return not _is_conftest(plugin) and _package(plugin) in _HARMLESS


def _is_ours(plugin: object) -> bool:
    return type(plugin).__module__.startswith(f"{__package__}.")


def _is_conftest(plugin: object) -> TypeGuard[ModuleType]:
    file = getattr(plugin, "__file__", None)
    return isinstance(plugin, ModuleType) and str(file).endswith(_CONFTEST)


def _early_hook(conftest: object) -> str | None:
    """One that pytest calls before it collects, or a name that we do not know to be a later one."""
    for name in dir(conftest):
        if not name.startswith("pytest_") or name in _NOT_HOOKS:
            continue
        if inspect.isroutine(getattr(conftest, name)) and not _comes_later(name):
            return name
    return None


def _comes_later(hook: str) -> bool:
    return hook.startswith(_HOOKS_AFTER_SETTING_UP) and hook != "pytest_collection"


def _package(plugin: object) -> str:
    module = plugin.__name__ if isinstance(plugin, ModuleType) else type(plugin).__module__
    return module.partition(".")[0]
