"""A project with a spec, an implementation and other files, each with a word nobody may send."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from redfirst.project.model_access import model_access
from redfirst.project.project import project_at
from redfirst.project.transcripts import Transcripts
from redfirst.project.warm import Warmth
from redfirst.workflow.asking import Answers, Correspondent
from redfirst.workflow.model_draft import Commission, draft_with_model
from redfirst.workflow.progress import Silent
from redfirst.workflow.spec_file import read_spec_file
from redfirst.workflow.spending import Spending
from redfirst.workflow.test_module import own_test_path

if TYPE_CHECKING:
    import asyncio

    from redfirst.project.envoy_process import Envoy
    from redfirst.project.project import Project
    from redfirst.workflow.model_draft import Drafted
    from redfirst.workflow.progress import Progress
    from redfirst.workflow.report import Finding

SPEC = """\
function: total
module: shop.total
signature: "total(prices: list[int]) -> int"
behavior: Sum the prices, which are integer cents.
edge_cases:
  - no prices -> zero
  - two prices -> their sum
errors:
  - negative price -> raise ValueError("negative price")
"""
HEAD = "import pytest\n\nfrom shop.total import total\n"
NO_PRICES = '''\

def test_no_prices() -> None:
    """EC-no-prices: no prices -> zero"""
    assert total([]) == 0
'''
TWO_PRICES = '''\

def test_two_prices() -> None:
    """EC-two-prices: two prices -> their sum"""
    assert total([100, 250]) == 350
'''
NEGATIVE_PRICE = '''\

def test_negative_price() -> None:
    """ER-negative-price: negative price -> raise ValueError("negative price")"""
    with pytest.raises(ValueError, match="^negative price$"):
        total([-1])
'''
WEAK = TWO_PRICES.replace("== 350", "is not None")
CODE = """\
def total(prices):
    canary_of_the_implementation = 0
    for price in prices:
        if price < 0:
            raise ValueError("negative price")
        canary_of_the_implementation += price
    return canary_of_the_implementation
"""
FILES = {
    "specs/total.yml": SPEC,
    "shop/total.py": CODE,
    "shop/sibling.py": "canary_of_a_sibling = 1\n",
    "tests/conftest.py": "canary_of_conftest = 1\n",
    "tests/test_other.py": "def test_other():\n    assert 'canary_of_tests'\n",
    "README.md": "canary_of_the_readme",
}
SECRETS = (
    "canary_of_a_sibling",
    "canary_of_conftest",
    "canary_of_tests",
    "canary_of_the_readme",
    "canary_of_the_environment",
)
KEY = "sk-canary-of-the-key"


def module(*tests: str) -> str:
    """A test module with these tests."""
    return "\n".join([HEAD, *tests])


GOOD = module(NO_PRICES, TWO_PRICES, NEGATIVE_PRICE)


@dataclass(frozen=True)
class Shop:
    """The project at `root`, and one of its specs."""

    root: Path
    name: str = "total"

    @property
    def spec(self) -> Path:
        return self.root / f"specs/{self.name}.yml"

    @property
    def test(self) -> Path:
        return self.root / f"tests/test_{self.name}.py"

    @property
    def project(self) -> Project:
        return project_at(self.root)

    def configure(self, *lines: str) -> None:
        """Settings beside the interpreter."""
        table = ["[tool.redfirst]", f"python = {sys.executable!r}", *lines]
        (self.root / "pyproject.toml").write_text("\n".join(table) + "\n")

    def contents(self) -> dict[str, bytes]:
        """Every file but those of the cache."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and ".redfirst" not in path.parts and "__pycache__" not in path.parts
        }

    def draft(
        self,
        runner: asyncio.Runner,
        envoy: Envoy,
        answers: Answers = Answers.NEW,
        spending: Spending | None = None,
        progress: Progress | None = None,
    ) -> Drafted | Finding:
        """What the model's rounds come to, without a process for this one test alone."""
        return runner.run(self._draft(envoy, answers, spending, progress or Silent()))

    def drafts(self, runner: asyncio.Runner, envoy: Envoy, times: int) -> list[Drafted | Finding]:
        """The same, so many times; processes for the runs stay warm in between."""

        async def every() -> list[Drafted | Finding]:
            async with Warmth(self.root) as warmth:
                project = replace(self.project, warmth=warmth)
                return [await self._draft_in(project, envoy) for _ in range(times)]

        return runner.run(every())

    async def _draft_in(self, project: Project, envoy: Envoy) -> Drafted | Finding:
        commission, correspondent = self._commission(project, envoy, Answers.NEW, None)
        return await draft_with_model(commission, correspondent, Silent())

    async def _draft(
        self, envoy: Envoy, answers: Answers, spending: Spending | None, progress: Progress
    ) -> Drafted | Finding:
        async with Warmth(self.root) as warmth:
            project = replace(self.project, warmth=warmth)
            commission, correspondent = self._commission(project, envoy, answers, spending)
            return await draft_with_model(commission, correspondent, progress)

    def _commission(
        self, project: Project, envoy: Envoy, answers: Answers, spending: Spending | None
    ) -> tuple[Commission, Correspondent]:
        file = read_spec_file(project, self.spec)
        assert file.spec is not None
        configuration = project.configuration
        correspondent = Correspondent(
            envoy,
            model_access(configuration),
            configuration,
            Transcripts(self.root),
            spending or Spending(configuration.budget),
            answers,
        )
        shown = project.relative(own_test_path(project, self.spec, file.spec))
        now = self.test.read_text() if self.test.exists() else None
        return Commission(project, file, file.spec, shown, now), correspondent


def shows_the_key(process: tuple[int, str]) -> bool:
    """Whether another process could read it off from outside: arguments, environment."""
    pid, command = process
    environment = b""
    with suppress(OSError):  # it may have just ended
        environment = Path(f"/proc/{pid}/environ").read_bytes()
    return KEY in command or KEY.encode() in environment


def make_shop(root: Path) -> Shop:
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    shop = Shop(root)
    shop.configure()
    return shop
