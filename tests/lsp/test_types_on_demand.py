"""The protocol's types are built when they are used, and are then what they always were."""

from __future__ import annotations

import re
import subprocess
import sys

from redfirst.lsp.connection import types_on_demand

# The module runs in the process of the tests, too, where the types are loaded already.
FRESH = """\
import sys, importlib.util
from pathlib import Path
spec = importlib.util.spec_from_file_location("on_demand", sys.argv[1])
on_demand = importlib.util.module_from_spec(spec)
sys.modules["on_demand"] = on_demand
spec.loader.exec_module(on_demand)
"""
UNKNOWN = FRESH + "on_demand.KNOWN_VERSION = 'another'\nassert not on_demand.load_types()\n"
DEFERRED = FRESH + "assert on_demand.load_types()\n"

DESCRIBE = """
import attrs, inspect
from lsprotocol import types
from lsprotocol.converters import get_converter
get_converter()
for name, cls in types.ALL_TYPES_MAP.items():
    if isinstance(cls, type) and attrs.has(cls):
        for field in attrs.fields(cls):
            print(name, field.name, field.type, field.default, field.validator, field.kw_only)
        for each in inspect.signature(cls).parameters.values():
            print(name, each.name, each.kind, each.default)
        print(name, cls.__eq__ is object.__eq__, cls.__hash__ is None)
place = types.Position(1, 2)
assert place == types.Position(1, 2) < types.Position(2, 0)
print(place, types.Range(place, place), types.Hover("x"), types.Hover("x") == types.Hover("x"))
"""
COUNT = """
from lsprotocol import types
from lsprotocol.converters import get_converter
hello = {"processId": None, "rootUri": None, "capabilities": {"textDocument": {"hover": {}}}}
message = {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello}
get_converter().structure(message, types.InitializeRequest)
classes = [each for each in types.ALL_TYPES_MAP.values() if isinstance(each, type)]
print(sum(1 for each in classes if "__attrs_attrs__" in vars(each) and on_demand.is_built(each)))
"""
RACE = """
import attrs, threading
from lsprotocol import types
classes = [each for each in types.ALL_TYPES_MAP.values() if isinstance(each, type)]
classes = [each for each in classes if "__attrs_attrs__" in vars(each)]
together, wrong = threading.Barrier(4), []
def use():
    together.wait()
    for cls in classes:
        fields = attrs.fields(cls)
        wrong.extend(each for each in fields if "ForwardRef" in repr(each.type))
        try:
            cls(**{each.name: None for each in fields if each.init})
        except TypeError as error:
            if "must be" not in str(error):
                wrong.append(error)
        except ValueError:
            pass
sys.setswitchinterval(1e-5)
threads = [threading.Thread(target=use) for _ in range(4)]
[each.start() for each in threads]
[each.join() for each in threads]
print(len(classes) > 500, wrong[:3])
"""


def run(script: str) -> str:
    command = [sys.executable, "-c", script, types_on_demand.__file__]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def without_addresses(described: str) -> list[str]:
    return re.sub(r" at 0x[0-9a-f]+", "", described).splitlines()


def test_a_deferred_type_is_the_same_type() -> None:
    """Fields, their types, defaults and checks, signatures, equality: all 554 classes."""
    deferred = without_addresses(run(DEFERRED + DESCRIBE))
    assert len(deferred) > 1500
    assert deferred == without_addresses(run(UNKNOWN + DESCRIBE))


def test_the_first_request_builds_a_handful() -> None:
    assert int(run(DEFERRED + COUNT)) < 60


def test_threads_may_need_the_same_type_at_once() -> None:
    assert run(DEFERRED + RACE) == "True []\n"
