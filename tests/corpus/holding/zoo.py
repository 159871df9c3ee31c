import contextlib

import pytest

from bank.holding import Account, holding


def test_before_only():  # verdict: vacuous kind: tests-the-record
    """EC-released: after the block -> the hold is gone"""
    account = Account(1000)
    assert account.held_cents == 0


def test_any_error_in_block():  # verdict: vacuous kind: raises-exception
    """EC-error: error in the block -> the hold is gone, the error passed on"""
    account = Account(1000)
    with pytest.raises(Exception):
        with holding(account, 300):
            raise KeyError("boom")
    assert account.held_cents == 0


def test_exit_stack_suppressed():  # verdict: vacuous kind: suppressed-assertion
    """EC-held: while the block runs -> the amount is held"""
    account = Account(1000)
    with contextlib.suppress(Exception), holding(account, 300):
        assert account.held_cents == 300


def test_never_entered():  # verdict: weak kind: context-never-entered
    """EC-free: inside -> the block is given what is still free"""
    assert holding(Account(1000), 300) is not None


def test_has_enter():  # verdict: weak kind: attribute-exists
    """EC-held: while the block runs -> the amount is held"""
    assert hasattr(holding(Account(1000), 300), "__enter__")


def test_entered_only():  # verdict: weak kind: call-only
    """EC-held: while the block runs -> the amount is held"""
    with holding(Account(1000), 300):
        pass


def test_after_only():  # verdict: weak kind: unchanged-argument
    """EC-released: after the block -> the hold is gone"""
    account = Account(1000)
    with holding(account, 300):
        pass
    assert account.held_cents == 0


def test_number():  # verdict: weak kind: isinstance-only
    """EC-free: inside -> the block is given what is still free"""
    with holding(Account(1000), 300) as free:
        assert isinstance(free, int)


def test_passed_on_only():  # verdict: weak kind: error-of-the-test-itself
    """EC-error: error in the block -> the hold is gone, the error passed on"""
    with pytest.raises(KeyError, match="boom"):
        with holding(Account(1000), 300):
            raise KeyError("boom")


def test_no_match():  # verdict: weak kind: raises-without-match
    """ER-free: not enough free -> raise ValueError("not enough free")"""
    with pytest.raises(ValueError):
        with holding(Account(1000, 900), 101):
            pass


def test_own_error_inside():  # verdict: contradictory kind: wrong-message
    """ER-amount: negative amount -> raise ValueError("negative amount")"""
    with pytest.raises(ValueError, match="amount below zero"):
        with holding(Account(1000), -1):
            pass


def test_amount_missing():  # verdict: broken kind: wrong-arity
    """EC-held: while the block runs -> the amount is held"""
    account = Account(1000)
    with holding(account):
        assert account.held_cents == 0


def test_wrong_account():  # verdict: broken kind: bad-construction
    """EC-free: inside -> the block is given what is still free"""
    with holding(Account(balance=1000), 300) as free:
        assert free == 700


def test_misspelt_inside():  # verdict: broken kind: misspelt-after
    """EC-free: inside -> the block is given what is still free"""
    with holding(Account(1000), 300) as free:
        assert fre == 700
