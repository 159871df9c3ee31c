"""Bad modules of tests, made from a seed: each is one that nobody may trust, in a known way."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.model.shop import GOOD, HEAD, NEGATIVE_PRICE, NO_PRICES, TWO_PRICES, module
from tests.support.model_server import answer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Maker = Callable[[random.Random, str], str]

VACUOUS = ("assert True", "assert total", "assert total([100, 250]) or True", "total([100, 250])")
WEAK = (
    "assert total([100, 250]) is not None",
    "assert isinstance(total([100, 250]), int)",
    "assert total([100, 250]) >= 0",
    "assert total([100, 250]) != 351",
    "assert total([100, 250]) == total([100, 250])",
)
LOOSE = (
    "with pytest.raises(ValueError):",
    "with pytest.raises(Exception):",
    'with pytest.raises(ValueError, match=""):',
    'with pytest.raises(ValueError, match=".*"):',
    'with pytest.raises((ValueError, TypeError), match="price"):',
)
HOSTILE = (
    "import os\nos.system({touch!r})",
    "import subprocess\nsubprocess.run({touch!r}, shell=True)",
    "__import__('os').system({touch!r})",
    "open({mark!r}, 'w').close()",
    "from pathlib import Path\nPath({mark!r}).write_text('x')",
    "try:\n    open({mark!r}, 'w').close()\nexcept OSError:\n    pass",
    "getattr(__import__('os'), 'sys' + 'tem')({touch!r})",
    "import os\nos.kill(os.getppid(), 9)",
    "import sys\nsys.exit(0)",
    "import os\nos._exit(0)",
    "raise SystemExit",
    "import pytest\npytest.skip('later', allow_module_level=True)",
    "import builtins\nbuiltins.AssertionError = ValueError",
    "import gc\n[one.clear() for one in gc.get_objects() if type(one) is list][:0]\nraise KeyError",
)
# Behind an assertion that fails on stubs: they would run for the first time on the real function.
LATER = (
    "import os\nos.system({touch!r})",
    "import os\nos.mkdir({mark!r})",
    "open({mark!r}, 'w').close()",
    "from pathlib import Path\nPath({mark!r}).write_text('x')",
    "import shutil\nshutil.copy('README.md', {mark!r})",
    "import json\njson.codecs.open({mark!r}, 'w').close()",
    "import collections\ncollections._sys.modules['os'].mkdir({mark!r})",
    "total.__globals__['__builtins__']['open']({mark!r}, 'w')",
    "(lambda tmp_path: tmp_path)(total).unlink()",
)
WORLD = ("numpy", "requests", "socket", "ctypes", "shop.sibling", "multiprocessing")
MARKERS = ("@pytest.mark.skip", "@pytest.mark.xfail", "@pytest.mark.slow", "@pytest.mark.skipif(1)")


@dataclass(frozen=True)
class BadDraft:
    """`kind` names what is wrong with it, `text` is what a model would answer."""

    kind: str
    text: str


def bad_draft(seed: int, folder: Path) -> BadDraft:
    """The draft of that seed. What a hostile one tries to write goes to `folder`."""
    chance = random.Random(seed)
    kind, make = list(KINDS.items())[seed % len(KINDS)]
    text = make(chance, str(folder / f"escaped-{seed}"))
    wraps = (str, answer, lambda it: f"Here it is:\n```python\n{it}```\nEnjoy!")
    return BadDraft(kind, chance.choice(wraps)(text))


def _truncated(chance: random.Random, mark: str) -> str:
    del mark
    return GOOD[: chance.randrange(len(HEAD), GOOD.index("total([-1])"))]


def _instead(old: str, choices: tuple[str, ...]) -> Maker:
    def make(chance: random.Random, mark: str) -> str:
        del mark
        return GOOD.replace(old, chance.choice(choices))

    return make


def _swallowing(chance: random.Random, mark: str) -> str:
    del mark
    error = chance.choice(("Exception", "BaseException", "(AssertionError, ValueError)"))
    body = f"try:\n        assert total([100, 250]) == 350\n    except {error}:\n        pass"
    return GOOD.replace("assert total([100, 250]) == 350", body)


def _off_topic(chance: random.Random, mark: str) -> str:
    del mark
    other = chance.choice(("sum_up", "sorted", "Basket"))
    return GOOD.replace("import total", f"import {other}").replace("total(", f"{other}(")


def _importing(chance: random.Random, mark: str) -> str:
    del mark
    return f"import {chance.choice(WORLD)}\n{GOOD}"


def _hostile(chance: random.Random, mark: str) -> str:
    code = chance.choice(HOSTILE).format(mark=mark, touch=f"touch {mark}")
    if chance.random() < 0.5:
        return f"{code}\n{GOOD}"
    inside = code.replace("\n", "\n    ")
    return GOOD.replace("    assert total([]) == 0", f"    {inside}\n    assert total([]) >= 0")


def _later(chance: random.Random, mark: str) -> str:
    code = chance.choice(LATER).format(mark=mark, touch=f"touch {mark}")
    inside = code.replace("\n", "\n    ")
    good = "    assert total([]) == 0"
    return GOOD.replace(good, f"{good}\n    {inside}")


def _marked(chance: random.Random, mark: str) -> str:
    del mark
    return GOOD.replace("def test_two", f"{chance.choice(MARKERS)}\ndef test_two")


def _missing(chance: random.Random, mark: str) -> str:
    del mark
    tests = [NO_PRICES, TWO_PRICES, NEGATIVE_PRICE]
    tests.pop(chance.randrange(3))
    return module(*tests)


def _twice(chance: random.Random, mark: str) -> str:
    """The second one hides the first, which would have been good."""
    del mark
    hidden = TWO_PRICES.replace("assert total([100, 250]) == 350", chance.choice(VACUOUS))
    return GOOD + "\n" + hidden


def _own_function(chance: random.Random, mark: str) -> str:
    del mark, chance
    own = "def total(prices):\n    return sum(prices)\n"
    return GOOD.replace("from shop.total import total\n", own)


def _prose(chance: random.Random, mark: str) -> str:
    del mark
    words = ["I", "would", "test", "the", "total", "of", "prices", "with", "care", "def", "assert"]
    return " ".join(chance.choices(words, k=40))


def _patched(chance: random.Random, mark: str) -> str:
    del mark, chance
    return GOOD.replace(
        "def test_two_prices() -> None:",
        "def test_two_prices(monkeypatch) -> None:",
    ).replace(
        "    assert total([100, 250]) == 350",
        "    monkeypatch.setattr('shop.total.total', lambda prices: 350)\n"
        "    import shop.total\n    assert shop.total.total([100, 250]) == 350",
    )


KINDS: dict[str, Maker] = {
    "truncated": _truncated,
    "vacuous": _instead("assert total([100, 250]) == 350", VACUOUS),
    "weak": _instead("assert total([100, 250]) == 350", WEAK),
    "loose": _instead('with pytest.raises(ValueError, match="^negative price$"):', LOOSE),
    "swallowing": _swallowing,
    "off topic": _off_topic,
    "importing the world": _importing,
    "hostile": _hostile,
    "hostile later": _later,
    "marked": _marked,
    "incomplete": _missing,
    "hidden": _twice,
    "its own function": _own_function,
    "prose": _prose,
    "patched": _patched,
}
# Seeds of kinds that need more than a glance at the text.
SAMPLE = tuple(
    list(KINDS).index(kind) for kind in ("weak", "loose", "hostile", "hostile later", "patched")
)
