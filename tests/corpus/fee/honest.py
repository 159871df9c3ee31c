import pytest

from bank.fee import transfer_fee


@pytest.mark.parametrize("amount", [1, 100, 5000, 5099])
def test_small(amount):  # verdict: red
    """EC-small: small amount -> the lowest fee"""
    assert transfer_fee(amount) == 50


def test_small_is_not_the_highest():  # verdict: red
    """EC-small: small amount -> the lowest fee"""
    assert transfer_fee(100) == 50
    assert transfer_fee(5_000) < 2000


def test_large():  # verdict: red
    """EC-large: large amount -> the highest fee"""
    assert transfer_fee(200_000) == 2000
    assert transfer_fee(900_000) == 2000


class TestPercent:
    def test_rounded_down(self):  # verdict: red
        """EC-percent: amount between -> one percent, rounded down"""
        fee = transfer_fee(12_399)
        assert isinstance(fee, int)
        assert fee == 123

    def test_just_above_the_lowest(self):  # verdict: red
        """EC-percent: amount between -> one percent, rounded down"""
        assert transfer_fee(amount_cents=5_100) == 51


def test_express():  # verdict: red
    """EC-express: express -> twice the fee"""
    assert transfer_fee(12_399, express=True) == 246
    assert transfer_fee(12_399, True) == 2 * transfer_fee(12_399) == 246


def test_zero():  # verdict: red
    """EC-zero: amount of zero -> no fee"""
    assert transfer_fee(0) == 0


def test_negative():  # verdict: red
    """ER-negative: negative amount -> raise ValueError("negative amount")"""
    with pytest.raises(ValueError, match="^negative amount$"):
        transfer_fee(-1)


def test_limit():  # verdict: red
    """ER-limit: amount above the limit -> raise OverflowError("amount above the limit")"""
    with pytest.raises(OverflowError) as caught:
        transfer_fee(100_000_001)
    assert str(caught.value) == "amount above the limit"


def test_limit_itself_is_allowed():  # verdict: red
    """EC-large: large amount -> the highest fee"""
    try:
        fee = transfer_fee(100_000_000)
    except OverflowError:
        pytest.fail("the limit itself is allowed")
    assert fee == 2000
