"""Good tests of one draft and new ones of another become one module."""

from __future__ import annotations

from textwrap import dedent

import pytest

from redfirst.generation.assembly import parts_of, parts_testing, together

OLD = dedent('''\
    """Tests."""

    from __future__ import annotations

    import decimal
    import re

    from lib import f

    LIMIT = 3
    UNUSED = 4


    def near(value):
        return value < LIMIT


    # Kept with its comment.
    def test_one():
        """EC-one: one -> 1"""
        assert near(f(1))


    def test_two():
        """EC-two: two -> 2"""
        assert re.match("2", f(decimal.Decimal(2)))
    ''')
NEW = dedent('''\
    import pytest

    from lib import f


    @pytest.mark.parametrize("value", [2, 22])
    def test_one(value):
        """EC-two: two -> 2"""
        assert f(value) == value
    ''')


def test_kept_tests_bring_what_they_need_and_nothing_else() -> None:
    kept = parts_testing(parts_of(OLD), {"EC-one"})
    module = together(kept, parts_of(NEW), ["EC-two", "EC-one"])
    assert module == dedent('''\
        from __future__ import annotations
        from lib import f
        import pytest


        LIMIT = 3


        def near(value):
            return value < LIMIT


        @pytest.mark.parametrize("value", [2, 22])
        def test_one_2(value):
            """EC-two: two -> 2"""
            assert f(value) == value


        # Kept with its comment.
        def test_one():
            """EC-one: one -> 1"""
            assert near(f(1))
        ''')


@pytest.mark.parametrize(
    "clash",
    ["def near(value):\n    return True\n\n\n", "LIMIT = 4\n", "from other import f\n"],
)
def test_one_name_for_two_things_cannot_be_put_together(clash: str) -> None:
    kept = parts_testing(parts_of(OLD), {"EC-one"})
    assert together(kept, parts_of(clash + NEW), ["EC-two", "EC-one"]) is None


def test_a_class_that_tests_other_cases_too_is_not_kept() -> None:
    body = dedent('''\
        class TestAll:
            def test_one(self):
                """EC-one: one -> 1"""

            def test_two(self):
                """EC-two: two -> 2"""
        ''')
    assert parts_testing(parts_of(body), {"EC-one"}) == ()
    assert len(parts_testing(parts_of(body), {"EC-one", "EC-two"})) == 1


def test_what_python_cannot_read_has_no_parts() -> None:
    assert parts_of("def test_(:") == ()
