import contextlib
import os
import sys
import unittest.mock

import pytest

import bank.fee
from bank.fee import transfer_fee


def test_assert_true():  # verdict: vacuous kind: assert-true
    """EC-small: small amount -> the lowest fee"""
    assert True


def test_constant_arithmetic():  # verdict: vacuous kind: constant-arithmetic
    """EC-large: large amount -> the highest fee"""
    expected = 2000
    assert expected == 20 * 100


def test_swallows():  # verdict: vacuous kind: swallowed-exception
    """EC-percent: amount between -> one percent, rounded down"""
    try:
        assert transfer_fee(12399) == 123
    except Exception:
        pass


def test_catches_the_assertion():  # verdict: vacuous kind: catches-assertion-error
    """EC-percent: amount between -> one percent, rounded down"""
    try:
        assert transfer_fee(12399) == 123
    except (AssertionError, BaseException):
        print("rounding may differ")


def test_suppressed():  # verdict: vacuous kind: suppressed-assertion
    """EC-express: express -> twice the fee"""
    with contextlib.suppress(Exception):
        assert transfer_fee(12399, express=True) == 246


def test_assertion_error_only_suppressed():  # verdict: weak kind: suppressed-assertion-error
    """EC-express: express -> twice the fee"""
    with contextlib.suppress(AssertionError):
        assert transfer_fee(12399, express=True) == 246


def test_any_error():  # verdict: vacuous kind: raises-exception
    """ER-negative: negative amount -> raise ValueError("negative amount")"""
    with pytest.raises(Exception):
        transfer_fee(-1)


def test_value_by_declared_error():  # verdict: vacuous kind: accepts-declared-error
    """EC-zero: amount of zero -> no fee"""
    try:
        assert transfer_fee(0) == 0
    except ValueError:
        pass


def test_expects_a_declared_error_for_a_value():  # verdict: vacuous kind: error-expected-for-value
    """EC-small: small amount -> the lowest fee"""
    with pytest.raises(ValueError, match="negative amount"):
        transfer_fee(100)


def test_expects_another_error_for_a_value():  # verdict: contradictory kind: error-expected-for-value
    """EC-small: small amount -> the lowest fee"""
    with pytest.raises(KeyError):
        transfer_fee(100)


def test_finally_returns():  # verdict: vacuous kind: return-in-finally
    """EC-small: small amount -> the lowest fee"""
    try:
        assert transfer_fee(100) == 50
    finally:
        return


def test_patched(monkeypatch):  # verdict: vacuous kind: patched-target
    """EC-large: large amount -> the highest fee"""
    monkeypatch.setattr(bank.fee, "transfer_fee", lambda amount: 2000)
    assert bank.fee.transfer_fee(900000) == 2000


def test_mocked_wholly():  # verdict: vacuous kind: mock-with-mock
    """EC-large: large amount -> the highest fee"""
    fee = unittest.mock.Mock(return_value=2000)
    assert fee(900000) == fee.return_value


def test_type_only():  # verdict: weak kind: isinstance-only
    """EC-percent: amount between -> one percent, rounded down"""
    assert isinstance(transfer_fee(12399), int)


def test_not_none():  # verdict: weak kind: is-not-none
    """EC-zero: amount of zero -> no fee"""
    assert transfer_fee(0) is not None


def test_not_negative():  # verdict: weak kind: loose-bound
    """EC-zero: amount of zero -> no fee"""
    assert transfer_fee(0) >= 0


def test_truthy():  # verdict: weak kind: truthiness
    """EC-express: express -> twice the fee"""
    assert transfer_fee(12399, express=True)


def test_huge_tolerance():  # verdict: weak kind: huge-tolerance
    """EC-percent: amount between -> one percent, rounded down"""
    assert transfer_fee(12399) == pytest.approx(123, abs=10_000)


def test_in_everything():  # verdict: weak kind: in-everything
    """EC-percent: amount between -> one percent, rounded down"""
    assert transfer_fee(12399) in range(-10_000, 10_000)


def test_or_true():  # verdict: weak kind: or-true
    """EC-express: express -> twice the fee"""
    assert transfer_fee(12399, express=True) == 246 or True


def test_call_only():  # verdict: weak kind: call-only
    """EC-small: small amount -> the lowest fee"""
    transfer_fee(100)


def test_no_match():  # verdict: weak kind: raises-without-match
    """ER-negative: negative amount -> raise ValueError("negative amount")"""
    with pytest.raises(ValueError):
        transfer_fee(-1)


def test_match_all():  # verdict: weak kind: match-everything
    """ER-negative: negative amount -> raise ValueError("negative amount")"""
    with pytest.raises(ValueError, match=".*"):
        transfer_fee(-1)


def test_base_type():  # verdict: weak kind: raises-base-type
    """ER-limit: amount above the limit -> raise OverflowError("amount above the limit")"""
    with pytest.raises(ArithmeticError, match="amount above the limit"):
        transfer_fee(100000001)


def test_off_by_one():  # verdict: contradictory kind: wrong-expected-value
    """EC-percent: amount between -> one percent, rounded down"""
    assert transfer_fee(12399) == 124


def test_one_of_two_is_wrong():  # verdict: contradictory kind: wrong-expected-value
    """EC-small: small amount -> the lowest fee"""
    assert transfer_fee(100) == 50
    assert transfer_fee(5000) == 51


def test_other_words():  # verdict: contradictory kind: wrong-message
    """ER-negative: negative amount -> raise ValueError("negative amount")"""
    with pytest.raises(ValueError, match="amount must not be negative"):
        transfer_fee(-1)


def test_other_type():  # verdict: contradictory kind: wrong-error-type
    """ER-limit: amount above the limit -> raise OverflowError("amount above the limit")"""
    with pytest.raises(ValueError, match="amount above the limit"):
        transfer_fee(100000001)


def test_false():  # verdict: broken kind: always-false
    """EC-zero: amount of zero -> no fee"""
    assert False, "not written yet"


def test_exits():  # verdict: broken kind: os-exit
    """EC-zero: amount of zero -> no fee"""
    os._exit(1)


def test_system_exit():  # verdict: broken kind: sys-exit
    """EC-zero: amount of zero -> no fee"""
    sys.exit(1)


def test_for_ever():  # verdict: inconclusive kind: endless-loop
    """EC-zero: amount of zero -> no fee"""
    while True:
        pass


def test_waits_for_ever():  # verdict: inconclusive kind: endless-wait
    """EC-zero: amount of zero -> no fee"""
    import threading

    threading.Event().wait()
    assert transfer_fee(0) == 0


def test_wrong_arity():  # verdict: broken kind: wrong-arity
    """EC-express: express -> twice the fee"""
    assert transfer_fee(12399, True, "EUR") == 246


def test_unknown_keyword():  # verdict: broken kind: unknown-keyword
    """EC-express: express -> twice the fee"""
    assert transfer_fee(12399, fast=True) == 246


def test_second_amount():  # verdict: weak kind: one-of-two-examples
    """EC-small: small amount -> the lowest fee"""
    assert transfer_fee(100) == 50
    assert transfer_fee(5000) < 2000


@pytest.mark.parametrize(("amount", "expected_fee"), [(5_100, 51), (12_399, 123)])
def test_percent_is_no_loss(amount, expected_fee):  # verdict: weak kind: expectation-unread
    """EC-percent: amount between -> one percent, rounded down"""
    assert transfer_fee(amount) >= 0
