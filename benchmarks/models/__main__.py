"""What bad models cost: whether anything bad is accepted, and how many rounds and tokens it takes.

Nothing leaves this machine: the model is a server on it whose answers are scripted.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from redfirst.generation.from_examples import write_tests
from redfirst.project.envoy_process import Envoy
from redfirst.spec.document import read_spec
from redfirst.workflow.model_draft import Drafted
from tests.model.bad_drafts import bad_draft
from tests.model.shop import KEY, SECRETS, Shop, make_shop
from tests.support.model_server import ModelServer, Reply, answer, model_server

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.model_server import Request

_SPEC = Path(__file__).parents[2] / "specs" / "allocate.yml"
_ASSERTION = re.compile(r"assert (allocate\(.*\)) == .*")


def main() -> int:
    """0 when nothing bad was accepted and nothing escaped, else 1."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.models", description=__doc__)
    parser.add_argument("--drafts", type=int, default=200)
    drafts: int = parser.parse_args().drafts
    os.environ["ANTHROPIC_API_KEY"] = KEY
    with (
        tempfile.TemporaryDirectory() as folder,
        model_server() as server,
        asyncio.Runner() as loop,
    ):
        os.environ["ANTHROPIC_BASE_URL"] = server.url
        envoy = Envoy(Path(folder))
        try:
            ok = _bad_drafts(Path(folder), server, loop, envoy, drafts)
            _convergence(Path(folder), server, loop, envoy)
        finally:
            loop.run(envoy.close())
    return 0 if ok else 1


def _bad_drafts(
    folder: Path, server: ModelServer, loop: asyncio.Runner, envoy: Envoy, count: int
) -> bool:
    shop = make_shop(folder / "shop")
    shop.configure("rounds = 1", "timeout = 2")
    before = shop.contents()
    drafts = [bad_draft(seed, folder) for seed in range(count)]
    server.script(*(Reply(draft.text) for draft in drafts), Reply(""))
    said = shop.drafts(loop, envoy, count)
    accepted = Counter(
        draft.kind
        for draft, one in zip(drafts, said, strict=True)
        if isinstance(one, Drafted) and one.is_good
    )
    escaped = [path.name for path in folder.glob("escaped-*")]
    same = shop.contents() == before
    leaks = sum(any(secret in one.words for secret in SECRETS) for one in server.requests)
    print(f"{'kind':<22}{'drafts':>8}{'accepted':>10}")
    for kind, number in sorted(Counter(draft.kind for draft in drafts).items()):
        print(f"{kind:<22}{number:>8}{accepted[kind]:>10}")
    print(f"{'all':<22}{count:>8}{accepted.total():>10}   escapes: {len(escaped)}")
    print(f"{len(server.requests)} requests, {leaks} with a word of the project, ", end="")
    print("the project is as it was\n" if same else "THE PROJECT WAS CHANGED\n")
    return same and not escaped and not accepted and not leaks


def _convergence(folder: Path, server: ModelServer, loop: asyncio.Runner, envoy: Envoy) -> None:
    make_shop(folder / "worked")
    shop = Shop(folder / "worked", "allocate")
    text = _SPEC.read_text("utf-8")
    shop.spec.write_text(text, "utf-8")
    spec = read_spec(text).spec
    if spec is None:
        raise SystemExit("the worked example cannot be read")
    good = write_tests(spec).body
    weak = _ASSERTION.sub(r"assert \1 is not None", good)
    some = _ASSERTION.sub(r"assert \1 is not None", good, count=3)
    models = {"good": [good], "mediocre": [some, good], "bad": [weak]}
    print(f"{'answers':<12}{'rounds':>8}{'read':>8}{'written':>9}  tokens, and what came of it")
    for name, modules in models.items():
        server.answer = _in_turn(modules)
        server.requests.clear()
        (said,) = shop.drafts(loop, envoy, 1)
        took = len(server.requests)
        read = sum(len(json.dumps(request.body)) // 4 for request in server.requests)
        written = sum(len(answer(modules[min(n, len(modules) - 1)])) // 4 for n in range(took))
        became = "accepted" if isinstance(said, Drafted) and said.is_good else "only shown"
        print(f"{name:<12}{took:>8}{read:>8}{written:>9}  {became}")


def _in_turn(modules: list[str]) -> Callable[[Request], Reply]:
    waiting = list(modules)
    return lambda _: Reply(answer(waiting.pop(0) if len(waiting) > 1 else waiting[0]))


if __name__ == "__main__":
    sys.exit(main())
