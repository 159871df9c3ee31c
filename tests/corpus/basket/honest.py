import pytest

from shop.basket import Item, Summary, summarize


@pytest.fixture
def stationery():
    return [Item("pen", 120), Item("ink", 700), Item("pen", 130)]


def test_empty():  # verdict: red
    """EC-empty: empty basket -> empty summary"""
    assert summarize([]) == Summary(total_cents=0, names=(), pieces=0)


def test_empty_by_field():  # verdict: red
    """EC-empty: empty basket -> empty summary"""
    summary = summarize(items=[])
    assert summary.total_cents == 0
    assert summary.names == ()
    assert summary.pieces == 0


def test_pieces():  # verdict: red
    """EC-pieces: several pieces -> price times quantity"""
    summary = summarize([Item(name="pen", price_cents=120, quantity=3)])
    assert summary.total_cents == 360
    assert summary.pieces == 3


def test_twice(stationery):  # verdict: red
    """EC-twice: same name twice -> listed once, summed"""
    summary = summarize(stationery)
    assert summary == Summary(total_cents=950, names=("pen", "ink"), pieces=3)


def test_order_of_first_appearance(stationery):  # verdict: red
    """EC-twice: same name twice -> listed once, summed"""
    assert summarize(stationery).names == ("pen", "ink")
    assert summarize(stationery[::-1]).names == ("pen", "ink")
    assert summarize(stationery[1:]).names == ("ink", "pen")


def test_arguments_are_left_alone(stationery):  # verdict: red
    """EC-twice: same name twice -> listed once, summed"""
    before = list(stationery)
    assert summarize(stationery).pieces == 3
    assert stationery == before


def test_free():  # verdict: red
    """EC-free: free item -> counted, adds nothing"""
    summary = summarize([Item("sticker", 0, 2)])
    assert (summary.total_cents, summary.names, summary.pieces) == (0, ("sticker",), 2)


@pytest.mark.parametrize("quantity", [0, -1, pytest.param(-100, id="far-below")])
def test_quantity(quantity):  # verdict: red
    """ER-quantity: quantity below one -> raise ValueError("quantity below one")"""
    with pytest.raises(ValueError, match="quantity below one"):
        summarize([Item("ink", 700), Item("pen", 120, quantity)])


def test_price():  # verdict: red
    """ER-price: negative price -> raise ValueError("negative price")"""
    with pytest.raises(ValueError, match="negative") as caught:
        summarize([Item("pen", -1)])
    assert caught.value.args == ("negative price",)
