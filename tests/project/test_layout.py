"""Spec, test module and implementation find each other."""

from pathlib import Path

import pytest

from redfirst.project.configuration import Configuration
from redfirst.project.layout import find_implementation, shared_test_paths, snake_case, test_path
from redfirst.project.project import Project
from redfirst.spec.codes import Code

test_path.__test__ = False  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("reconcile_batch", "reconcile_batch"),
        ("Basket.add_item", "basket_add_item"),
        ("Basket.addHTTPItem", "basket_add_http_item"),
        ("HTTPServer.run2", "http_server_run2"),
        ("Basket.__init__", "basket_init"),
        ("payments.v2.retry", "payments_v2_retry"),
        ("parse-amount", "parse_amount"),
        ("größe", "größe"),
    ],
)
def test_snake_case(name: str, expected: str) -> None:
    assert snake_case(name) == expected


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        (Configuration(), "tests/test_basket_add.py"),
        (Configuration(tests="t/unit"), "t/unit/test_basket_add.py"),
        (Configuration(test_name="{spec}_test.py"), "tests/add_to_basket_test.py"),
        (Configuration(test_name="test_{module}.py"), "tests/test_shop_cart.py"),
        (Configuration(tests="."), "test_basket_add.py"),
    ],
)
def test_test_path(tmp_path: Path, configuration: Configuration, expected: str) -> None:
    project = Project(tmp_path, configuration)
    spec = tmp_path / "specs" / "add-to-basket.yml"
    found = test_path(project, spec, "Basket.add", "shop.cart")
    assert project.relative(found) == expected


PYTHONPATH = '[tool.pytest.ini_options]\npythonpath = ["lib"]\n'


@pytest.mark.parametrize(
    ("files", "expected", "exists"),
    [
        (["pay/core.py"], "pay/core.py", True),
        (["src/pay/core.py"], "src/pay/core.py", True),
        (["src/pay/core.py", "pay/core.py"], "pay/core.py", True),
        (["pay/core.py", "pay/core/__init__.py"], "pay/core/__init__.py", True),
        (["lib/pay/core.py", "pay/core.py"], "lib/pay/core.py", True),
        (["lib/x.py", "src/pay/__init__.py"], "src/pay/core.py", False),
        (["pay/__init__.py", "src/x.py"], "pay/core.py", False),
        (["pay/core/"], "pay/core.py", False),
        ([], "pay/core.py", False),
    ],
)
def test_implementation(tmp_path: Path, files: list[str], expected: str, exists: bool) -> None:
    (tmp_path / "pyproject.toml").write_text(PYTHONPATH)
    for name in files:
        path = tmp_path / name
        (path if name.endswith("/") else path.parent).mkdir(parents=True, exist_ok=True)
        if not name.endswith("/"):
            path.touch()
    project = Project(tmp_path.resolve(), Configuration())
    found = find_implementation(project, "pay.core")
    assert (project.relative(found.path), found.exists) == (expected, exists)


def test_a_test_path_for_two_specs(tmp_path: Path) -> None:
    project = Project(tmp_path, Configuration())
    tests = {
        tmp_path / "specs/a.yml": tmp_path / "tests/test_run.py",
        tmp_path / "specs/b.yml": tmp_path / "tests/test_walk.py",
        tmp_path / "specs/c.yml": tmp_path / "tests/test_RUN.py",
    }
    faults = shared_test_paths(project, tests)
    assert [project.relative(spec) for spec in faults] == ["specs/a.yml", "specs/c.yml"]
    fault = faults[tmp_path / "specs/a.yml"]
    assert (fault.code, fault.path) == (Code.TEST_PATH_SHARED, "specs/a.yml")
    assert fault.message.startswith("`tests/test_run.py` is the test module of `specs/c.yml` too")


def test_a_test_path_for_each_spec(tmp_path: Path) -> None:
    tests = {tmp_path / f"{name}.yml": tmp_path / f"test_{name}.py" for name in "ab"}
    assert shared_test_paths(Project(tmp_path, Configuration()), tests) == {}
