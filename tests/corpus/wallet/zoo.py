from unittest.mock import MagicMock, patch

import pytest

from bank.wallet import InsufficientFunds, Receipt, Wallet


@pytest.fixture
def empty_wallet():
    return Wallet("ann", balance=0)


def test_constructor_only():  # verdict: vacuous kind: tests-the-record
    """EC-balance: withdrawal -> the balance goes down"""
    assert Wallet("ann", 1000).balance_cents == 1000


def test_mocked_wallet():  # verdict: vacuous kind: mock-with-mock
    """EC-part: part of the balance -> receipt over what is taken and left"""
    wallet = MagicMock()
    wallet.withdraw.return_value = Receipt(300, 700)
    assert wallet.withdraw(300) == Receipt(300, 700)


def test_patched_method():  # verdict: vacuous kind: patched-target
    """EC-note: note given -> stands on the receipt"""
    with patch.object(Wallet, "withdraw", return_value=Receipt(20, 30, "tea")):
        assert Wallet("bob", 50).withdraw(20, note="tea").note == "tea"


def test_method_exists():  # verdict: vacuous kind: exists-only
    """EC-whole: whole balance -> nothing left"""
    assert Wallet("ann", 10).withdraw is not None


def test_attribute_swallowed():  # verdict: vacuous kind: swallowed-exception
    """EC-balance: withdrawal -> the balance goes down"""
    wallet = Wallet("ann", 1000)
    try:
        wallet.withdraw(300)
    except Exception:
        return
    assert wallet.balance_cents == 700


def test_only_the_state_after_any_error():  # verdict: vacuous kind: raises-exception
    """ER-funds: more than the balance -> raise InsufficientFunds("insufficient funds")"""
    wallet = Wallet("ann", 1000)
    with pytest.raises(Exception):
        wallet.withdraw(1001)
    assert wallet.balance_cents == 1000


def test_receipt_type():  # verdict: weak kind: isinstance-only
    """EC-whole: whole balance -> nothing left"""
    assert isinstance(Wallet("ann", 1000).withdraw(1000), Receipt)


def test_owner():  # verdict: weak kind: unchanged-argument
    """EC-whole: whole balance -> nothing left"""
    wallet = Wallet("ann", 1000)
    wallet.withdraw(1000)
    assert wallet.owner == "ann"


def test_loose_balance():  # verdict: weak kind: loose-bound
    """EC-balance: withdrawal -> the balance goes down"""
    wallet = Wallet("ann", 1000)
    wallet.withdraw(300)
    assert wallet.balance_cents <= 1000


def test_conditional():  # verdict: weak kind: conditional-assertion
    """EC-part: part of the balance -> receipt over what is taken and left"""
    receipt = Wallet("ann", 1000).withdraw(300)
    if receipt == Receipt(300, 700):
        assert receipt.taken_cents == 300


def test_receipt_itself():  # verdict: weak kind: compares-with-itself
    """EC-note: note given -> stands on the receipt"""
    receipt = Wallet("bob", 50).withdraw(20, note="tea")
    assert receipt == Receipt(receipt.taken_cents, receipt.left_cents, receipt.note)


def test_base_error():  # verdict: weak kind: raises-base-type
    """ER-funds: more than the balance -> raise InsufficientFunds("insufficient funds")"""
    with pytest.raises(ValueError, match="insufficient funds"):
        Wallet("ann", 1000).withdraw(1001)


def test_no_match():  # verdict: weak kind: raises-without-match
    """ER-funds: more than the balance -> raise InsufficientFunds("insufficient funds")"""
    with pytest.raises(InsufficientFunds):
        Wallet("ann", 1000).withdraw(1001)


def test_wrong_rest():  # verdict: contradictory kind: wrong-expected-value
    """EC-part: part of the balance -> receipt over what is taken and left"""
    assert Wallet("ann", 1000).withdraw(300) == Receipt(300, 1000)


def test_silent_zero():  # verdict: contradictory kind: value-expected-for-error
    """ER-amount: amount not above zero -> raise ValueError("amount must be positive")"""
    assert Wallet("ann", 1000).withdraw(0) == Receipt(0, 1000)


def test_other_words():  # verdict: contradictory kind: wrong-message
    """ER-amount: amount not above zero -> raise ValueError("amount must be positive")"""
    with pytest.raises(ValueError, match="Amount must be positive"):
        Wallet("ann", 1000).withdraw(0)


def test_note_by_position():  # verdict: broken kind: wrong-arity
    """EC-note: note given -> stands on the receipt"""
    assert Wallet("bob", 50).withdraw(20, "tea").note == "tea"


def test_bad_fixture(empty_wallet):  # verdict: broken kind: setup-raises
    """ER-funds: more than the balance -> raise InsufficientFunds("insufficient funds")"""
    with pytest.raises(InsufficientFunds, match="insufficient funds"):
        empty_wallet.withdraw(1)


def test_deposit_first():  # verdict: broken kind: misspelt-member
    """EC-whole: whole balance -> nothing left"""
    wallet = Wallet("ann")
    wallet.deposit(1000)
    assert wallet.withdraw(1000).left_cents == 0


def test_local_before_assignment():  # verdict: broken kind: misspelt-before
    """EC-whole: whole balance -> nothing left"""
    amount = amount + 1000
    assert Wallet("ann", 1000).withdraw(amount).left_cents == 0
