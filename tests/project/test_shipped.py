"""What travels with redfirst is found from a checkout, too."""

import pytest

from redfirst.project.shipped import shipped


@pytest.mark.parametrize("name", ["schemas", "docs/findings", "specs", "payments"])
def test_in_the_checkout(name: str) -> None:
    assert shipped(name).is_dir()


def test_what_does_not_travel() -> None:
    with pytest.raises(FileNotFoundError, match="without `nothing/of/that/name`"):
        shipped("nothing/of/that/name")
