import pytest

from bank.wallet import InsufficientFunds, Receipt, Wallet


@pytest.fixture
def wallet():
    return Wallet("ann", 1000)


def test_part(wallet):  # verdict: red
    """EC-part: part of the balance -> receipt over what is taken and left"""
    assert wallet.withdraw(300) == Receipt(taken_cents=300, left_cents=700, note="")


def test_balance(wallet):  # verdict: red
    """EC-balance: withdrawal -> the balance goes down"""
    wallet.withdraw(300)
    assert wallet.balance_cents == 700


def test_balance_twice(wallet):  # verdict: red
    """EC-balance: withdrawal -> the balance goes down"""
    wallet.withdraw(300)
    receipt = wallet.withdraw(100)
    assert receipt.left_cents == 600
    assert wallet == Wallet("ann", 600)


def test_whole(wallet):  # verdict: red
    """EC-whole: whole balance -> nothing left"""
    receipt = wallet.withdraw(1000)
    assert receipt.taken_cents == 1000
    assert receipt.left_cents == 0
    assert wallet.balance_cents == 0


def test_note():  # verdict: red
    """EC-note: note given -> stands on the receipt"""
    assert Wallet("bob", 50).withdraw(20, note="tea").note == "tea"


class TestErrors:
    def test_funds(self, wallet):  # verdict: red
        """ER-funds: more than the balance -> raise InsufficientFunds("insufficient funds")"""
        with pytest.raises(InsufficientFunds, match="insufficient funds"):
            wallet.withdraw(1001)
        assert wallet.balance_cents == 1000

    def test_funds_after_a_first_withdrawal(self, wallet):  # verdict: red
        """ER-funds: more than the balance -> raise InsufficientFunds("insufficient funds")"""
        wallet.withdraw(600)
        with pytest.raises(InsufficientFunds, match="insufficient funds"):
            wallet.withdraw(600)

    @pytest.mark.parametrize("amount", [0, -1])
    def test_amount(self, wallet, amount):  # verdict: red
        """ER-amount: amount not above zero -> raise ValueError("amount must be positive")"""
        with pytest.raises(ValueError, match="amount must be positive"):
            wallet.withdraw(amount)
        assert wallet == Wallet("ann", 1000)
