from unittest.mock import Mock

import pytest

from net.attempts import GaveUp, call_with_retry


def test_not_none():  # verdict: weak kind: is-not-none
    """EC-success: action succeeds -> what it gives"""
    assert call_with_retry(lambda: 42) is not None


def test_same_twice():  # verdict: weak kind: compares-with-itself
    """EC-again: action fails once -> called again"""
    result = call_with_retry(lambda: 42)
    assert result == result


def test_two_calls_compared():  # verdict: weak kind: compares-with-itself
    """EC-again: action fails once -> called again"""
    assert call_with_retry(lambda: 42) == call_with_retry(lambda: 42)


def test_runs():  # verdict: weak kind: call-only
    """EC-on-error: error -> handed to on_error"""
    call_with_retry(lambda: 42, on_error=print)


def test_mock_itself():  # verdict: weak kind: asserts-on-a-mock
    """EC-once: action succeeds at once -> called once only"""
    action = Mock(return_value=42)
    call_with_retry(action)
    assert action.return_value == 42


def test_called_perhaps():  # verdict: weak kind: loose-bound
    """EC-once: action succeeds at once -> called once only"""
    action = Mock(return_value=42)
    call_with_retry(action)
    assert action.call_count >= 0


def test_base():  # verdict: weak kind: raises-exception-with-match
    """ER-gave-up: every attempt fails -> raise GaveUp("gave up")"""
    with pytest.raises(Exception, match="gave up"):
        call_with_retry(lambda: 1 / 0)


def test_no_match():  # verdict: weak kind: raises-without-match
    """ER-gave-up: every attempt fails -> raise GaveUp("gave up")"""
    with pytest.raises(GaveUp):
        call_with_retry(lambda: 1 / 0)


def test_action_itself():  # verdict: vacuous kind: tests-its-own-helper
    """EC-success: action succeeds -> what it gives"""
    action = lambda: 42
    assert action() == 42


def test_any_error():  # verdict: vacuous kind: raises-exception
    """ER-gave-up: every attempt fails -> raise GaveUp("gave up")"""
    with pytest.raises(Exception):
        call_with_retry(lambda: 1 / 0)


def test_wrong_value():  # verdict: contradictory kind: wrong-expected-value
    """EC-success: action succeeds -> what it gives"""
    assert call_with_retry(lambda: 42) == 43


def test_original_error():  # verdict: contradictory kind: wrong-error-type
    """ER-gave-up: every attempt fails -> raise GaveUp("gave up")"""
    with pytest.raises(ZeroDivisionError):
        call_with_retry(lambda: 1 / 0)


def test_handler_by_position():  # verdict: broken kind: wrong-arity
    """EC-on-error: error -> handed to on_error"""
    errors = []
    call_with_retry(lambda: 42, 3, errors.append)
    assert errors == []
