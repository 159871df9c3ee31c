import pytest

from shop.basket import Item, Summary, summarize


@pytest.fixture
def broken_basket():
    raise RuntimeError("no database")


def test_record_of_its_own():  # verdict: vacuous kind: tests-the-record
    """EC-pieces: several pieces -> price times quantity"""
    item = Item("pen", 120, 3)
    assert item.price_cents * item.quantity == 360


def test_unreached():  # verdict: vacuous kind: unreached-branch
    """EC-twice: same name twice -> listed once, summed"""
    items = [Item("pen", 120), Item("pen", 130)]
    if len(items) > 2:
        assert summarize(items).names == ("pen",)


def test_inner():  # verdict: vacuous kind: inner-function-never-called
    """EC-empty: empty basket -> empty summary"""

    def verify():
        assert summarize([]) == Summary()

    assert verify


def test_nothing_to_loop_over():  # verdict: vacuous kind: loop-over-nothing
    """EC-pieces: several pieces -> price times quantity"""
    for items, expected in []:
        assert summarize(items) == expected


def test_skipped_in_body():  # verdict: vacuous kind: skip-call
    """EC-free: free item -> counted, adds nothing"""
    pytest.skip("later")
    assert summarize([Item("sticker", 0)]).pieces == 1


def test_instance_only():  # verdict: weak kind: isinstance-only
    """EC-pieces: several pieces -> price times quantity"""
    assert isinstance(summarize([Item("pen", 120, 3)]), Summary)


def test_attributes_exist():  # verdict: weak kind: attribute-exists
    """EC-pieces: several pieces -> price times quantity"""
    summary = summarize([Item("pen", 120, 3)])
    assert hasattr(summary, "total_cents") and hasattr(summary, "names")


def test_itself():  # verdict: weak kind: compares-with-itself
    """EC-twice: same name twice -> listed once, summed"""
    items = [Item("pen", 120), Item("pen", 130)]
    assert summarize(items) == summarize(items)


def test_attribute_with_itself():  # verdict: weak kind: compares-with-itself
    """EC-twice: same name twice -> listed once, summed"""
    summary = summarize([Item("pen", 120), Item("pen", 130)])
    assert summary.names == summary.names


def test_argument_untouched():  # verdict: weak kind: unchanged-argument
    """EC-twice: same name twice -> listed once, summed"""
    items = [Item("pen", 120), Item("pen", 130)]
    summarize(items)
    assert items == [Item("pen", 120), Item("pen", 130)]


def test_tuple():  # verdict: weak kind: assert-on-tuple
    """EC-empty: empty basket -> empty summary"""
    assert (summarize([]) == Summary(), "an empty basket has an empty summary")


def test_names_loop():  # verdict: weak kind: loop-over-result
    """EC-free: free item -> counted, adds nothing"""
    for name in summarize([Item("sticker", 0)]).names:
        assert isinstance(name, str)


def test_repr():  # verdict: weak kind: repr-only
    """EC-free: free item -> counted, adds nothing"""
    assert "Summary" in repr(summarize([Item("sticker", 0)]))


def test_message_not_looked_at():  # verdict: weak kind: raises-without-match
    """ER-price: negative price -> raise ValueError("negative price")"""
    with pytest.raises(ValueError) as caught:
        summarize([Item("pen", -1)])
    assert caught.value is not None


def test_try_else():  # verdict: weak kind: try-except-without-message
    """ER-price: negative price -> raise ValueError("negative price")"""
    try:
        summarize([Item("pen", -1)])
    except ValueError as error:
        assert str(error)
    else:
        pytest.fail("no error")


def test_tuple_of_types():  # verdict: weak kind: raises-tuple
    """ER-quantity: quantity below one -> raise ValueError("quantity below one")"""
    with pytest.raises((ValueError, TypeError), match="quantity below one"):
        summarize([Item("pen", 120, 0)])


def test_wrong_field():  # verdict: contradictory kind: misspelt-field
    """EC-pieces: several pieces -> price times quantity"""
    assert summarize([Item("pen", 120, 3)]).total == 360


def test_wrong_field_without_example():  # verdict: broken kind: misspelt-field
    """EC-free: free item -> counted, adds nothing"""
    assert summarize([Item("sticker", 0)]).amount_cents == 0


def test_list_for_tuple():  # verdict: contradictory kind: wrong-container
    """EC-twice: same name twice -> listed once, summed"""
    summary = summarize([Item("pen", 120), Item("ink", 700), Item("pen", 130)])
    assert summary.names == ["pen", "ink"]


def test_wrong_default():  # verdict: contradictory kind: wrong-expected-value
    """EC-empty: empty basket -> empty summary"""
    assert summarize([]) == Summary(pieces=1)


def test_value_for_error():  # verdict: contradictory kind: value-expected-for-error
    """ER-quantity: quantity below one -> raise ValueError("quantity below one")"""
    assert summarize([Item("pen", 120, 0)]) == Summary()


def test_no_such_item_field():  # verdict: broken kind: bad-construction
    """EC-pieces: several pieces -> price times quantity"""
    assert summarize([Item("pen", cents=120)]).total_cents == 120


def test_no_fixture(basket):  # verdict: broken kind: missing-fixture
    """EC-empty: empty basket -> empty summary"""
    assert summarize(basket) == Summary()


def test_setup(broken_basket):  # verdict: broken kind: setup-raises
    """EC-empty: empty basket -> empty summary"""
    assert summarize(broken_basket) == Summary()


def test_misspelt_first():  # verdict: broken kind: misspelt-before
    """EC-twice: same name twice -> listed once, summed"""
    assert summarize([pen, pen]) == Summary()


def test_misspelt_then():  # verdict: broken kind: misspelt-after
    """EC-free: free item -> counted, adds nothing"""
    summary = summarize([Item("sticker", 0)])
    assert sumary.pieces == 1
