import pytest

from bank.holding import Account, holding


def test_free():  # verdict: red
    """EC-free: inside -> the block is given what is still free"""
    with holding(Account(1000, held_cents=100), 300) as free:
        assert free == 600


def test_held():  # verdict: red
    """EC-held: while the block runs -> the amount is held"""
    account = Account(1000, 100)
    with holding(account, 300):
        assert account.held_cents == 400


def test_released():  # verdict: red
    """EC-released: after the block -> the hold is gone"""
    account = Account(1000)
    seen = []
    with holding(account, 300) as free:
        seen.append((free, account.held_cents))
    seen.append(account.held_cents)
    assert seen == [(700, 300), 0]


def test_error():  # verdict: red
    """EC-error: error in the block -> the hold is gone, the error passed on"""
    account = Account(1000)
    with pytest.raises(KeyError, match="boom"):
        with holding(account, 300):
            assert account.held_cents == 300
            raise KeyError("boom")
    assert account.held_cents == 0


def test_not_enough():  # verdict: red
    """ER-free: not enough free -> raise ValueError("not enough free")"""
    with pytest.raises(ValueError, match="not enough free"):
        with holding(Account(1000, 900), 101):
            pass


def test_amount():  # verdict: red
    """ER-amount: negative amount -> raise ValueError("negative amount")"""
    with pytest.raises(ValueError, match="negative amount"), holding(Account(1000), -1):
        pytest.fail("the block must not run")
